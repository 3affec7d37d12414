// Gateways listed, paused, resumed: what is said, what is kept, exit codes.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Config, GatewayConfig } from '../../src/config.ts'
import { askedToRest, foundDown, recovered } from '../../src/domain/gateway-changes.ts'
import type { GatewayHealth } from '../../src/domain/gateway-health.ts'
import { gatewayCounts } from '../../src/store/sqlite/gateway-counts.ts'
import { gatewayStore } from '../../src/store/sqlite/gateways.ts'
import { workerStore } from '../../src/store/sqlite/workers.ts'
import { type FakeCliOptions, fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryConnection } from '../support/database.ts'
import { probeConfig } from '../support/gateway-server.ts'
import { insertMailing } from '../support/rows.ts'

const NOW = '2021-10-22T05:00:00Z'
const OUTBOX: GatewayConfig = {
  type: 'outbox',
  file: '/out',
  addressKind: 'phone',
  concurrency: 256,
  ratePerSecond: null,
}

/** Gateways sms, mail and outbox; a mailing through sms with 1,200 that are due, 4 that are not yet, 3 in hand. */
const open = async (options: Omit<FakeCliOptions, 'store' | 'clock'> = {}) => {
  const clock = handClock(NOW)
  const connection = await temporaryConnection(clock)
  const store = { ...gatewayStore(connection), ...gatewayCounts(connection), ...workerStore(connection) }
  insertMailing(connection, {
    name: 'spring',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'scheduled', count: 1_200 },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 4 },
      { zone: 'Asia/Yakutsk', state: 'sent', count: 2 },
      { zone: 'Europe/Moscow', state: 'sending', count: 3 },
    ],
  })
  const gateways = {
    outbox: OUTBOX,
    sms: probeConfig('https://gateway.example', { ratePerSecond: 200 }),
    mail: probeConfig('https://mail.example', { concurrency: 8, ratePerSecond: 0.5 }),
  }
  const config: Config = {
    file: null,
    database: '',
    zone: null,
    country: 'RU',
    approval: false,
    testAddresses: [],
    defaults: { gateway: 'sms', text: null, until: null },
    gateways,
  }
  const change = (name: string, decide: (health: GatewayHealth, now: number) => GatewayHealth) =>
    store.changeGateway(name, (health) => decide(health, clock.now()))
  const audit = () => connection.db.prepare('select who, what, why, mailing_id as mailing from audit order by id').all()
  const fake = fakeCli({ store: store, clock, app: { config }, ...options })
  return { ...fake, clock, store, change, audit }
}

const states = async (run: Awaited<ReturnType<typeof open>>['run']): Promise<Record<string, unknown>> => {
  const rows: { name: string; state: string }[] = JSON.parse((await run('gateways', '--json')).out)
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
}

test('gateways alone lists them: all that are configured, used or not', async () => {
  const { run } = await open()
  const expected = `
GATEWAY  TYPE    STATE   LOAD  AT ONCE   RATE   DUE  IN HAND
mail     http    up     100 %        8   30/m     0        0
outbox   outbox  up     100 %      256            0        0
sms      http    up     100 %       64  200/s  1200        3
`
  expect(await run('gateways')).toEqual({ code: 0, out: expected.slice(1), err: '' })
  expect(await run('gateways', 'list')).toEqual({ code: 0, out: expected.slice(1), err: '' })
})

test('in trouble: which, why, until when; one that is gone from the configuration; one that stands still', async () => {
  const { run, change, store, clock } = await open({ tty: true, columns: 140 })
  await change('mail', (health, now) => recovered(health, now - 15_000))
  await change('sms', (health, now) => foundDown(health, now, 'connection refused', 4_000, 0))
  await change('old', (health, now) => askedToRest(health, now, 'gateway answered 429', 90_000))
  await store.noteTrouble('stalled:outbox', clock.now(), 0)
  const { out, err } = await run('gateways')
  expect(`\n${stripVTControlCharacters(out)}`).toBe(
    `
GATEWAY  TYPE    STATE            LOAD  AT ONCE   RATE    DUE  IN HAND  Europe/Moscow               WHY
mail     http    ramping          25 %        8   30/m      0        0  full speed 22 Oct 08:00:15
old              not configured                             0        0
outbox   outbox  up, stalled     100 %      256             0        0                              due messages do not move
sms      http    resting           0 %       64  200/s  1,200        3  until 22 Oct 08:00:04       connection refused
`,
  )
  expect(err).toBe('')
  clock.advance(4_000)
  expect(await states(run)).toEqual({ mail: 'ramping', old: 'not configured', outbox: 'up', sms: 'probing' })
})

