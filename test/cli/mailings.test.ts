// notify mailings: list, show, pause, resume, cancel; what they say, ask and answer.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import { noMessages } from '../../src/domain/message.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { insertMailing, type MailingRows } from '../support/rows.ts'
import { openSteering } from '../support/steering.ts'

const insertSpring = (connection: Connection, change: Partial<MailingRows> = {}): number =>
  insertMailing(connection, {
    name: 'spring',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'sent', count: 2 },
      { zone: 'Europe/Moscow', state: 'sending', count: 1 },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 1_204 },
    ],
    ...change,
  })

const stateOf = ({ db }: Connection): unknown =>
  db.prepare("select state from mailings where name = 'spring'").pluck().get()

const audit = ({ db }: Connection): unknown[] => db.prepare('select who, what, why from audit').all()

test('mailings alone lists them, by their clock and by the operator’s', async () => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  insertMailing(connection, { name: 'Осень', state: 'paused', reason: 'wrong price', at: '09:30' })
  const expected = `
#  MAILING  STATE   THEIR TIME              Europe/Moscow       ZONES  TO SEND  GATEWAY  WHY
2  Осень    paused  2021-10-22 09:30-21:00                          0        0  sms      wrong price
1  spring   active  2021-10-22 10:00-21:00  22 Oct 04:00-10:00      2     1207  sms
`
  expect(await run('mailings')).toEqual({ code: 0, out: expected.slice(1), err: '' })
  expect(await run('mailings', 'list')).toEqual({ code: 0, out: expected.slice(1), err: '' })
})

test('mailings are filtered by state and limited', async () => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  insertMailing(connection, { name: 'old', state: 'done' })
  insertMailing(connection, { name: 'older', state: 'done' })
  const namesOf = async (...args: string[]): Promise<string[]> =>
    JSON.parse((await run('mailings', ...args, '--json')).out).map(({ name }: { name: string }) => name)
  expect(await namesOf('list')).toEqual(['older', 'old', 'spring'])
  expect(await namesOf('--state', 'done')).toEqual(['older', 'old'])
  expect(await namesOf('list', '--state', 'done', '--limit', '1')).toEqual(['older'])
  expect((await run('mailings', '--limit', '1')).out).toContain('… 2 more')
  expect(await run('mailings', '--state', 'paused')).toEqual({ code: 0, out: 'No mailings.\n', err: '' })
})

const springJson = {
  id: '1',
  uid: 'uid 1',
  name: 'spring',
  state: 'active',
  at: '10:00',
  on: '2021-10-22',
  until: '21:00',
  expiresAt: '2021-10-25T10:00:00Z',
  gateway: 'sms',
  reason: null,
}

test('mailings list as a document, as lines, and as values apart by TABs', async () => {
  const { connection, run } = await openSteering()
  expect((await run('mailings', '--json')).out).toBe('[]\n')
  expect((await run('mailings', '--json=lines')).out).toBe('')
  insertSpring(connection)
  insertMailing(connection, { name: 'next' })
  expect(JSON.parse((await run('mailings', '--json')).out)[1]).toEqual(springJson)
  const lines = (await run('mailings', 'list', '--json=lines')).out.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line).name)).toEqual(['next', 'spring'])
  const plain = (await run('mailings', '--plain', '--state', 'active')).out.split('\n')
  expect(plain[0]).toBe('id\tname\tstate\tat\ton\tuntil\texpiresAt\tgateway\treason\tuid')
  expect(plain[2]).toBe('1\tspring\tactive\t10:00\t2021-10-22\t21:00\t2021-10-25T10:00:00Z\tsms\t\tuid 1')
})

