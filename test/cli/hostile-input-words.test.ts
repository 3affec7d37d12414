// I7, I8, H5: words that a terminal, a database or a language would take for an order are words: in names, tags, districts,
// attributes, texts, names of mailings, answers of a gateway.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Audience, EVERYBODY } from '../../src/domain/mailing.ts'
import { answerStore } from '../../src/store/sqlite/answers.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { planningStore } from '../../src/store/sqlite/planning.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { temporaryConnection } from '../support/database.ts'
import { answer, gatewayServer } from '../support/gateway-server.ts'
import { clockFrom, runHere } from '../support/here.ts'
import { insertMailing } from '../support/rows.ts'
import { EVENING, openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

const ORDERS = [
  "'; drop table recipients; --",
  "' or '1'='1",
  '%',
  '_',
  '*',
  '?',
  '[a-z]',
  '"',
  '""',
  '\\',
  '`x`',
  '$.a',
  '{"a":1}',
  '["a"]',
  'null',
  'true',
  ':name',
  '@name',
  '$name',
  '?1',
  '0x31',
  'x\ny',
  '__proto__',
  'constructor',
  'vip',
  'VIP',
]

test('a filter finds what is written like it, and nothing else', async () => {
  const connection = await temporaryConnection()
  const { db } = connection
  for (const [i, order] of ORDERS.entries()) {
    db.prepare("insert into districts (id, name, zone) values (?, ?, 'UTC')").run(i + 1, order)
    db.prepare('insert into district_keys values (?, ?)').run(`край ${order}`, i + 1)
    db.prepare(
      `insert into recipients (id, phone, operator_code, zone, district_id, created_at, updated_at)
       values (?, ?, ?, 'UTC', ?, 1, 1)`,
    ).run(i + 1, `+7${i}`, order, i + 1)
    db.prepare('insert into recipient_tags values (?, ?)').run(i + 1, order)
  }
  const count = async (audience: Partial<Audience>): Promise<number> => {
    const groups = await planningStore(connection).planAudience({ ...EVERYBODY, ...audience }, 'phone')
    return groups.reduce((sum, group) => sum + group.count, 0)
  }
  for (const order of ORDERS) {
    expect(await count({ tags: [order] }), order).toBe(1)
    expect(await count({ notTags: [order] }), order).toBe(ORDERS.length - 1)
    expect(await count({ operatorCodes: [order] }), order).toBe(1)
    expect(await count({ districts: [`край ${order}`] }), order).toBe(1)
    expect(await count({ tags: [`${order}x`, `x${order}`] }), order).toBe(0)
  }
  expect(await count({ tags: ORDERS, districts: ORDERS.map((order) => `край ${order}`) })).toBe(ORDERS.length)
})

test('a mailing is found by its whole name, in letters as they are', async () => {
  const connection = await temporaryConnection()
  const store = { ...mailingStore(connection), ...readingStore(connection), ...answerStore(connection) }
  const ids = ORDERS.map((name) => insertMailing(connection, { name }))
  for (const [i, name] of ORDERS.entries()) {
    expect((await store.lookUpMailing(name))?.id).toBe(ids[i])
    expect(await store.lookUpMailing(`${name}%`)).toBeNull()
  }
  expect(await store.listMailings({})).toHaveLength(ORDERS.length)
})

test('a text names an attribute by whatever it is called; what every object has is no attribute', async () => {
  const shop = await openShop()
  const run = (args: readonly string[], at = EVENING) => runHere(args, { cwd: shop.folder, clock: clockFrom(at) })
  writeFileSync(join(shop.folder, 'list.csv'), 'phone;zone;__proto__;constructor\n89161234567;UTC;own;mine\n')
  const text = '{{ __proto__ }} {{ constructor }}'
  const unknown = await run(['schedule', '--at', '10:00', '--text', text])
  expect(unknown.code).toBe(2)
  expect(unknown.stderr).toContain('{{ __proto__ }}, {{ constructor }}, which no recipient column answers')
  expect(await run(['import', 'suppliers', 'list.csv', '--quiet'])).toMatchObject({ code: 0 })
  expect((await run(['schedule', '--at', '10:00', '--text', '{{ toString }}'])).code).toBe(2)
  expect(await run(['schedule', '--at', '10:00', '--text', text, '--quiet'])).toMatchObject({ code: 0 })
  expect(await run(['run-due'], '2021-10-22T10:00:00Z')).toMatchObject({ code: 0 })
  expect(shop.got).toMatchObject([{ text: 'own mine' }])
})

/** Among enough letters for the file not to be taken for a binary one. */
const FILLER = `${'x'.repeat(400)}\n`

/** Colour, title, the cursor, C1, the direction of writing, a line of its own. */
const SLY = '\u001b[31m\u001b]0;title\u0007\u009b2J\u202egnp.exe\u2066\u2028'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Bidi_Control}]/u

