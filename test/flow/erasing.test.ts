// What is erased is gone: not a value of the person stands in any file of the database, in free pages and in the log neither.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { fakeCli } from '../support/cli.ts'
import { temporaryFolder } from '../support/database.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

/** Long enough for pages of its own, which become free as a whole. */
const LONG = 'the whole story of Wilhelmina '.repeat(300)

const WILHELMINA = {
  код: 'W-90017',
  наименование: 'Wilhelmina Oxenstierna',
  'контактное лицо': 'Ebba Brahe',
  телефон: '8 (916) 123-45-67',
  почта: 'w.oxenstierna@example.com',
  инн: '7707083893',
  адрес: 'Birger Jarls torg 13',
  метки: 'countess-of-sodermore',
  история: LONG,
  рост: '1m72-and-a-half',
}

/** Each value, and the phone as people and gateways write it. */
const VALUES = [
  'W-90017',
  'Wilhelmina',
  'Oxenstierna',
  'Ebba',
  'Brahe',
  '+79161234567',
  '9161234567',
  '916 123 45 67',
  '(916) 123-45-67',
  'w.oxenstierna',
  '7707083893',
  'Birger Jarls',
  'countess-of-sodermore',
  '1m72-and-a-half',
]

const REASON =
  'gateway answered 400: no Wilhelmina OXENSTIERNA at 8 (916) 123-45-67 <W.Oxenstierna@example.com>, Birger Jarls torg 13'

interface House extends World {
  run(...args: readonly string[]): Promise<void>
  /** The values that stand in some file of the database, with the name of the file. */
  found(): readonly string[]
}

/** Runs `notify …args` over the store of the world, which it may not close. */
const typed = ({ store, clock, witness }: World, cwd: string, ...args: readonly string[]) => {
  const { close: _, ...sentences } = store
  return fakeCli({ store: sentences, clock, cwd, app: { config: { country: 'RU' } as never, witness } }).run(...args)
}

const openHouse = async (): Promise<House> => {
  const world = await openWorld()
  const lists = temporaryFolder()
  world.sql.pragma('secure_delete = on') // what the tests do behind the store's back
  const run: House['run'] = async (...args) => {
    const { code, err } = await typed(world, lists, ...args)
    expect([code, err], args.join(' ')).toEqual([0, ''])
  }
  const crowd = Array.from({ length: 200 }, (_, i) => ({ код: `S-${i}`, телефон: `+7917${1_000_000 + i * 7_919}` }))
  writeFileSync(join(lists, 'list.csv'), csvOf([WILHELMINA, ...crowd]))
  writeFileSync(
    join(lists, 'changed.csv'),
    csvOf([{ код: 'W-90017', наименование: 'Somebody', телефон: '+79031111111' }]),
  )
  await run('import', 'suppliers', 'list.csv', '--quiet')
  return { ...world, run, found: () => valuesIn(dirname(world.file)) }
}

const csvOf = (rows: readonly Record<string, string>[]): string => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => names.map((name) => `"${row[name] ?? ''}"`).join(';'))
  return [[...names, 'пояс'].join(';'), ...lines.map((line) => `${line};Europe/Moscow`)].join('\n')
}

const valuesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').toLowerCase()
      return VALUES.filter((value) => text.includes(value.toLowerCase())).map((value) => `${value} in ${name}`)
    })

const messages = async (house: House): Promise<void> => {
  await scheduleUsual(house, { text: 'Dear {{ name }}, at {{ phone }}: {{ история }}' })
  house.clock.moveTo('2021-10-22T07:00:00Z')
  house.sms.answer = ({ text }) =>
    text.includes('Wilhelmina') ? { kind: 'refused', reason: `${REASON}; ${text}` } : { kind: 'accepted', ref: null }
  await asWorker(house, 'run-due', (id) => runDue(house, id, never))
  expect(house.states()).toEqual({ sent: 200, failed: 1 })
}

test('recipients remove: rows, free pages, the log; what gateways and operators said stays without them', async () => {
  const house = await openHouse()
  await messages(house)
  house.sql.exec(`
    insert into attempts (message_id, attempt, at, state, reason) select id, 1, 1, 'scheduled', reason from messages where state = 'failed';
    update messages set gateway_ref = 'for-79161234567' where state = 'failed';
    update mailings set reason = '25 of its last 100 messages were refused (${REASON})';
    insert or replace into gateways (name, reason, paused_why) values ('sms', '${REASON}', 'Ebba called');
    insert into blocked (address, at, who, why) values ('+79990000000', 1, 'olga', 'it was Wilhelmina''s');
    update installation set held_why = 'asked by Ebba Brahe';
    insert into audit (at, who, what, why) values (1, 'olga', 'mailing paused', 'Wilhelmina (9161234567) complained')`)
  await house.run('import', 'suppliers', 'changed.csv', '--quiet') // as she was before is kept, to be taken back
  expect(house.found().length).toBeGreaterThan(10)
  await house.run('recipients', 'remove', 'W-90017', '--yes', '--quiet')
  expect(house.found()).toEqual([])
  const said = 'gateway answered 400: no … at … <…>, …'
  expect(house.sql.prepare("select reason from messages where state = 'failed'").pluck().get()).toBe(`${said}; …`)
  expect(house.sql.prepare('select reason from attempts limit 1').pluck().get()).toBe(`${said}; …`)
  expect(house.sql.prepare("select why from audit where what = 'mailing paused'").pluck().get()).toBe(
    '… (…) complained',
  )
  expect(house.sql.prepare('select paused_why from gateways').pluck().get()).toBe('… called')
})