test('show tells what a mailing says, to whom and when', async () => {
  const { connection, run } = await openSteering()
  const plan = {
    total: 5,
    zones: [
      { zone: 'Europe/Moscow', count: 5, sendAt: Date.parse('2021-10-22T07:00:00Z'), notes: ['past: the next day'] },
    ],
    skipped: [],
  }
  const audience = { ...EVERYBODY, tags: ['vip', 'north'], notTags: ['test'], operatorCodes: ['916'] }
  insertSpring(connection, { text: 'Good morning, {{ name }}!\nSee you.', plan, terms: { audience } })
  const { out } = await run('mailings', 'show', 'spring')
  expect(`\n${out}`).toBe(`
spring   mailing 1
  state       active
  to          tagged vip or north, not tagged test, operator code 916, by phone through sms
  their time  2021-10-22 10:00-21:00
  your time   22 Oct 10:00 Europe/Moscow
  ends        2021-10-25 13:00 Europe/Moscow
  messages    1207 messages in 1 zone
  progress    █░░░░░░░░░░░░░░░░░░░░░░░  <1 %
  scheduled   2021-10-21 21:50 Europe/Moscow
  Europe/Moscow (+03): past: the next day

  Good morning, {{ name }}!
  See you.
`)
  const json = JSON.parse((await run('mailings', 'show', '1', '--json')).out)
  expect(json).toMatchObject({
    ...springJson,
    total: 1_207,
    states: { ...noMessages(), sent: 2, sending: 1, scheduled: 1_204 },
    text: 'Good morning, {{ name }}!\nSee you.',
    createdAt: '2021-10-21T18:50:00Z',
    audience,
    zones: [{ zone: 'Europe/Moscow', count: 5, sendAt: '2021-10-22T07:00:00Z', notes: ['past: the next day'] }],
  })
  expect((await run('mailings', 'show', '1', '--plain')).out).toContain('\nname\tspring\n')
})

test('pause says how many messages wait, once more says that it was so already', async () => {
  const { connection, run } = await openSteering({ tty: true, env: { USER: 'olga' } })
  insertSpring(connection)
  const first = await run('mailings', 'pause', 'spring', '--reason', 'wrong price')
  expect([first.code, first.out]).toEqual([
    0,
    'Paused mailing 1 "spring": 1,204 messages wait. What is in hand finishes.\n',
  ])
  expect(stripVTControlCharacters(first.err)).toBe('Next: notify mailings resume 1\n')
  expect(stateOf(connection)).toBe('paused')
  const again = await run('mailings', 'pause', '1')
  expect([again.code, again.out]).toEqual([0, 'Mailing 1 "spring" was paused already: 1,204 messages wait.\n'])
  expect(audit(connection)).toEqual([{ who: 'olga', what: 'mailing paused', why: 'wrong price' }])
})

test('resume says how many messages go on, and between which hours', async () => {
  const { connection, run } = await openSteering({ env: { USER: 'root', SUDO_USER: 'olga' } })
  insertSpring(connection, { state: 'paused', reason: 'wrong price' })
  const first = await run('mailings', 'resume', '1')
  expect(first.out).toBe(
    'Resumed mailing 1 "spring": 1204 messages go on. Late ones leave between 10:00 and 21:00 on their clocks.\n',
  )
  expect(first.err).toBe('')
  expect((await run('mailings', 'resume', '1')).out).toBe('Mailing 1 "spring" was not paused: 1204 messages go on.\n')
  expect(audit(connection)).toEqual([{ who: 'olga', what: 'mailing resumed', why: null }])
})

test('without a user name the audit keeps the number of the user', async () => {
  const { connection, run } = await openSteering({ env: {} })
  insertSpring(connection)
  await run('mailings', 'pause', '1')
  expect(audit(connection)).toEqual([{ who: `uid ${process.getuid?.()}`, what: 'mailing paused', why: null }])
})

test.each([
  ['pause', 'paused', 1_204],
  ['cancel', 'cancelled', 0],
] as const)('%s --json answers the changed row', async (act, state, scheduled) => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  const { out, err } = await run(
    'mailings',
    act,
    '1',
    '--reason',
    'wrong price',
    '--json',
    ...(act === 'cancel' ? ['--yes'] : []),
  )
  expect(JSON.parse(out)).toEqual({
    ...springJson,
    state,
    reason: 'wrong price',
    total: 1_207,
    states: { ...noMessages(), sent: 2, sending: 1, scheduled, cancelled: 1_204 - scheduled },
  })
  expect(err).toBe('')
})

test('with --quiet an act says nothing', async () => {
  const { connection, run } = await openSteering({ tty: true })
  insertSpring(connection)
  expect(await run('mailings', 'pause', '1', '-q')).toEqual({ code: 0, out: '', err: '' })
  expect(stateOf(connection)).toBe('paused')
})

