// What is told of the work: one event one line, no personal data in it, and docs/logs.md knows every event.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Fixable } from '../src/domain/errors.ts'
import { LOUDNESS, type LogEvent, type LogFormat, type LogLevel, openLog, readLogSettings } from '../src/log.ts'
import { handClock } from './support/clock.ts'

const ABOUT = { message: 123, mailing: 4, recipient: 57, worker: 9, gateway: 'sms', attempt: 1, ms: 12 }
const REASON = { reason: 'gateway answered 503' }

type Fields<E extends LogEvent['event'], One = LogEvent> = One extends { event: infer Name }
  ? E extends Name
    ? Omit<One, 'event'>
    : never
  : never

/** One of each: an event without a sample here, or without one of its fields, does not compile. */
const SAMPLES: { readonly [E in LogEvent['event']]: Required<Fields<E>> } = {
  sent: { ...ABOUT, reason: null },
  failed: { ...ABOUT, ...REASON },
  unknown: { ...ABOUT, ...REASON },
  again: { ...ABOUT, ...REASON },
  'stale-settle': { worker: 9, count: 2 },
  'rows-rescued': { worker: 9, count: 2 },
  'outcomes-kept': { worker: 9, count: 2, ...REASON },
  'outcomes-replayed': { worker: 9, count: 2 },
  'gateway-rests': { gateway: 'sms', until: Date.UTC(2021, 9, 22, 7), ...REASON },
  'gateway-trouble': { gateway: 'sms', ...REASON },
  'gateway-works': { gateway: 'sms' },
  stalled: { message: 123, mailing: 4, recipient: 57, gateway: 'sms', dueAt: Date.UTC(2021, 9, 22, 7) },
  'moves-again': { gateway: 'sms' },
  'mailing-paused': { mailing: 4, ...REASON },
  joined: { mailing: 4, count: 2 },
  'edit-finished': { mailing: 4, name: 'good morning' },
  'schedule-rolled-back': { mailing: 4, name: 'good morning' },
  'clock-jumped': { ms: 25_200_000, held: true, reason: 'this machine was off for 400 days, or its clock is wrong' },
  held: { by: 'anna', reason: 'a wrong text' },
  'database-locked': { seconds: 10, pid: null },
  'daemon-started': {},
  'daemon-stopping': REASON,
  'daemon-stopped': {},
  reloaded: {},
  'reload-refused': REASON,
  'restart-needed': { settings: 'database' },
  pass: {
    gateway: 'sms',
    claimed: 9,
    sent: 2,
    failed: 1,
    retried: 1,
    handedBack: 0,
    unknown: 1,
    expired: 2,
    skipped: 2,
  },
  'supervisor-told': { state: 'READY=1' },
  'supervisor-unheard': REASON,
  'log-lines-lost': { count: 2 },
}

const events = Object.entries(SAMPLES).map(([event, fields]) => Object.assign({ event }, fields) as LogEvent)

const tellAll = async (told: readonly LogEvent[], level: LogLevel, format: LogFormat = 'json'): Promise<string[]> => {
  let text = ''
  const screen = {
    write: (more: string) => {
      text += more
    },
  }
  const { log, close } = await openLog({ screen, clock: handClock('2021-10-22T07:00:00.012Z') }, level, format)
  for (const event of told) log(event)
  close()
  return text.split(/(?<=\n)/)
}

const told = async (event: LogEvent): Promise<Record<string, unknown>> => {
  const lines = await tellAll([event], 'info')
  expect(lines).toHaveLength(1)
  return JSON.parse(lines[0] ?? '')
}

describe('as JSON', () => {
  test('one event is one line with its time, its level and all of its fields', async () => {
    const lines = await tellAll(events, 'debug')
    expect(lines).toHaveLength(events.length)
    for (const [i, event] of events.entries()) {
      const line = JSON.parse(lines[i] ?? '')
      expect(line).toMatchObject({ time: '2021-10-22T07:00:00.012Z', level: LOUDNESS[event.event], event: event.event })
      const fields = Object.entries(event).filter(([, value]) => value !== null || event.event === 'database-locked')
      expect(Object.keys(line).toSorted()).toEqual(['time', 'level', ...fields.map(([name]) => name)].toSorted())
    }
  })

  test('grep finds a message by its number', async () => {
    const [line] = await tellAll([{ event: 'sent', ...SAMPLES.sent }], 'info')
    expect(line).toMatch(/"message":123[,}].*"mailing":4[,}].*"recipient":57[,}].*"worker":9[,}].*"gateway":"sms"/)
  })

  test('instants are told as people read them', async () => {
    const { reason } = REASON
    const rests: LogEvent = { event: 'gateway-rests', gateway: 'sms', until: Date.UTC(2021, 9, 22, 7), reason }
    expect(await told(rests)).toMatchObject({ until: '2021-10-22T07:00:00.000Z' })
    expect(await told({ ...rests, until: Number.POSITIVE_INFINITY })).toMatchObject({ until: 'Infinity' })
  })
})