test('recipients remove: also what is said while it is done, a name from before an edit, and a district that was theirs alone', async () => {
  const house = await openHouse()
  await scheduleUsual(house, { text: 'Dear {{ name }}' })
  await house.run('recipients', 'edit', 'W-90017', '--district', 'Birger Jarls torg', '--quiet')
  await house.run('recipients', 'tag', 'countess-of-sodermore-too', 'W-90017', '--quiet')
  await house.run('mailings', 'pause', '1', '--reason', 'Wilhelmina Oxenstierna called', '--quiet')
  await house.run('recipients', 'edit', 'W-90017', '--name', 'Wilhelmina Brahe', '--quiet')
  expect(house.sql.prepare('select reason from mailings').pluck().get()).toBe('Wilhelmina … called')
  await house.run(
    'recipients',
    'remove',
    'W-90017',
    '--yes',
    '--quiet',
    '--reason',
    'W. Oxenstierna-Brahe (9161234567) asked',
  )
  expect(house.found()).toEqual(['Oxenstierna in notify.db']) // in these words: nobody knows it any more
  expect(house.sql.prepare("select why from audit where what = 'recipient removed'").pluck().get()).toBe(
    'W. Oxenstierna-… (…) asked',
  )
})

test('recipients remove of somebody without a message', async () => {
  const house = await openHouse()
  await house.run('recipients', 'remove', 'W-90017', '--yes', '--quiet')
  expect(house.found()).toEqual([])
})

test('prune: the texts and the addresses of its messages', async () => {
  const house = await openHouse()
  await messages(house)
  house.sql.exec(`update recipients set name = 'x', email = null, phone = null, contact_person = null, tax_number = null,
    address = null, attributes = null, external_id = null where external_id = 'W-90017'; delete from recipient_tags;
    delete from import_before; update mailings set state = 'done'`)
  expect(house.found().length).toBeGreaterThan(5)
  house.clock.moveTo('2022-10-22T07:00:00Z')
  await house.run('prune', '--older-than', '180d', '--yes', '--quiet')
  expect(house.found()).toEqual([])
})

test('import undo: whom it added', async () => {
  const house = await openHouse()
  await house.run('import', 'undo', '--yes', '--quiet')
  expect(house.found()).toEqual([])
})

test('an edit: the old phone, also as the last import kept it', async () => {
  const house = await openHouse()
  await house.run('import', 'suppliers', 'changed.csv', '--quiet')
  await house.run('recipients', 'edit', 'W-90017', '--phone', '+79052222222', '--quiet')
  const folder = dirname(house.file)
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(
    ['+79161234567', '+79031111111', 'Wilhelmina Oxenstierna'].filter((value) => text.join().includes(value)),
  ).toEqual([])
  const { changes } = house.sql.prepare('delete from recipients where phone = ?').run('+79052222222')
  expect(changes).toBe(1)
})

test('while somebody reads one old state of the database the log cannot be emptied, which is told', async () => {
  const house = await openHouse()
  const reader = new Database(house.file, { readonly: true })
  reader.exec('begin; select * from recipients')
  reader.prepare('select count(*) from recipients').get()
  const { code, err } = await typed(house, '/nowhere', 'recipients', 'remove', 'W-90017', '--yes')
  expect([code, err]).toEqual([0, expect.any(String)])
  expect(err).toContain(`What was erased stands in ${house.file}-wal still`)
  reader.close()
  await house.run('recipients', 'remove', 'S-3', '--yes', '--quiet')
  expect(house.found()).toEqual([])
  expect(existsSync(`${house.file}-wal`)).toBe(true)
})

test('answered after the removal, a reason keeps only what is our own', async () => {
  const house = await openHouse()
  await scheduleUsual(house, { text: 'Dear {{ name }}' })
  house.clock.moveTo('2021-10-22T07:00:00Z')
  house.sms.answer = async ({ text }) => {
    if (!text.includes('Wilhelmina')) return { kind: 'accepted', ref: null }
    await house.run('recipients', 'remove', 'W-90017', '--yes', '--quiet')
    return { kind: 'refused', reason: REASON }
  }
  await asWorker(house, 'run-due', (id) => runDue(house, id, never))
  expect(house.sql.prepare("select reason from messages where state = 'failed'").pluck().get()).toBe(
    'gateway answered 400',
  )
  await house.store.emptyLog()
  expect(house.found()).toEqual([])
})
