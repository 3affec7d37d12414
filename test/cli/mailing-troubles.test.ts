// What did not arrive, and a mailing that paused itself: told in cron's mail, by the doctor, in stats and in the report.
import { expect, test } from 'vitest'
import { complain } from '../../src/cli/actions/complain.ts'
import { complainOfMailings } from '../../src/cli/actions/complain-of-mailings.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { russian } from '../../src/cli/russian/russian.ts'
import { checkMailings } from '../../src/flow/doctor/mailings.ts'
import { openTally } from '../../src/flow/tally.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { troubleStore } from '../../src/store/sqlite/mailing-troubles.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { workerStore } from '../../src/store/sqlite/workers.ts'
import { handClock } from '../support/clock.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'
import { openSteering } from '../support/steering.ts'

const HOUR = 3_600_000

/** The autumn of the day: some refused for two reasons, some unknown, some expired. */
const insertBadDay = (connection: Connection): number =>
  insertMailing(connection, {
    name: 'Осень',
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 5 },
      { zone: 'Europe/Moscow', state: 'failed', count: 15, reason: 'gateway answered 400' },
      { zone: 'Europe/Moscow', state: 'failed', count: 3, reason: 'gateway answered 404' },
      { zone: 'Europe/Moscow', state: 'unknown', count: 6, reason: 'no answer in 10 s' },
      { zone: 'Europe/Moscow', state: 'expired', count: 30, reason: 'its time ran out untried' },
    ],
  })

const FAILED = 'mailing 1 "Осень": 18 messages failed, 15 of them: gateway answered 400'
const UNKNOWN = 'mailing 1 "Осень": of 6 messages nobody knows whether they arrived: no answer in 10 s'
const EXPIRED = 'mailing 1 "Осень": 30 messages expired: its time ran out untried'

const listening = async () => {
  const clock = handClock('2021-10-22T05:00:00Z')
  const connection = await temporaryConnection(clock)
  const store = {
    ...workerStore(connection),
    ...mailingStore(connection),
    ...readingStore(connection),
    ...troubleStore(connection),
  }
  const world = { clock, connection, store }
  let err = ''
  let code = 0
  const cli: Pick<Cli, 'err' | 'exit'> = {
    err: {
      write: (text) => {
        err += text
      },
    },
    exit: (wanted) => {
      code = wanted
    },
  }
  const heard = async (body: (cli: Cli) => Promise<void>): Promise<string> => {
    err = ''
    await body(cli as Cli)
    return err
  }
  return {
    world,
    code: () => code,
    pass: () => heard((each) => complainOfMailings(each, world as never, HOUR)),
    gatewayPass: (reason: string | null) =>
      heard((each) => {
        const tally = openTally()
        if (reason === null) tally.works('sms')
        else tally.trouble('sms', reason)
        const report = { ...tally.counts(), troubles: tally.troubles(), working: tally.working() }
        return complain(each, world as never, report, HOUR)
      }),
  }
}

test("cron's mail: one block when it begins, no word while it stays, one when it has grown an hour later, one when it ends", async () => {
  const { world, pass, code } = await listening()
  const { connection } = world
  expect(await pass()).toBe('')
  insertBadDay(connection)
  const first = await pass()
  expect(first.match(/^notify: .*$/gm)).toEqual([EXPIRED, FAILED, UNKNOWN].map((line) => `notify: ${line}`))
  for (const command of ['retry 1', 'retry 1 --state unknown', 'retry 1 --state expired'])
    expect(first).toMatch(new RegExp(`: notify ${command}$`, 'm'))
  world.clock.advance(5 * HOUR)
  expect(await pass()).toBe('')
  const change = (sql: string) => connection.db.prepare(sql).run()
  change("update mailing_counts set count = 20 where state = 'failed'")
  expect(await pass()).toContain('20 messages failed')
  change("update mailing_counts set count = 21 where state = 'failed'")
  expect(await pass()).toBe('')
  world.clock.advance(HOUR)
  expect(await pass()).toContain('21 messages failed')
  change("update mailing_counts set count = 4 where state = 'failed'")
  expect(await pass()).toBe('')
  change("update mailing_counts set count = 0 where state in ('failed', 'unknown')")
  expect((await pass()).split('\n').toSorted()).toEqual([
    '',
    'notify: mailing 1 "Осень" has no failed messages any more',
    'notify: mailing 1 "Осень" has no unknown messages any more',
  ])
  change("update mailings set state = 'cancelled'")
  expect([await pass(), await pass(), code()]).toEqual(['', '', 0])
  expect(await world.store.listTroubles()).toEqual([])
})