describe('the words of strangers', () => {
  const reasonTold = async (reason: string): Promise<unknown> =>
    (await told({ event: 'gateway-trouble', gateway: 'sms', reason }))['reason']

  test('phones and e-mail addresses are masked', async () => {
    expect(await reasonTold('no +79161234567, no ivan@example.com')).toBe('no +7916…67, no …@example.com')
  })

  test.each([
    ['a line break', 'a\r\n{"event":"sent"}', 'a\\r\\n{"event":"sent"}'],
    ['what a terminal obeys', 'a\u001b[2J\u009b2J\u007f\u0000', 'a\\u001b[2J\\u009b2J\\u007f\\u0000'],
    ['marks that turn the direction', 'a\u202eb\u2066c\u200fd\u061c', 'a\\u202eb\\u2066c\\u200fd\\u061c'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
  ])('%s is spelled out', async (_, reason, shown) => {
    expect(await reasonTold(reason)).toBe(shown)
    const [line = ''] = await tellAll([{ event: 'gateway-trouble', gateway: 'sms', reason }], 'info', 'pretty')
    expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
  })

  test('half a character does not break the line', async () => {
    expect(await reasonTold('\ud83d"\\')).toBe('\\ud83d"\\')
  })

  test('no more than 500 characters are told', async () => {
    expect(await reasonTold('x'.repeat(10_000))).toBe(`${'x'.repeat(500)}…`)
  })

  test('the name of a mailing is one of them', async () => {
    const nameTold = async (name: string): Promise<unknown> =>
      (await told({ event: 'schedule-rolled-back', mailing: 4, name }))['name']
    expect(await nameTold('to ivan@example.com\n')).toBe('to …@example.com\\n')
    expect(await nameTold('2026-11-21 10:00')).toBe('2026-11-21 10:00')
  })
})

describe('levels', () => {
  test('info leaves out what only a developer wants', async () => {
    const heard = (await tellAll(events, 'info')).map((line) => JSON.parse(line).event)
    expect(events.map(({ event }) => event).filter((event) => !heard.includes(event))).toEqual(['supervisor-told'])
  })

  test('quiet says only what must be heard, in words', async () => {
    expect(await tellAll(events, 'quiet')).toEqual([
      'notify: gateway "sms": message 123 has been due for minutes, nothing hinders it, and it does not move.\n',
      'notify: mailing "good morning" was being scheduled when its process died: it is taken back, nothing of it is sent. Schedule it again.\n',
      'notify: this machine was off for 400 days, or its clock is wrong: nothing is sent until notify release.\n',
    ])
    expect(await tellAll([{ event: 'clock-jumped', ms: -600_000, held: false }], 'quiet')).toEqual([''])
    expect(await tellAll([{ event: 'clock-jumped', ms: -25_200_000, held: true }], 'quiet')).toEqual([
      'notify: the clock of this machine was set back by 7 h: nothing is sent. Check it (date), then notify release.\n',
    ])
  })

  test.each([
    [{}, { level: undefined, format: 'json' }],
    [
      { NOTIFY_LOG_LEVEL: '', NOTIFY_LOG_FORMAT: '' },
      { level: undefined, format: 'json' },
    ],
    [
      { NOTIFY_LOG_LEVEL: 'debug', NOTIFY_LOG_FORMAT: 'pretty' },
      { level: 'debug', format: 'pretty' },
    ],
  ])('%j', (env, settings) => {
    expect(readLogSettings(env)).toEqual(settings)
  })

  test('another word is told, with those that there are', () => {
    const wrong = new Fixable('config', 'NOTIFY_LOG_LEVEL: got "loud", expected quiet or info or debug')
    expect(() => readLogSettings({ NOTIFY_LOG_LEVEL: 'loud' })).toThrow(wrong)
    expect(() => readLogSettings({ NOTIFY_LOG_FORMAT: 'xml' })).toThrow('expected json or pretty')
  })
})

test('pretty is for people', async () => {
  const lines = await tellAll([{ event: 'failed', ...SAMPLES.failed }, { event: 'daemon-started' }], 'info', 'pretty')
  expect(lines).toEqual([
    '2021-10-22T07:00:00.012Z warn  failed message=123 mailing=4 recipient=57 worker=9 gateway=sms attempt=1 ms=12 reason="gateway answered 503"\n',
    '2021-10-22T07:00:00.012Z info  daemon-started\n',
  ])
})

describe('lines', () => {
  const openScreen = async () => {
    const writes: string[] = []
    const screen = { write: (text: string) => void writes.push(text), writableLength: 0 }
    const { log, close } = await openLog({ screen, clock: handClock('2021-10-22T07:00:00Z') }, 'info', 'json')
    return { writes, screen, log, close }
  }

  test('are gathered; a warning takes along what came before it, at once', async () => {
    const { writes, log, close } = await openScreen()
    log({ event: 'reloaded' })
    log({ event: 'daemon-started' })
    expect(writes).toEqual([])
    log({ event: 'reload-refused', reason: 'x' })
    expect(writes.map((text) => text.match(/"event":"[a-z-]+"/g))).toEqual([
      ['"event":"reloaded"', '"event":"daemon-started"', '"event":"reload-refused"'],
    ])
    close()
    expect(writes).toHaveLength(1)
  })

  test('leave soon without a warning', async () => {
    const { writes, log } = await openScreen()
    log({ event: 'reloaded' })
    while (writes.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    expect(writes.join('')).toContain('reloaded')
  })

  test('are dropped and counted while nobody reads, and that is told when somebody does', async () => {
    const { writes, screen, log, close } = await openScreen()
    screen.writableLength = 100 * 1024 * 1024
    for (let i = 0; i < 5; i += 1) log({ event: 'reload-refused', reason: 'x' })
    expect(writes).toEqual([])
    screen.writableLength = 0
    log({ event: 'reloaded' })
    close()
    const lines = writes
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([{ event: 'log-lines-lost', level: 'warn', count: 5 }, { event: 'reloaded' }])
  })

  test('leave no listener at the process behind', async () => {
    const before = process.listenerCount('exit')
    const { log, close } = await openScreen()
    log({ event: 'reloaded' })
    expect(process.listenerCount('exit')).toBe(before + 1)
    close()
    expect(process.listenerCount('exit')).toBe(before)
  })
})

describe('docs/logs.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/logs.md'), 'utf8')
  const table = [...text.matchAll(/^\| `([a-z-]+)` \| (debug|info|warn) \|(.*?)\|(.*?)\|$/gm)]
  const namesIn = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '')
  const shared = namesIn(table.find(([, event]) => event === 'sent')?.[3] ?? '')

  test('has every event once, with its level and its fields', () => {
    const documented = table.map(([, event, level, fields = '']) => {
      const names = [...(fields.includes('the same') ? shared : []), ...namesIn(fields)]
      return [event, { level, names: names.toSorted() }] as const
    })
    const known = events.map(({ event, ...fields }) => {
      const names = Object.keys(fields).filter((name) => event !== 'sent' || name !== 'reason')
      return [event, { level: LOUDNESS[event], names: names.toSorted() }] as const
    })
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(known))
    expect(documented).toHaveLength(known.length)
  })

  test('every grep of it finds its line, and no other', async () => {
    const patterns = [...text.matchAll(/\| grep (?:-E )?'(.+)'$/gm)].map(([, pattern]) => new RegExp(pattern ?? ''))
    expect(patterns).toHaveLength(5)
    const other = { ...SAMPLES.sent, message: 1234, mailing: 44, recipient: 577, worker: 99, gateway: 'sms-2' }
    const lines = await tellAll(
      [
        { event: 'sent', ...SAMPLES.sent },
        { event: 'sent', ...other },
      ],
      'info',
    )
    for (const pattern of patterns) expect(lines.map((line) => pattern.test(line))).toEqual([true, false])
  })
})