test.each([
  ['resume', 'cancelled', []],
  ['resume', 'done', []],
  ['pause', 'done', []],
  ['pause', 'planning', []],
  ['cancel', 'done', ['--yes']],
  ['cancel', 'done', ['--dry-run']],
] as const)('%s of a mailing that is %s: exit 6', async (act, state, flags) => {
  const { connection, run } = await openSteering()
  insertSpring(connection, { state })
  const { code, out, err } = await run('mailings', act, 'spring', ...flags)
  expect([code, out]).toEqual([6, ''])
  expect(err).toMatch(new RegExp(`^notify: mailing 1 "spring" is ${state}.*: it cannot be .+\n.+\n$`))
  expect(audit(connection)).toEqual([])
})

test.each(['show', 'pause', 'resume', 'cancel'])('%s of an unknown mailing: exit 5', async (act) => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  const { code, err } = await run('mailings', act, 'sprint')
  expect(code).toBe(5)
  expect(err).toBe('notify: there is no mailing "sprint"\nDid you mean "spring"? See notify mailings.\n')
})

const HARM = '1,204 messages of mailing 1 "spring" will never be sent; this cannot be undone.'

test.each([
  ['y\n', 0],
  ['YES\n', 0],
  ['n\n', 8],
  ['\n', 8],
  ['', 8],
  ['maybe\n', 8],
])('cancel asks on a terminal; to %j it exits with %i', async (typed, expected) => {
  const { connection, run } = await openSteering({ tty: true, typed })
  insertSpring(connection)
  const { code, out, err } = await run('mailings', 'cancel', '1')
  expect(code).toBe(expected)
  expect(err).toContain(`${HARM}\nCancel it? [y/N] `)
  expect(stateOf(connection)).toBe(expected === 0 ? 'cancelled' : 'active')
  expect(out).toBe(
    expected === 0 ? 'Cancelled mailing 1 "spring": 1,204 messages will not be sent. What is in hand finishes.\n' : '',
  )
  if (expected === 8) expect(err).toMatch(/\[y\/N\] \n?notify: the answer was no: nothing is changed\n$/)
})

test('Ctrl-C at the question changes nothing: exit 130', async () => {
  const stop = new AbortController()
  const { connection, cli, run } = await openSteering({ tty: true, signal: stop.signal, typed: null })
  insertSpring(connection)
  const asked = new Promise<void>((resolve) => {
    cli.input.once('resume', resolve)
  })
  const running = run('mailings', 'cancel', '1')
  await asked
  stop.abort()
  const { code, err } = await running
  expect(code).toBe(130)
  expect(err).toContain('Cancel it? [y/N] \nnotify: stopped: nothing is changed\n')
  expect(stateOf(connection)).toBe('active')
})

test.each([
  ['off a terminal', { tty: false }, []],
  ['with --no-input', { tty: true, typed: 'y\n' }, ['--no-input']],
  ['with NOTIFY_NO_INPUT', { tty: true, typed: 'y\n', env: { NOTIFY_NO_INPUT: '1' } }, []],
])('%s cancel wants --yes, else exit 2', async (_, options, flags) => {
  const { connection, run } = await openSteering(options)
  insertSpring(connection)
  const refused = await run('mailings', 'cancel', '1', ...flags)
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('say --yes to do it')
  expect(stateOf(connection)).toBe('active')
  expect((await run('mailings', 'cancel', '1', '--yes', ...flags)).code).toBe(0)
  expect(stateOf(connection)).toBe('cancelled')
})

test('cancel --dry-run asks nothing and changes nothing', async () => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  const { code, out } = await run('mailings', 'cancel', '1', '--dry-run')
  expect([code, out]).toEqual([
    0,
    'Dry run: mailing 1 "spring" would be cancelled: 1204 messages would never be sent.\n',
  ])
  expect(JSON.parse((await run('mailings', 'cancel', '1', '-n', '--json')).out).state).toBe('active')
  expect([stateOf(connection), audit(connection)]).toEqual(['active', []])
})

test('cancel of a cancelled mailing needs no answer where nothing is left of it', async () => {
  const { connection, run } = await openSteering()
  insertSpring(connection)
  await run('mailings', 'cancel', '1', '--yes')
  expect(await run('mailings', 'cancel', '1')).toEqual({
    code: 0,
    out: 'Mailing 1 "spring" was cancelled already.\n',
    err: '',
  })
})
