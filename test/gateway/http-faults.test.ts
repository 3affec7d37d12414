// Fault by fault (faults.md C1–C14): what a gateway does, and the reply that must come of it.
import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { openHttpGateway } from '../../src/gateway/http.ts'
import {
  type Act,
  answer,
  bytes,
  closedPort,
  doorServer,
  drip,
  endless,
  gatewayServer,
  message,
  probeConfig,
  reset,
  selfSignedServer,
  TOKEN,
  TOKEN_ENV,
  yes,
} from '../support/gateway-server.ts'

const sendTo = async (url: string, deadlineMs = 300): Promise<Reply> => {
  const gateway = await openHttpGateway('sms', probeConfig(url, { deadlineMs }), TOKEN_ENV)
  const reply = await gateway.send(message, new AbortController().signal)
  await gateway.close()
  if ('reason' in reply) {
    expect(reply.reason).not.toContain(TOKEN)
    expect(reply.reason.length).toBeLessThanOrEqual(500)
    expect(reply.reason).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  }
  return reply
}

const sendPast = async (act: Act, deadlineMs?: number): Promise<Reply> =>
  sendTo((await gatewayServer(act)).url, deadlineMs)

const unknown = (reason: string): Reply => ({ kind: 'unknown', reason })
const DEADLINE = unknown('no answer in 0.3 s')

test('a yes is accepted', async () => {
  expect(await sendPast(yes)).toEqual({ kind: 'accepted', ref: null })
})

test('C1: refused, at once worth another try; nothing was sent', async () => {
  expect(await sendTo(await closedPort())).toEqual({
    kind: 'unavailable',
    reason: 'connection refused',
    quick: true,
    blameless: true,
  })
})

test('C1: a host that does not exist', async () => {
  const reply = await sendTo('http://nowhere.invalid', 5000)
  expect(reply).toMatchObject({ kind: 'unavailable', reason: expect.stringMatching(/no such host|looked up/) })
})

test('C2: silence ends at the deadline, the connection with it', async () => {
  const closed = new EventEmitter()
  const started = performance.now()
  const server = await gatewayServer((socket) => socket.on('close', () => closed.emit('closed')))
  const [reply] = await Promise.all([sendTo(server.url), once(closed, 'closed')])
  expect(reply).toEqual(DEADLINE)
  expect(performance.now() - started).toBeGreaterThan(295)
  expect(performance.now() - started).toBeLessThan(900)
})

test('C2: no connection within the deadline: nothing was sent', async () => {
  const url = await doorServer(() => undefined)
  const reply = await sendTo(url.replace('http:', 'https:')) // accepts, and never answers the handshake
  expect(reply).toEqual({ kind: 'unavailable', reason: 'no connection in 0.3 s', blameless: true })
})

const LONG = unknown('the answer is longer than 64 KiB')
const HALF = unknown('half an answer')
const CLOSED = unknown('connection closed before a full answer')
const RESET = unknown('connection reset before a full answer')
const NOT_HTTP = unknown('the answer is not HTTP')
const BAD_REQUEST: Reply = { kind: 'refused', reason: 'gateway answered 400' }

