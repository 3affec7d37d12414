// What every command prints with --json is what docs/json.schema.json says, and no key is there that it does not say.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { wholeProgram } from '../../src/cli/program.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { commandsUnder, pathOf } from '../support/command-tree.ts'
import { JSON_DAY, openDesk } from '../support/json-day.ts'
import { type Part, partsOf, shownBy } from '../support/json-parts.ts'

interface Schema {
  readonly $schema: string
  readonly $defs: Readonly<Record<string, Part>>
  readonly properties: Readonly<Record<string, Part>>
}

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/json.schema.json'), 'utf8')) as Schema

/** A key that a table of keys does not name is a mistake here, though not for whoever reads the answers. */
const strict = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, strict(each)]))
  return 'properties' in value && 'required' in value ? { ...inner, additionalProperties: false } : inner
}

const validatorOf = (command: string): z.ZodType => {
  const { $schema, $defs, properties } = schema
  return z.fromJSONSchema(strict({ $schema, $defs, ...properties[command] }) as Parameters<typeof z.fromJSONSchema>[0])
}

const { cli } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })

/** Those that answer nothing in JSON: they stay, only ask others, or print for a shell. */
const SILENT = ['daemon', 'demo', 'sandbox', 'help', 'completion', 'import', 'messages']

test('every command has its schema, and plays its part in the day', async () => {
  const paths = commandsUnder(await wholeProgram(cli)).map(pathOf)
  const wanted = paths.filter((path) => !SILENT.includes(path)).toSorted()
  const described = Object.keys(schema.properties).filter((name) => name !== 'error')
  expect(wanted.filter((path) => !described.includes(path) && !APPROVAL.includes(path))).toEqual([])
  expect(
    wanted.filter((path) => !JSON_DAY.some(({ command }) => command === path) && !APPROVAL.includes(path)),
  ).toEqual([])
})

/** Only where the configuration demands a second person: played below. */
const APPROVAL = ['mailings approve']

test('through a day every answer is valid', { timeout: 120_000 }, async () => {
  const desk = openDesk()
  const shown = new Set<string>()
  for (const { command, args, code: expected } of JSON_DAY) {
    const { code, out, err } = await desk.run([...args, '--json'])
    expect([code, expected === 0 ? err : ''], args.join(' ')).toEqual([expected, ''])
    const answer: unknown = JSON.parse(out)
    const { error } = validatorOf(command).safeParse(answer)
    expect(error === undefined ? '' : z.prettifyError(error), args.join(' ')).toBe('')
    for (const place of shownBy(answer, partOf(command), schema.$defs, command)) shown.add(place)
  }
  const commands = new Set(JSON_DAY.map(({ command }) => command))
  const parts = [...commands].flatMap((command) => partsOf(partOf(command), schema.$defs, command))
  expect([...new Set(parts)].filter((place) => !shown.has(place))).toEqual(NOT_PLAYED)
})

/**
 * Only of a backup that was made while a schedule was under way (test/cli/restore.test.ts), and of messages that did not arrive
 * (test/cli/mailing-troubles.test.ts).
 */
const NOT_PLAYED = ['stats.troubles[]', 'report.settled[].reasons[]', 'report.troubles[]', 'restore.takenBack[]']

const partOf = (command: string): Part => schema.properties[command] ?? {}

test('a second person approves in JSON too', async () => {
  const desk = openDesk()
  const env = { LANG: 'C', USER: 'olga', NOTIFY_APPROVAL: 'true', NOTIFY_TZ: 'Europe/Moscow' }
  await desk.run(['import', 'timezones', '--preset', 'ru'], { env })
  await desk.run(['import', 'suppliers', 'list.csv'], { env })
  await desk.run(['schedule', '--at', '10:00', '--text', 'x', '--if-no-zone', 'skip'], { env })
  const { code, out, err } = await desk.run(['mailings', 'approve', '1', '--yes', '--json'], {
    env: { ...env, USER: 'anna' },
  })
  expect([code, err]).toEqual([0, ''])
  const { error } = validatorOf('mailings approve').safeParse(JSON.parse(out))
  expect(error === undefined ? '' : z.prettifyError(error)).toBe('')
})

test.each([
  [['stats', '99'], 'notFound'],
  [['mailings', 'list', '--state', 'nonsense'], 'usage'],
])('an error of %j is one object on stderr', async (args, name) => {
  const { out, err } = await openDesk().run([...args, '--json'])
  expect(out).toBe('')
  const { error } = validatorOf('error').safeParse(JSON.parse(err))
  expect(error).toBeUndefined()
  expect(JSON.parse(err).error.code).toBe(name)
})
