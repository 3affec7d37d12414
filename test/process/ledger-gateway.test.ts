// The ledger itself: it writes before it answers, counts effects as it is told to, and misbehaves on purpose.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { openHttpGateway } from '../../src/gateway/http.ts'
import { temporaryFolder } from '../support/database.ts'
import { endless, message, probeConfig, TOKEN, TOKEN_ENV } from '../support/gateway-server.ts'
import { type Ledger, type LedgerOptions, openLedger } from '../support/ledger.ts'
import { monotonicMs, readBook, requestsIn } from '../support/ledger-book.ts'
import { startLedger } from '../support/ledger-process.ts'

const ledgerWith = async (options: Partial<LedgerOptions> = {}): Promise<Ledger> => {
  const ledger = await openLedger({ file: join(temporaryFolder(), 'book.jsonl'), keys: 'honoured', ...options })
  onTestFinished(() => ledger.stop().catch(() => undefined)) // some stop it themselves
  return ledger
}

const sendTo = async (
  url: string,
  times = 1,
  numbers: readonly string[] = [message.keyNumber],
): Promise<readonly Reply[]> => {
  const gateway = await openHttpGateway('sms', probeConfig(url), TOKEN_ENV)
  const replies: Reply[] = []
  for (let i = 0; i < times; i += 1) {
    const keyNumber = numbers[i % numbers.length] ?? ''
    replies.push(await gateway.send({ ...message, keyNumber }, new AbortController().signal))
  }
  await gateway.close()
  return replies
}

test.each([
  ['honoured', 1],
  ['naive', 3],
] as const)('three times the same key, %s: %i effects', async (keys, effects) => {
  const ledger = await ledgerWith({ keys })
  const replies = await sendTo(ledger.url, 3)
  expect(replies.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(ledger.counts()).toEqual({ requests: 3, taken: 3, effects })
})

test('a request is in the book with all that the checker asks for, and its answer after it', async () => {
  const before = monotonicMs()
  const ledger = await ledgerWith()
  await sendTo(ledger.url)
  const [entry] = await requestsIn(ledger.file)
  expect(entry).toMatchObject({
    n: 1,
    by: TOKEN,
    key: message.keyNumber,
    header: message.key,
    phone: '79161234567',
    status: 200,
    took: true,
    effect: true,
    yes: true,
  })
  expect(entry?.hash).toMatch(/^[0-9a-f]{40}$/)
  expect(entry?.mono).toBeGreaterThan(before)
  expect(readFileSync(ledger.file, 'utf8').split('\n')[1]).toContain('"answered":1')
})

test('it is written before it is answered: one that is never answered is in the book', async () => {
  const ledger = await ledgerWith({ script: { rest: { how: 'silence', takes: true } } })
  expect(await sendTo(ledger.url)).toMatchObject([{ kind: 'unknown' }])
  const lines = []
  for await (const line of readBook(ledger.file)) lines.push(line)
  expect(lines).toEqual([expect.objectContaining({ n: 1, took: true, effect: true, yes: false, status: 0 })])
})

test('requests against the contract are refused, written down, and have no effect', async () => {
  const ledger = await ledgerWith()
  const post = (path: string, headers: Record<string, string>, body: string): Promise<number> =>
    fetch(`${ledger.url}${path}`, { method: 'POST', headers, body }).then(({ status }) => status)
  const token = { authorization: 'Bearer a' }
  expect(await post('/v1/send/7', {}, '{"id":7,"phone":79161234567,"text":"x"}')).toBe(401)
  expect(await post('/v1/send/..', token, '{}')).toBe(404)
  expect(await post('/v1/send/7', token, '{"id":8,"phone":79161234567,"text":"x"}')).toBe(400)
  expect(ledger.counts()).toEqual({ requests: 3, taken: 0, effects: 0 })
  expect(await post('/v1/send/7', token, '{"id":7,"phone":79161234567,"text":"x"}')).toBe(200)
  expect(ledger.counts()).toEqual({ requests: 4, taken: 1, effects: 1 })
})

test.each([
  ['503 with its headers', { status: 503, headers: { 'retry-after': '7' }, body: '' }, 'unavailable', false],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: '' }, 'misconfigured', false],
  ['500 after taking it', { status: 500, body: 'broken', takes: true }, 'unknown', true],
  ['200 with garbage', { body: '<html>' }, 'unknown', false],
  ['a drip longer than the deadline', { how: 'drip', dripMs: 20 }, 'unknown', true],
  ['a drip in time', { how: 'drip', dripMs: 1 }, 'accepted', true],
  ['a reset before it is read', { how: 'reset-before' }, 'unknown', false],
  ['a reset after it was taken', { how: 'reset-after', takes: true }, 'unknown', true],
  ['a reset after half the yes', { how: 'reset-halfway' }, 'unknown', true],
  ['a late yes', { delayMs: 600 }, 'unknown', true],
] as const)('%s', async (_, deed, kind, took) => {
  const ledger = await ledgerWith({ script: { byNumber: { 1: deed } } })
  const [reply] = await sendTo(ledger.url)
  expect(reply?.kind).toBe(kind)
  expect(ledger.counts()).toEqual({ requests: 1, taken: took ? 1 : 0, effects: took ? 1 : 0 })
})

test('an act of the other misbehaving servers', async () => {
  const ledger = await ledgerWith({ script: { rest: { act: endless, takes: true } } })
  expect(await sendTo(ledger.url)).toMatchObject([{ kind: 'unknown' }])
  expect(await requestsIn(ledger.file)).toMatchObject([{ took: true, yes: false }])
})

test('deeds by number, by key in turn, and for all others', async () => {
  const away = { status: 503, body: '' }
  const ledger = await ledgerWith({
    script: { byNumber: { 4: away }, byKey: { '7': [away, {}] }, rest: { status: 400, body: 'no' } },
  })
  const replies = await sendTo(ledger.url, 6, ['7', '8'])
  expect(replies.map(({ kind }) => kind)).toEqual([
    'unavailable',
    'refused',
    'accepted',
    'unavailable',
    'accepted',
    'refused',
  ])
})

test('it comes back at the same place and knows the keys that it took', async () => {
  const file = join(temporaryFolder(), 'book.jsonl')
  const first = await ledgerWith({ file })
  await sendTo(first.url)
  await first.stop()
  expect(await sendTo(first.url)).toMatchObject([{ kind: 'unavailable' }])
  const second = await ledgerWith({ file, port: Number(new URL(first.url).port) })
  expect(second.url).toBe(first.url)
  await sendTo(second.url)
  expect(second.counts()).toEqual({ requests: 2, taken: 2, effects: 1 })
  expect((await requestsIn(file)).map(({ n }) => n)).toEqual([1, 2])
})

test('in a process of its own, with a script that changes while it answers', async () => {
  const file = join(temporaryFolder(), 'book.jsonl')
  const ledger = await startLedger({ file, keys: 'naive', script: { rest: { status: 503, body: '' } } })
  expect(await sendTo(ledger.url)).toMatchObject([{ kind: 'unavailable' }])
  await ledger.play({ rest: { delayMs: [1, 5] } })
  expect(await sendTo(ledger.url)).toMatchObject([{ kind: 'accepted' }])
  await ledger.stop()
  expect(await requestsIn(file)).toMatchObject([
    { n: 1, took: false, status: 503 },
    { n: 2, took: true, effect: true, yes: true },
  ])
})