test('for programs: a document, lines, values apart by TABs', async () => {
  const { run, change } = await open({ env: { USER: 'olga' } })
  await change('sms', (health, now) => askedToRest(health, now, 'gateway answered 429', 90_000))
  await run('gateways', 'pause', 'mail', '--reason', 'moving')
  const [mail, outbox, sms] = JSON.parse((await run('gateways', 'list', '--json')).out)
  expect(sms).toEqual({
    name: 'sms',
    type: 'http',
    state: 'resting',
    reason: 'gateway answered 429',
    restsUntil: '2021-10-22T05:01:30Z',
    failures: 0,
    load: 0,
    concurrency: 64,
    rate: 200,
    pausedAt: null,
    pausedBy: null,
    pausedWhy: null,
    acceptedAt: null,
    due: 1_200,
    inHand: 3,
    stalled: false,
  })
  expect(mail).toMatchObject({ state: 'paused', pausedAt: NOW, pausedBy: 'olga', pausedWhy: 'moving', load: 0 })
  expect(outbox).toMatchObject({ state: 'up', load: 1, rate: null, reason: null })
  const lines = (await run('gateways', '--json=lines')).out.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([mail, outbox, sms])
  const plain = (await run('gateways', '--plain')).out.split('\n')
  expect(plain[0]?.split('\t')).toEqual(Object.keys(sms))
  expect(plain[3]).toBe(
    'sms\thttp\tresting\tgateway answered 429\t2021-10-22T05:01:30Z\t0\t0\t64\t200\t\t\t\t\t1200\t3\tfalse',
  )
})

test('what a gateway rested for is not told as if it rested still', async () => {
  const { run, change, clock } = await open()
  await change('sms', (health, now) => askedToRest(health, now, 'gateway answered 429', 90_000))
  clock.advance(90_000)
  expect(JSON.parse((await run('gateways', '--json')).out)[2]).toMatchObject({
    state: 'up',
    reason: null,
    restsUntil: null,
  })
})

test('pause says how many messages wait; once more says by whom it was paused already', async () => {
  const { run, audit, clock } = await open({ tty: true, env: { USER: 'olga' } })
  const first = await run('gateways', 'pause', 'sms', '--reason', 'provider at work')
  expect([first.code, first.out]).toEqual([
    0,
    'Paused gateway "sms": 1,204 messages wait. What is in flight finishes.\n',
  ])
  expect(stripVTControlCharacters(first.err)).toBe('Next: notify gateways resume sms --ramp 5m\n')
  clock.advance(3_600_000)
  const again = await run('gateways', 'pause', 'sms', '--reason', 'another')
  expect([again.code, again.out]).toEqual([
    0,
    'Gateway "sms" was paused already, by olga at 2021-10-22 08:00 Europe/Moscow: 1,204 messages wait.\n',
  ])
  expect(audit()).toEqual([{ who: 'olga', what: 'gateway sms paused', why: 'provider at work', mailing: null }])
  expect(stripVTControlCharacters((await run('gateways')).out)).toMatch(
    /sms +http +paused +0 % .* since 22 Oct 08:00 +olga: provider\s/,
  )
})

