// What a gateway can do to us (faults.md C1–C15), fault by fault, and what must be seen of it.
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { authority, selfSigned } from './certificates.ts'
import { type Broken, type Play, playBeside, playFault, playOutage, type Shown } from './fault-play.ts'
import {
  type Act,
  answer,
  bytes,
  closedPort,
  doorServer,
  drip,
  endless,
  gatewayServer,
  reset,
  selfSignedServer,
  silence,
  tlsServer,
  yes,
} from './gateway-server.ts'

/** Long enough for a busy machine to connect in. */
const SHORT = { deadlineMs: 1_000 }
const SOON = { config: SHORT }
const FORGOTTEN = { config: { keyRetentionMs: 7_200_000 }, mendedAfterMs: 10_800_000 }
const FORGETFUL = { config: { ...SHORT, keyRetentionMs: 7_200_000 }, mendedAfterMs: 10_800_000 }
const REPEATING = { config: { ...SHORT, honoursKey: false } }
const HOLDING = { config: { ...SHORT, honoursKey: false, onUnknown: 'hold' } } as const

/** Does these acts, the last one again and again. */
const server =
  (...acts: readonly Act[]) =>
  (): Promise<Broken> =>
    gatewayServer(...acts)

const at =
  (url: () => Promise<string>): (() => Promise<Broken>) =>
  async () => ({ url: await url(), requests: [] })

/** Does this to each connection, long after our request is on its way, without reading it. */
const door = (act: (socket: Socket) => unknown): (() => Promise<Broken>) =>
  at(() => doorServer((socket) => setTimeout(() => act(socket), 50)))

const raw = (text: string, then?: 'close' | 'reset'): (() => Promise<Broken>) => server(bytes(text, then))

const late: Act = (socket, request) => setTimeout(() => yes(socket, request), 10_000).unref()

const overTls = (url: string): string => url.replace('http:', 'https:')
const deaf = at(async () => overTls(await doorServer(() => undefined)))
const plainPort = at(async () =>
  overTls(await doorServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))),
)
const tlsPort = async (): Promise<Broken> => {
  const { url, requests } = await selfSignedServer(yes)
  return { url: url.replace('https:', 'http:'), requests }
}

const YES = '{"code":0,"message":"OK"}'

/** Answers with a redirect to another server, where nothing may arrive. */
const redirect =
  (status: number, locationOf: (target: string) => string = (target) => `${target}/v1/send/1`) =>
  async (): Promise<Broken> => {
    const target = await gatewayServer(yes)
    const { url, requests } = await gatewayServer(answer(status, '', { location: locationOf(target.url) }))
    return { url, requests, elsewhere: target.connections }
  }

/** Takes the first message, answers nothing and is gone. */
const takenAndGone = async (): Promise<Broken> => {
  const broken = await gatewayServer((socket) => {
    broken.stop()
    socket.resetAndDestroy()
  })
  return broken
}

const otherName = (target: string): string => target.replace('127.0.0.1', 'localhost')

const trusted = (options: { readonly host?: string; readonly days?: number }) => async (): Promise<Broken> => {
  const { file, sign } = authority()
  return { ...(await tlsServer(sign(options), yes)), authorityFile: file }
}

/** A good certificate for the first connection, then one that nobody signed. */
const swapped = async (): Promise<Broken> => {
  const { file, sign } = authority()
  const { server: tls, ...broken } = await tlsServer(sign(), (socket, request) => {
    tls.setSecureContext(selfSigned())
    answer(200, YES, { connection: 'close' })(socket, request)
    socket.end()
  })
  return { ...broken, authorityFile: file }
}

export interface Fault {
  /** As faults.md numbers them. */
  readonly id: string
  readonly fault: string
  readonly play: () => Promise<Shown>
  readonly shows: Shown
}

// ---------------------------------------------------------------- what must be seen

const DOWN = 'rests 3.75 s, then a probe'

/** Three in a row, and the gateway rests; the other two of the five are not touched. */
const threeTried = (reply: string, row: string, requests: number): Shown => ({
  reply,
  row,
  requests: String(requests),
  untried: 2,
  gateway: DOWN,
  mended: requests === 0 ? '5 sent' : '5 sent; 3 repeated',
})

/** It may have been taken: again, with the same key and the same bytes. */
const unknown = (reason: string, requests = 3): Shown =>
  threeTried('unknown', `scheduled, attempts 1: ${reason}`, requests)

/** Nothing arrived. */
const unreached = (reason: string): Shown => threeTried('unavailable', `scheduled, attempts 1: ${reason}`, 0)