test.each<[string, Act, Reply]>([
  ['C3 a body drip by drip', drip, DEADLINE],
  ['C3 a body without end', endless, LONG],
  ['C3 a body of 1 GB', bytes(`HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n${'x'.repeat(200_000)}`), LONG],
  ['C4 a reset after reading', reset, { ...RESET, quick: true } as Reply],
  ['C4 a close after reading', bytes('', 'close'), { ...CLOSED, quick: true } as Reply],
  ['C5 half a head', bytes('HTTP/1.1 200 OK\r\ncontent-le', 'close'), { ...CLOSED, quick: true } as Reply],
  [
    'C5 a reset after half a body',
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"code":0', 'reset'),
    { kind: 'unknown', reason: expect.stringMatching(/(reset|closed) before a full answer/) },
  ],
  ['C5 a close after half a body', bytes('HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"code":0', 'close'), CLOSED],
  [
    'C5 more than promised',
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{"code":0}'),
    unknown('gateway answered 200 without a yes: {"cod'),
  ],
  ['C5 a chunk that is none', bytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'), NOT_HTTP],
  [
    'C5 chunks without end',
    bytes('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"cod\r\n', 'close'),
    CLOSED,
  ],
  [
    'C5 two lengths',
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 10\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'),
    HALF,
  ],
  [
    'C5 a bomb of headers',
    bytes(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}\r\n`),
    unknown('the head of the answer is longer than 16 KiB'),
  ],
  ['C5 not HTTP', bytes('SSH-2.0-OpenSSH_9.2\r\n'), NOT_HTTP],
  ['C5 escape codes', bytes('\u001b[31mHTTP\r\n\r\n'), NOT_HTTP],
  ['C5 100 without end', bytes('HTTP/1.1 100 Continue\r\n\r\n'), { ...CLOSED, quick: true } as Reply],
  ['C5 101 that nobody asked for', bytes('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'), NOT_HTTP],
  ['C5 103 without end', bytes('HTTP/1.1 103 Early Hints\r\n\r\n'), DEADLINE],
  ['C6 500', answer(500), unknown('gateway answered 500')],
  ['C6 501', answer(501), unknown('gateway answered 501')],
  ['C6 502', answer(502), { kind: 'unknown', reason: 'gateway answered 502', quick: true }],
  ['C6 504', answer(504), unknown('gateway answered 504')],
  ['C12 401', answer(401), { kind: 'misconfigured', reason: 'gateway answered 401' }],
  ['C12 403', answer(403), { kind: 'misconfigured', reason: 'gateway answered 403', perhapsTheirs: true }],
  ['C12 407', answer(407), { kind: 'misconfigured', reason: 'gateway answered 407' }],
  ['C12 405', answer(405), { kind: 'misconfigured', reason: 'gateway answered 405', perhapsTheirs: true }],
  [
    'C13 400',
    answer(400, '{"error":"phone 79161234567 is not a phone"}'),
    { kind: 'refused', reason: 'gateway answered 400: {"error":"phone … is not a phone"}' },
  ],
  ['C12 404', answer(404), { kind: 'refused', reason: 'gateway answered 404', perhapsOurs: true }],
  ['C12 410', answer(410, 'gone'), { kind: 'refused', reason: 'gateway answered 410: gone', perhapsOurs: true }],
  ['C12 421', answer(421), { kind: 'misconfigured', reason: 'gateway answered 421' }],
  ['C12 428', answer(428), { kind: 'misconfigured', reason: 'gateway answered 428', perhapsTheirs: true }],
  ['C12 431', answer(431), { kind: 'misconfigured', reason: 'gateway answered 431', perhapsTheirs: true }],
  ['C13 400 in an encoding', answer(400, '\u001f\u008b', { 'content-encoding': 'gzip' }), BAD_REQUEST],
  ['C13 400 without a word', answer(400), BAD_REQUEST],
  ['C13 413', answer(413), { kind: 'refused', reason: 'gateway answered 413' }],
  ['C13 422', answer(422), { kind: 'refused', reason: 'gateway answered 422' }],
  ['C14 409', answer(409), unknown('gateway answered 409')],
  [
    'an echo of the token',
    (socket, request) => answer(400, request)(socket, request),
    { kind: 'refused', reason: expect.any(String) },
  ],
  [
    'colours and reversed text',
    answer(400, '\u001b[31m\u202eevil\u0000'),
    { kind: 'refused', reason: 'gateway answered 400: \\u001b[31m\\u202eevil\\u0000' },
  ],
])('%s', async (_, act, reply) => {
  expect(await sendPast(act)).toEqual(reply)
})

test('C3: of a body without end no more is taken than what fits between two sockets', async () => {
  const poured = new EventEmitter()
  const server = await gatewayServer((socket, request) => {
    socket.on('close', () => poured.emit('closed', socket.bytesWritten))
    return endless(socket, request)
  })
  const [, [bytesWritten]] = await Promise.all([sendTo(server.url, 5_000), once(poured, 'closed')])
  expect(bytesWritten).toBeGreaterThan(64 * 1024)
  expect(bytesWritten).toBeLessThan(20 * 1024 * 1024)
})

test('C4: a reset before reading is never called a yes, nor for ever', async () => {
  const reply = await sendTo(await doorServer((socket) => socket.resetAndDestroy()))
  expect(['unknown', 'unavailable']).toContain(reply.kind)
  expect(reply).toMatchObject({ quick: true })
})

const NOON = { date: 'Fri, 22 Oct 2021 12:00:00 GMT' }

test.each<[string, Record<string, string>, number]>([
  ['seconds', { 'retry-after': '120' }, 120_000],
  ['0 seconds', { 'retry-after': '0' }, 1_000],
  ['five minutes in the old form of a date', { ...NOON, 'retry-after': 'Friday, 22-Oct-21 12:05:00 GMT' }, 300_000],
  ['five minutes in the form of C', { ...NOON, 'retry-after': 'Fri Oct 22 12:05:00 2021' }, 300_000],
  ['thirty digits', { 'retry-after': '9'.repeat(30) }, 3_600_000],
  ['a billion seconds', { 'retry-after': '1000000000' }, 3_600_000],
  ['a date', { ...NOON, 'retry-after': 'Fri, 22 Oct 2021 12:01:30 GMT' }, 90_000],
  ['a date long past', { ...NOON, 'retry-after': 'Mon, 22 Oct 2001 12:00:00 GMT' }, 1_000],
  ['a date years ahead', { ...NOON, 'retry-after': 'Tue, 22 Oct 2041 12:00:00 GMT' }, 3_600_000],
  ['negative', { 'retry-after': '-5' }, 0],
  ['a fraction', { 'retry-after': '1.5' }, 0],
  ['garbage', { 'retry-after': 'soon' }, 0],
  ['nothing', {}, 0],
])('C7: Retry-After %s', async (_, headers, retryAfter) => {
  for (const status of [503, 429, 408, 425]) {
    const reply = await sendPast(answer(status, '', headers))
    expect(reply).toEqual({ kind: 'unavailable', reason: `gateway answered ${status}`, retryAfter })
  }
})

test.each<[string, string | Buffer]>([
  ['nothing', ''],
  ['HTML', '<html>OK</html>'],
  ['truncated JSON', '{"code":0,"mess'],
  ['a text for a number', '{"code":"0"}'],
  ['NaN', '{"code":NaN}'],
  ['null', 'null'],
  ['a bare number', '0'],
  ['a list', '[{"code":0}]'],
  ['no code', '{"message":"OK"}'],
  ['a code that is inherited', '{"__proto__":{"code":0}}'],
  ['a code too deep', '{"result":{"code":0}}'],
  ['true', '{"code":false}'],
  ['deep nesting', '['.repeat(60_000)],
  ['another charset', Buffer.from('{"code":0}', 'utf16le')],
  [
    'compressed',
    Buffer.from('1f8b0800000000000003ab56ca4f4955b232d051ca4d2d2e4e4c4f55b252f2f7560200bd1d2b1719000000', 'hex'),
  ],
  ["another message's id", '{"code":0,"message":"OK","id":17}'],
])('C8: 200 with %s may have been taken, and is no yes', async (_, body) => {
  const reply = await sendPast(answer(200, body))
  expect(reply).toEqual({
    kind: 'unknown',
    reason: expect.stringMatching(/^gateway answered 200 (without a yes: .|for another)/),
  })
})

test.each(['gzip', 'br', 'x-own'])('C8: a yes in %s, which was not asked for, is not read', async (encoding) => {
  const reply = await sendPast(answer(200, '{"code":0}', { 'content-encoding': encoding }))
  expect(reply).toEqual(unknown('gateway answered 200 in an encoding that was not asked for'))
})

test('C8: identity is no encoding', async () => {
  const reply = await sendPast(answer(200, '{"code":0}', { 'content-encoding': 'identity' }))
  expect(reply).toEqual({ kind: 'accepted', ref: null })
})

test.each([201, 202, 204, 206])('C8: %i is not the yes of the contract', async (status) => {
  const reply = await sendPast(answer(status, status === 204 ? '' : '{"code":0}'))
  expect(reply).toEqual(unknown(`gateway answered ${status}`))
})

test('C8: another code is a no in the words of the contract: put off, tried again', async () => {
  const reply = await sendPast(answer(200, '{"code":1,"message":"no money"}'))
  expect(reply).toEqual({ kind: 'unavailable', reason: 'gateway said no: {"code":1,"message":"no money"}' })
})

test.each<[string, Act]>([
  ['502', answer(502)],
  ['a reset', reset],
  ['a close', bytes('', 'close')],
])('where the key is not honoured, %s is no reason for another try at once', async (_, act) => {
  const { url } = await gatewayServer(act)
  const gateway = await openHttpGateway('sms', probeConfig(url, { honoursKey: false }), TOKEN_ENV)
  const reply = await gateway.send(message, new AbortController().signal)
  await gateway.close()
  expect(reply.kind).toBe('unknown')
  expect(reply).not.toHaveProperty('quick')
})

test('C5: after an answer that is no HTTP the gateway takes the next message', async () => {
  const server = await gatewayServer(bytes('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'), yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  const { signal } = new AbortController()
  expect(await gateway.send(message, signal)).toEqual(NOT_HTTP)
  expect(await gateway.send(message, signal)).toEqual({ kind: 'accepted', ref: null })
  await gateway.close()
})

test('C9: an idle connection closed as we write: unknown, and the next try takes a fresh one', async () => {
  const server = await gatewayServer(yes, bytes('', 'close'), yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  const { signal } = new AbortController()
  expect(await gateway.send(message, signal)).toEqual({ kind: 'accepted', ref: null })
  expect(await gateway.send(message, signal)).toEqual({ ...CLOSED, quick: true })
  expect(await gateway.send(message, signal)).toEqual({ kind: 'accepted', ref: null })
  expect(server.connections()).toBe(2)
  await gateway.close()
})

test.each([301, 302, 303, 307, 308])('C10: %i is not followed, wherever it points', async (status) => {
  const target = await gatewayServer(yes)
  const targets = [
    target.url,
    target.url.replace('127.0.0.1', 'localhost'),
    'file:///etc/passwd',
    'http://169.254.169.254/',
  ]
  for (const location of targets) {
    const reply = await sendPast(answer(status, '', { location }))
    expect(reply).toEqual({
      kind: 'misconfigured',
      reason: `gateway answered ${status}: redirects are not followed`,
    })
  }
  expect(target.connections()).toBe(0)
})

test('C11: a certificate that nobody signed, also where the environment says not to look', async () => {
  const server = await selfSignedServer(yes)
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  try {
    const reply = await sendTo(server.url, 5000)
    expect(reply).toEqual({
      kind: 'misconfigured',
      reason: 'no trusted TLS connection (DEPTH_ZERO_SELF_SIGNED_CERT)',
      blameless: true,
    })
  } finally {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  }
  expect(server.requests).toEqual([])
})

test('C11: TLS to a plain port', async () => {
  const url = await doorServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  const reply = await sendTo(url.replace('http:', 'https:'), 5000)
  expect(reply).toMatchObject({ kind: 'misconfigured', reason: expect.stringContaining('no trusted TLS connection') })
})

test.each([
  '<html><center>The plain HTTP request was sent to HTTPS port</center></html>',
  'Client sent an HTTP request to an HTTPS server.\n',
  "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
])('C11: plain text to a TLS port that says so: %s', async (body) => {
  expect(await sendPast(answer(400, body))).toEqual({
    kind: 'misconfigured',
    reason: 'gateway answered 400: it speaks TLS there, the url wants https://',
  })
})

test('C11: plain text to a TLS port', async () => {
  const server = await selfSignedServer(yes)
  const reply = await sendTo(server.url.replace('https:', 'http:'), 5000)
  expect(reply.kind).toBe('unknown')
})

test('a yes that lies there before anything was asked is believed by nobody: nothing was sent', async () => {
  const asked: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => void asked.push(String(chunk)))
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"code":0}')
  })
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const gateway = await openHttpGateway(
    'sms',
    probeConfig(`http://127.0.0.1:${port}`, { deadlineMs: 5_000 }),
    TOKEN_ENV,
  )
  for (const _ of [1, 2, 3]) {
    expect(await gateway.send(message, new AbortController().signal)).toEqual({
      kind: 'unavailable',
      reason: 'it answered before it was asked',
      blameless: true,
    })
  }
  expect(asked).toEqual([])
  await gateway.close()
})

test('a second answer to one request is not believed for the next message', async () => {
  const yesTwice = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"code":0}'.repeat(2)
  let asked = 0
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => {
      asked += 1
      if (asked === 1) socket.write(yesTwice) // and to nobody after the first
    })
  })
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const gateway = await openHttpGateway('sms', probeConfig(`http://127.0.0.1:${port}`, { deadlineMs: 300 }), TOKEN_ENV)
  const { signal } = new AbortController()
  expect(await gateway.send(message, signal)).toEqual({ kind: 'accepted', ref: null })
  expect(await gateway.send(message, signal)).toEqual(DEADLINE)
  await gateway.close()
})

test('after an answer for another message its connection is used no more: every later one would be one behind', async () => {
  const server = await gatewayServer(answer(200, '{"code":0,"id":1}'), answer(200, '{"code":0}'))
  const gateway = await openHttpGateway('sms', probeConfig(server.url, { deadlineMs: 5_000 }), TOKEN_ENV)
  const { signal } = new AbortController()
  expect(await gateway.send(message, signal)).toMatchObject({ kind: 'unknown' })
  expect(await gateway.send(message, signal)).toEqual({ kind: 'accepted', ref: null })
  expect(server.connections()).toBe(2)
  await gateway.close()
})