test('a mailing that paused itself is told with what helps, one that an operator paused is not', async () => {
  const { world, pass } = await listening()
  insertMailing(world.connection, { name: 'a' })
  await world.store.pauseMailing(1, { at: world.clock.now(), who: 'olga', why: null })
  expect(await pass()).toBe('')
  await world.store.resumeMailing(1, { at: world.clock.now(), who: 'olga', why: null })
  const why = '20 of its last 20 messages were refused (gateway answered 400)'
  await world.store.pauseMailing(1, { at: world.clock.now(), who: 'notify', why })
  const block = await pass()
  expect(block).toContain(`notify: mailing 1 "a" paused itself: ${why}\n`)
  expect(block).toContain('notify mailings resume 1 for the rest, and notify retry 1 for the refused')
  expect(await pass()).toBe('')
  await world.store.resumeMailing(1, { at: world.clock.now(), who: 'olga', why: null })
  expect(await pass()).toBe('notify: mailing 1 "a" is not paused any more\n')
})

test('many at once are one short block', async () => {
  const { world, pass } = await listening()
  for (let i = 0; i < 40; i++)
    insertMailing(world.connection, { name: `m${i}`, messages: [{ zone: 'UTC', state: 'failed', count: 1 }] })
  const block = await pass()
  expect(block.split('\n')).toHaveLength(12)
  expect(block).toContain('And 35 more: notify stats')
})

test('another trouble of a gateway within the hour is told too, the same one in other words is not', async () => {
  const { world, gatewayPass } = await listening()
  expect(await gatewayPass('gateway answered 503')).toContain('answered 503')
  expect(await gatewayPass('gateway answered 503: try in 17 s')).toBe('')
  expect(await gatewayPass('no connection in 10 s')).toContain('no connection')
  expect(await gatewayPass('no connection in 20 s')).toBe('')
  expect(await gatewayPass('gateway answered 401')).toContain('Check its token')
  expect(await gatewayPass(null)).toBe('notify: gateway "sms" works again\n')
  expect(await world.store.listTroubles()).toEqual([])
  expect(await gatewayPass('gateway answered 503')).toContain('answered 503')
})

test('the doctor, stats and the report tell it, each with its commonest reason and the command that helps', async () => {
  const { run, connection, cli } = await openSteering()
  insertBadDay(connection)
  for (const args of [['stats'], ['stats', '1']]) {
    const { out } = await run(...args)
    for (const line of [FAILED, UNKNOWN, EXPIRED]) expect(out).toContain(line)
    expect(out).toContain('notify retry 1\n')
    const { troubles } = JSON.parse((await run(...args, '--json')).out)
    expect(troubles).toContainEqual({
      mailing: '1',
      name: 'Осень',
      kind: 'failed',
      count: 18,
      reason: 'gateway answered 400',
      ofThisReason: 15,
      help: expect.stringContaining('notify retry 1'),
    })
  }
  const report = (await run('report', '--date', '2021-10-22')).out
  expect(report).toContain('15 failed: gateway answered 400')
  expect(report.replaceAll(/\s+/g, ' ')).toContain(FAILED)
  expect(report).toContain('notify retry 1\n')
  const store = (await cli.openApp({} as never)).store
  expect(await checkMailings(store, cli.clock.now())).toContainEqual({
    name: 'mailings',
    status: 'warn',
    message: FAILED,
    remedy: 'When its cause is mended, this sends to them again: notify retry 1',
  })
  expect(russian()(`notify: ${FAILED}`)).toBe(
    'notify: рассылка 1 «Осень»: 18 сообщений с отказом, из них 15: шлюз ответил 400',
  )
})

test('what was over a week ago is history, and what is well says so', async () => {
  const clock = handClock('2021-10-22T05:00:00Z')
  const connection = await temporaryConnection(clock)
  insertBadDay(connection)
  connection.db.prepare("update mailings set state = 'done', expires_at = ?").run(clock.now())
  const store = troubleStore(connection)
  expect(await checkMailings(store, clock.now())).toHaveLength(3)
  expect(await checkMailings(store, clock.now() + 8 * 24 * HOUR)).toMatchObject([{ status: 'ok' }])
})