test('nothing from a file, a flag or a gateway reaches a terminal or a log as more than letters', async () => {
  const shop = await openShop({ concurrency: 1 })
  const config = join(shop.folder, 'notify.toml')
  const gateway = await gatewayServer(
    answer(400, `{"error":"${JSON.stringify(SLY).slice(1, -1)}"}`),
    answer(500, SLY),
    answer(401, SLY),
  )
  writeFileSync(config, readFileSync(config, 'utf8').replace(shop.sandbox.url, gateway.url))
  const write = (name: string, rows: readonly string[]): void =>
    writeFileSync(
      join(shop.folder, name),
      `id,phone,name,district,tag,zone,a${SLY}\n${rows.join('\n')}\n`.replaceAll('x\n', FILLER),
    )
  write('good.csv', [
    `1${SLY},89161234561,A${SLY},D${SLY},t${SLY},Europe/Moscow,x`,
    `2,89161234562,B${SLY},D${SLY},,Europe/Moscow,x`,
    `3,89161234563,C${SLY},D${SLY},,Europe/Moscow,x`,
  ])
  write('bad.csv', [`4,8916${SLY},A,,,${SLY},x`, `5,89161234561,A,,,UTC,x`, `6,89161234567,A,,,Mars${SLY},x`])
  write('nowhere.csv', [`7,89161234569,N${SLY},E${SLY},,,x`])
  writeFileSync(join(shop.folder, 'zones.csv'), `district,zone\nD${SLY},Mars${SLY}\n`)
  writeFileSync(join(shop.folder, 'zones.json'), JSON.stringify({ [`D${SLY}`]: `Mars${SLY}` }))
  writeFileSync(join(shop.folder, 'broken.json'), `{"D${SLY}": ${SLY}`)
  writeFileSync(join(shop.folder, 'broken.toml'), `database = "x"\n${SLY} = 1\n`)
  writeFileSync(join(shop.folder, 'unknown.toml'), '"key\\u202eyek" = 1\n')

  const schedule = ['schedule', '--at', '10:00', '--name', `M${SLY}`, '--text', `Hi${SLY} {{ name }}`]
  const commands: (readonly [args: readonly string[], at?: string])[] = [
    [['import', 'suppliers', 'good.csv', '--delimiter', ',']],
    [['import', 'suppliers', 'bad.csv', '--delimiter', ',', '--reject-file', `r${SLY}.csv`]],
    [['import', 'suppliers', `none${SLY}.csv`]],
    [['import', 'suppliers', 'good.csv', '--delimiter', ',', '--map', `phone=${SLY}`]],
    [['import', 'suppliers', 'good.csv', '--encoding', SLY]],
    [['import', 'suppliers', 'good.csv', '--delimiter', SLY]],
    [['import', 'timezones', 'zones.csv', '--delimiter', ',']],
    [['import', 'timezones', 'zones.json']],
    [['import', 'timezones', 'broken.json']],
    [[...schedule, '--tag', SLY]],
    [[...schedule, '--expires', SLY]],
    [[...schedule, '--gateway', SLY]],
    [[...schedule, '--until', SLY, '--pace', SLY]],
    [['schedule', '--at', SLY]],
    [['schedule', '--at', '10:00', '--text', `{{ x${SLY} }}`]],
    [['schedule', '--at', '10:00', '--text', '{{ nix }}']],
    [schedule],
    [schedule],
    [['import', 'suppliers', 'nowhere.csv', '--delimiter', ',']],
    [['schedule', '--at', '11:00', '--text', 'x']],
    [['run-due', '-v'], TEN_IN_MOSCOW],
    [['run-due', '-v'], '2021-10-22T07:30:00Z'],
    [['run-due', '-v'], '2021-10-22T08:30:00Z'],
    [['stats']],
    [['stats', '1']],
    [['stats', '--plain']],
    [['mailings', 'list', '--plain']],
    [['mailings', 'show', '1']],
    [['mailings', 'pause', '1', '--reason', `why${SLY}`]],
    [['mailings', 'show', `M${SLY}`]],
    [['mailings', 'show', `N${SLY}`]],
    [['mailings', 'cancel', '1', '--yes', '--reason', `why${SLY}`]],
    [['messages', 'list', '1']],
    [['messages', 'list', '1', '--plain']],
    [['messages', 'list', '1', '--state', SLY]],
    [['gateways', 'list']],
    [['gateways', 'pause', 'sms', '--reason', `why${SLY}`]],
    [['gateways', 'list', '--plain']],
    [['hold', '--reason', `why${SLY}`]],
    [['gateways']],
    [['stats', '-c', 'broken.toml']],
    [['stats', '-c', 'unknown.toml']],
    [['stats', '-c', SLY]],
    [['stats', '--tz', SLY]],
    [[SLY]],
    [['stats', `--${SLY}`]],
    [['mailings', SLY]],
  ]
  // those that log, in a process of their own
  const runThem = (args: readonly string[], at = EVENING) =>
    args[0] === 'run-due' ? shop.run(args, at) : runHere(args, { cwd: shop.folder, clock: clockFrom(at) })
  const leaks: string[] = []
  const codes: number[] = []
  for (const [args, at] of commands) {
    const { code, stdout, stderr } = await runThem(args, at)
    codes.push(code)
    const unsafe = UNSAFE.exec(stdout + stderr)
    if (unsafe !== null) leaks.push(`${JSON.stringify(args)}: ${JSON.stringify((stdout + stderr).slice(0, 600))}`)
  }
  expect(leaks).toEqual([])
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(15) // they did their work
  expect(gateway.requests.length).toBeGreaterThan(1)
}, 120_000)