/** Not taken, says the gateway, and not for how long. */
const notNow = (reason: string): Shown => threeTried('unavailable', `scheduled, attempts 0: ${reason}`, 3)

/** Not taken, and for so long nothing is asked. */
const asked = (status: number, seconds: number): Shown => ({
  reply: 'unavailable',
  row: `scheduled, attempts 0: gateway answered ${status}`,
  requests: '1',
  untried: 4,
  gateway: `rests ${seconds} s, as it asked`,
  mended: '5 sent; 1 repeated',
})

/** Nobody's message is at fault: one finds it out, none pays for it. */
const toMend = (reason: string, requests = 1, reply = 'misconfigured'): Shown => ({
  reply,
  row: `scheduled, attempts 0: ${reason}`,
  requests: String(requests),
  untried: 4,
  gateway: DOWN,
  mended: requests === 0 ? '5 sent' : '5 sent; 1 repeated',
})

const failed = (reason: string, reply = 'refused, accepted'): Shown => ({
  reply,
  row: `failed, attempts 1: ${reason}`,
  requests: '5',
  untried: 0,
  gateway: 'up',
  mended: '4 sent, 1 failed',
})

const answered = (status: number, more = ''): string => `gateway answered ${status}${more}`
const noYes = (said: string): Shown => unknown(`gateway answered 200 without a yes: ${said}`)
const noTls = (code: string): Shown => toMend(`no trusted TLS connection (${code})`, 0)

const LATE = 'no answer in 1 s'
const CLOSED = 'connection closed before a full answer'
const RESET = 'connection reset before a full answer'
const NOT_HTTP = 'the answer is not HTTP'

const LONG = unknown('the answer is longer than 64 KiB')
const ENCODED = unknown('gateway answered 200 in an encoding that was not asked for')
const HALF = unknown('half an answer')
const BOMB = unknown('the head of the answer is longer than 16 KiB')
const ASTRAY = unknown('gateway answered 200 for another message')
const SAID_NO = threeTried('unavailable', 'scheduled, attempts 1: gateway said no: {"code":1}', 3)
const redirected = (status: number): Shown => toMend(answered(status, ': redirects are not followed'))
const NGINX = 'The plain HTTP request was sent to HTTPS port'
const WANTS_TLS = ': it speaks TLS there, the url wants https://'

const ALL_REFUSED: Shown = {
  reply: 'refused',
  row: 'failed, attempts 1: gateway answered 400',
  requests: '20',
  untried: 40,
  gateway: 'up; the mailing is paused',
  mended: '40 scheduled, 20 failed',
}
const HELD: Shown = {
  ...threeTried('unknown', `unknown, attempts 1: ${LATE}`, 3),
  mended: '3 unknown, 2 sent',
}
const GONE: Shown = {
  ...threeTried('unknown, unavailable', `scheduled, attempts 1: ${RESET}`, 1),
  mended: '4 sent, 1 unknown',
}
const BESIDE: Shown = {
  reply: 'accepted',
  row: 'sent',
  requests: '8 at the silent one',
  untried: 0,
  gateway: 'up',
  mended: '200 sent',
}
const OUTAGE: Shown = {
  reply: 'unavailable',
  row: 'scheduled, attempts 1: connection refused',
  requests: '0, 7 probes',
  untried: 50,
  gateway: 'rests 105 s, then a probe',
  mended: '60 sent; in flight, by 10 s: 1, 2',
}

/** In which form, and for how long it rests: seconds, or a date against the answer's own Date (12:00:00). */
const RETRY_AFTER = [
  ['Fri, 22 Oct 2021 12:05:00 GMT', 300],
  ['Friday, 22-Oct-21 12:05:00 GMT', 300],
  ['Fri Oct 22 12:05:00 2021', 300],
  ['Mon, 22 Oct 2001 12:00:00 GMT', 1],
  ['1000000000', 3_600],
  ['0', 1],
] as const

const GARBAGE = [
  ['nothing', '', 'nothing'],
  ['HTML', '<html>OK</html>', '<html>OK</html>'],
  ['truncated JSON', '{"code":0,"mess', '{"code":0,"mess'],
  ['`{"code":"0"}`', '{"code":"0"}', '{"code":"0"}'],
  ['`{"code":NaN}`', '{"code":NaN}', '{"code":NaN}'],
  ['an inherited code', '{"__proto__":{"code":0}}', '{"__proto__":{"code":0}}'],
  ['60,000 brackets', '['.repeat(60_000), `${'['.repeat(80)}…`],
  ['UTF-16', Buffer.from('{"":0}', 'utf16le'), String.raw`{\u0000"\u0000"\u0000:\u00000\u0000}\u0000`],
] as const

// ---------------------------------------------------------------- the matrix