test('resume at once, or slowly: it says when full speed is reached', async () => {
  const { run, audit } = await open({ env: { USER: 'olga' } })
  await run('gateways', 'pause', 'sms')
  const first = await run('gateways', 'resume', 'sms', '--reason', 'they are back')
  expect([first.code, first.out]).toEqual([0, 'Resumed gateway "sms": 1204 messages go on, at full speed at once.\n'])
  await run('gateways', 'pause', 'sms')
  expect((await run('gateways', 'resume', 'sms', '--ramp', '5m')).out).toBe(
    'Resumed gateway "sms": 1204 messages go on, slowly at first, at full speed from 2021-10-22 08:05 Europe/Moscow on.\n',
  )
  expect(await states(run)).toMatchObject({ sms: 'ramping' })
  expect(audit()).toEqual([
    { who: 'olga', what: 'gateway sms paused', why: null, mailing: null },
    { who: 'olga', what: 'gateway sms resumed', why: 'they are back', mailing: null },
    { who: 'olga', what: 'gateway sms paused', why: null, mailing: null },
    { who: 'olga', what: 'gateway sms resumed', why: null, mailing: null },
  ])
})

test('64 at once are not reached before a minute: at most double every ten seconds', async () => {
  const { run } = await open()
  await run('gateways', 'pause', 'sms')
  expect((await run('gateways', 'resume', 'sms', '--ramp', '10s')).out).toContain('full speed from 2021-10-22 08:01')
})

test('resume ends a rest and a ramp; where nothing holds a gateway back it changes nothing', async () => {
  const { run, change, audit } = await open()
  await change('sms', (health, now) => foundDown(health, now, 'gateway answered 401', 0, 0.5))
  expect((await run('gateways', 'resume', 'sms')).out).toMatch(/^Ended the rest of gateway "sms": .* at once\.$/m)
  expect(await states(run)).toMatchObject({ sms: 'up' })
  await run('gateways', 'resume', 'sms', '--ramp', '5m')
  expect(await states(run)).toMatchObject({ sms: 'ramping' })
  expect((await run('gateways', 'resume', 'sms')).out).toMatch(/^Set the speed of gateway "sms": .* at once\.$/m)
  const before = audit().length
  expect(await run('gateways', 'resume', 'sms', '--ramp', '0s')).toEqual({
    code: 0,
    out: 'Gateway "sms" was not paused: 1204 messages go on.\n',
    err: '',
  })
  expect(audit()).toHaveLength(before)
})

test('one that is not configured can be paused all the same', async () => {
  const { run, change } = await open()
  await change('old', (health, now) => recovered(health, now))
  expect((await run('gateways', 'pause', 'old')).out).toBe(
    'Paused gateway "old": 0 messages wait. What is in flight finishes.\n',
  )
  expect((await run('gateways', 'resume', 'old')).out).toBe(
    'Resumed gateway "old": 0 messages go on, once it is configured.\n',
  )
})

test.each([['pause'], ['resume', '--ramp', '5m']])('%s --json answers the row as it is now', async (...act) => {
  const { run } = await open()
  const { out, err, code } = await run('gateways', ...act, 'sms', '--json')
  expect(JSON.parse(out)).toMatchObject({ name: 'sms', state: act[0] === 'pause' ? 'paused' : 'ramping', due: 1_200 })
  expect([err, code]).toEqual(['', 0])
  expect(await run('gateways', ...act, 'mail', '-q')).toEqual({ code: 0, out: '', err: '' })
})

test.each(['pause', 'resume'])('%s of an unknown gateway: exit 5', async (act) => {
  const { run, audit } = await open()
  expect(await run('gateways', act, 'smss')).toEqual({
    code: 5,
    out: '',
    err: 'notify: there is no gateway "smss"\nDid you mean "sms"? See notify gateways.\n',
  })
  expect((await run('gateways', act, 'telegram')).err).toContain('There are: mail, outbox, sms.')
  expect(audit()).toEqual([])
})

test.each([
  [['resume', 'sms', '--ramp', 'soon'], '--ramp "soon" is not a length of time'],
  [['pause', 'sms', '--ramp', '5m'], 'unknown option'],
  [['stop', 'sms'], 'unknown command "stop"'],
])('gateways %j: exit 2', async (args, said) => {
  const { run } = await open()
  const { code, err } = await run('gateways', ...args)
  expect(code).toBe(2)
  expect(err).toContain(said)
})
