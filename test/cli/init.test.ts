// notify init: a first notify.toml that works as it is, and tells every setting.
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { Cli } from '../../src/cli/cli.ts'
import { addInitCommand } from '../../src/cli/commands/init.ts'
import { tellError } from '../../src/cli/exit.ts'
import { loadConfig } from '../../src/config.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'

const init = async (cwd: string, ...words: readonly string[]) => {
  const said = { out: '', err: '' }
  const cli: Cli = {
    ...fakeCli({ store: {}, clock: handClock('2021-10-21T18:50:00Z'), cwd }).cli,
    out: { write: (text: string) => (said.out += text) },
    err: { write: (text: string) => (said.err += text) },
  }
  const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  addInitCommand(program, cli)
  const code = await program.parseAsync(['node', 'notify', 'init', ...words]).then(
    () => 0,
    (error: unknown) => tellError(cli, error, { json: false, debug: false }),
  )
  return { code, ...said }
}

const load = (file: string) => loadConfig({ file, env: {}, cwd: '/', home: '/home/nobody' })

test('writes a file of our own that loads, and says what to do next', async () => {
  const folder = temporaryFolder()
  const { code, out } = await init(folder)
  const file = join(folder, 'notify.toml')
  expect(code).toBe(0)
  expect(out).toBe(
    `Wrote ${file}. Next:
  notify import timezones --preset ru
  notify import suppliers suppliers.csv
  notify schedule --at 10:00 --text "…" --dry-run
`,
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await load(file)).toMatchObject({
    database: join(folder, 'notify.db'),
    country: 'RU',
    defaults: { gateway: 'outbox', text: null, until: '21:00' },
    gateways: { outbox: { type: 'outbox', file: join(folder, 'outbox.jsonl') } },
  })
})

test('every setting that stands there as a comment is a good one', async () => {
  const folder = temporaryFolder()
  await init(folder)
  const file = join(folder, 'notify.toml')
  const text = readFileSync(file, 'utf8').replaceAll(/^# (?=\[|[a-z_]+ = )/gm, '')
  expect(text).toContain('\n[gateways.mail.body]')
  writeFileSync(file, text)
  const config = await load(file)
  expect(Object.keys(config.gateways)).toEqual(['outbox', 'sms', 'mail'])
  expect(config).toMatchObject({ zone: 'Europe/Moscow', defaults: { gateway: 'sms' } })
})

test('never overwrites, unless it is told to', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.toml')
  writeFileSync(file, '# mine')
  chmodSync(file, 0o644)
  const refused = await init(folder, '--yes')
  expect(refused.code).toBe(8)
  expect(refused.err).toContain(`"${file}" is there already: nothing is changed\nSay --force`)
  expect(readFileSync(file, 'utf8')).toBe('# mine')
  const { code, out } = await init(folder, '--yes', '--force', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ files: [file] })
  expect(readFileSync(file, 'utf8')).toContain('[defaults]')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a folder that is not there, a folder in the way', async () => {
  const folder = temporaryFolder()
  expect(await init(join(folder, 'nowhere'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('is not there'),
  })
  mkdirSync(join(folder, 'notify.toml'))
  expect(await init(folder, '--force')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is a directory'),
  })
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})