export interface Fault {
  /** As faults.md numbers them. */
  readonly id: string
  readonly fault: string
  readonly play: () => Promise<Shown>
  readonly shows: Shown
}

const row = (id: string, fault: string, broken: Play['broken'], shows: Shown, more: Partial<Play> = {}): Fault => ({
  id,
  fault,
  play: () => playFault({ broken, ...more }),
  shows,
})

const NOON = 'Fri, 22 Oct 2021 12:00:00 GMT'
const after = (status: number, retryAfter: string): Act => answer(status, '', { date: NOON, 'retry-after': retryAfter })

const head = (text: string): string => `HTTP/1.1 200 OK\r\n${text}\r\n`

export const FAULTS: readonly Fault[] = [
  row('C1', 'connection refused', at(closedPort), unreached('connection refused')),
  row(
    'C1',
    'no such host',
    at(async () => 'http://nowhere.invalid'),
    unreached('no such host'),
  ),

  row('C2', 'silence', server(silence), unknown(LATE), SOON),
  row('C2', 'the head after ten deadlines', server(late), unknown(LATE), SOON),
  row('C2', 'a TLS handshake that is never answered', deaf, unreached('no connection in 1 s'), SOON),

  row('C3', 'a body drip by drip', server(drip), unknown(LATE), SOON),
  row('C3', 'a body without end', server(endless), unknown('the answer is longer than 64 KiB')),
  row('C3', 'a body of 1 GB', raw(`${head('content-length: 1000000000\r\n')}${'x'.repeat(200_000)}`), LONG),
  row('C3', 'a yes in gzip', server(answer(200, gzipSync(YES), { 'content-encoding': 'gzip' })), ENCODED),

  row(
    'C4',
    'a reset before reading',
    door((socket) => socket.once('readable', () => socket.resetAndDestroy())), // sooner, nothing was asked yet
    unknown(RESET, 0),
  ),
  row(
    'C4',
    'closed before reading',
    door((socket) => socket.end()),
    unknown(CLOSED, 0),
  ),

  row('C5', 'a reset after reading', server(reset), unknown(RESET, 9)),
  row('C5', 'half a head', raw('HTTP/1.1 200 OK\r\ncontent-le', 'close'), unknown(CLOSED, 9)),
  row('C5', 'a reset after half a body', raw(`${head('content-length: 25\r\n')}{"code":0`, 'reset'), unknown(CLOSED)),
  row('C5', 'less than Content-Length', raw(`${head('content-length: 25\r\n')}{"code":0`, 'close'), unknown(CLOSED)),
  row('C5', 'more than Content-Length', raw(`${head('content-length: 5\r\n')}{"code":0}`), noYes('{"cod')),
  row('C5', 'a chunk that is none', raw(`${head('transfer-encoding: chunked\r\n')}zz\r\n`), unknown(NOT_HTTP)),
  row(
    'C5',
    'chunks without end',
    raw(`${head('transfer-encoding: chunked\r\n')}5\r\n{"cod\r\n`, 'close'),
    unknown(CLOSED),
  ),
  row('C5', 'two lengths', raw(`${head('content-length: 10\r\ntransfer-encoding: chunked\r\n')}0\r\n\r\n`), HALF),
  row('C5', 'a bomb of headers', raw(head('x: y\r\n'.repeat(20_000))), BOMB),
  row('C5', 'not HTTP', raw('SSH-2.0-OpenSSH_9.2\r\n'), unknown(NOT_HTTP)),
  row('C5', '100 without end', raw('HTTP/1.1 100 Continue\r\n\r\n'), unknown(CLOSED, 9)),
  row('C5', '103 without end', raw('HTTP/1.1 103 Early Hints\r\n\r\n'), unknown(LATE), SOON),
  row('C5', '101 that nobody asked for', raw('HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n'), unknown(NOT_HTTP)),

  ...[500, 501, 504].map((status) => row('C6', String(status), server(answer(status)), unknown(answered(status)))),
  row('C6', '502', server(answer(502)), unknown(answered(502), 9)),

  ...[503, 429, 408, 425].flatMap((status) => [
    row('C7', `${status}, Retry-After: 120`, server(after(status, '120')), asked(status, 120)),
    row('C7', `${status} without Retry-After`, server(answer(status)), notNow(answered(status))),
  ]),
  ...RETRY_AFTER.map(([form, seconds]) =>
    row('C7', `429, Retry-After: ${form}`, server(after(429, form)), asked(429, seconds)),
  ),
  ...['-5', '1.5', 'soon'].map((form) =>
    row('C7', `429, Retry-After: ${form}`, server(after(429, form)), notNow(answered(429))),
  ),

  ...GARBAGE.map(([what, body, said]) => row('C8', `200 with ${what}`, server(answer(200, body)), noYes(said))),
  row('C8', "200 with another message's id", server(answer(200, '{"code":0,"id":17}')), ASTRAY),
  row('C8', '200 with `{"code":1}`, a no of the contract', server(answer(200, '{"code":1}')), SAID_NO),
  ...[201, 204, 206].map((status) =>
    row('C8', String(status), server(answer(status, status === 204 ? '' : YES)), unknown(answered(status))),
  ),

  row('C9', 'the idle connection is closed as we write', server(yes, bytes('', 'close'), yes), {
    reply: 'accepted, unknown',
    row: 'sent',
    requests: '6',
    untried: 0,
    gateway: 'up',
    mended: '5 sent; 1 repeated',
  }),

  ...[301, 302, 303, 307, 308].map((status) =>
    row('C10', `${status} to another server`, redirect(status), redirected(status)),
  ),
  row('C10', '302 to the same host by another name', redirect(302, otherName), redirected(302)),
  row(
    'C10',
    '302 to itself',
    redirect(302, () => '/v1/send/1'),
    redirected(302),
  ),
  row(
    'C10',
    '302 to a file',
    redirect(302, () => 'file:///etc/passwd'),
    redirected(302),
  ),
  row(
    'C10',
    '302 to the metadata of a cloud',
    redirect(302, () => 'http://169.254.169.254/'),
    redirected(302),
  ),

  row('C11', 'a certificate that nobody signed', () => selfSignedServer(yes), noTls('DEPTH_ZERO_SELF_SIGNED_CERT')),
  row(
    'C11',
    'a certificate for another host',
    trusted({ host: 'DNS:gateway.example' }),
    noTls('ERR_TLS_CERT_ALTNAME_INVALID'),
  ),
  row('C11', 'a certificate that has expired', trusted({ days: -1 }), noTls('CERT_HAS_EXPIRED')),
  row('C11', 'a good certificate, then one that nobody signed', swapped, {
    ...noTls('DEPTH_ZERO_SELF_SIGNED_CERT'),
    reply: 'accepted, misconfigured',
    requests: '1',
    untried: 3,
  }),
  row('C11', 'TLS to a plain port', plainPort, noTls('ERR_SSL_WRONG_VERSION_NUMBER')),
  row('C11', 'plain text to a TLS port', tlsPort, unknown(CLOSED, 0)),
  row('C11', 'plain text to a TLS port that says so', server(answer(400, NGINX)), toMend(answered(400, WANTS_TLS))),

  ...[401, 403, 405].map((status) => row('C12', `${status} on all`, server(answer(status)), toMend(answered(status)))),
  ...[404, 410].map((status) =>
    row('C12', `${status} on all`, server(answer(status)), toMend(answered(status), 1, 'refused')),
  ),
  row(
    'C12',
    '404 on one, the others are taken',
    server(yes, answer(404), yes),
    failed(answered(404), 'accepted, refused'),
  ),

  ...[400, 413, 422].map((status) =>
    row('C13', `${status} on one`, server(answer(status, 'no phone'), yes), failed(answered(status, ': no phone'))),
  ),
  row('C13', '400 on all of 60', server(answer(400)), ALL_REFUSED, { people: 60 }),

  row('C14', '409: another try is in hand there', server(answer(409), yes), {
    reply: 'unknown, accepted',
    row: 'scheduled, attempts 1: gateway answered 409',
    requests: '5',
    untried: 0,
    gateway: 'up',
    mended: '5 sent; 1 repeated',
  }),
  row(
    'C14',
    '422: the key was used with other content',
    server(answer(422, 'key reused'), yes),
    failed(answered(422, ': key reused')),
  ),

  row(
    'C15',
    'silence, and the key is forgotten when it is mended',
    server(silence),
    { ...unknown(LATE), mended: '3 unknown, 2 sent' },
    FORGETFUL,
  ),
  row('C15', 'taken, no answer, then refused connections; the key is forgotten', takenAndGone, GONE, FORGOTTEN),
  row(
    'C15',
    'silence, no key, `on_unknown = "repeat"`',
    server(silence),
    unknown(`${LATE}; it is repeated once`),
    REPEATING,
  ),
  row('C15', 'silence, no key, `on_unknown = "hold"`', server(silence), HELD, HOLDING),

  { id: 'C16', fault: 'silence, beside a gateway that takes 100', play: playBeside, shows: BESIDE },
  { id: 'C17', fault: 'connection refused for 10 min, 60 due', play: playOutage, shows: OUTAGE },
]
