// What became of a request -> a reply. Only a yes is a yes; what may have arrived is never called refused or not taken.
import type { AcceptRule, RefuseRule } from '../config.ts'
import type { Reply } from '../domain/outcome.ts'
import { excerpt } from './excerpt.ts'
import type { Exchange, Headers } from './http-connection.ts'
import { NOT_WANTED, SPOKE_FIRST } from './quiet-connect.ts'
import { readRetryAfter } from './retry-after.ts'

export interface Contract {
  readonly accept: AcceptRule
  readonly refuse?: RefuseRule | undefined
  readonly deadlineMs: number
  /** Where it is, what may have been taken is worth another try at once. */
  readonly honoursKey: boolean
  /** Takes out of what the gateway says what it may repeat of our secrets. */
  readonly hide: (said: string) => string
}

type Answer = Extract<Exchange, { kind: 'answered' }>
type Failure = Extract<Exchange, { kind: 'failed' }>

/** The reply to one request; `keyNumber` is the id that was sent, `now` an instant for a Retry-After without Date. */
export const replyTo = (exchange: Exchange, contract: Contract, keyNumber: string, now: () => number): Reply => {
  if (exchange.kind === 'failed') return exchange.started ? lost(exchange, contract) : unsent(exchange, contract)
  const reply = contract.accept.status.includes(exchange.status)
    ? judge(exchange, contract, keyNumber)
    : byStatus(exchange, contract, now)
  return reply.kind !== 'accepted' && isRefusal(exchange, contract, keyNumber)
    ? refusal(`gateway answered ${exchange.status}`, exchange, contract.hide)
    : reply
}

// ---------------------------------------------------------------- an answer that may be a yes

const ACCEPTED: Reply = { kind: 'accepted', ref: null }

const judge = ({ status, headers, body }: Answer, { accept, hide }: Contract, keyNumber: string): Reply => {
  if (accept.json !== null && isEncoded(headers)) {
    return { kind: 'unknown', reason: `gateway answered ${status} in an encoding that was not asked for` }
  }
  const verdict = verdictOf(body, accept, keyNumber)
  if (verdict === 'yes') return ACCEPTED
  const said = excerpt(body, hide)
  if (verdict === 'no') return { kind: 'unavailable', reason: `gateway said no: ${said}` }
  if (verdict === 'astray') return { kind: 'unknown', reason: `gateway answered ${status} for another message` }
  return { kind: 'unknown', reason: `gateway answered ${status} without a yes: ${said === '' ? 'nothing' : said}` }
}

/**
 * Yes: every member that the contract names has its value. No, in the contract's own words and so not taken: all of them are
 * there, each of its type, and one has another value. Astray: the answer names another message.
 */
const verdictOf = (
  body: string,
  { json, echo }: AcceptRule,
  keyNumber: string,
): 'yes' | 'no' | 'astray' | 'nonsense' => {
  if (json === null) return 'yes'
  const answer = parseObject(body)
  if (answer === null) return 'nonsense'
  let verdict: 'yes' | 'no' = 'yes'
  for (const name in json) {
    const got = member(answer, name)
    if (typeof got !== typeof json[name]) return 'nonsense'
    if (got !== json[name]) verdict = 'no'
  }
  return echo === null || repeats(member(answer, echo), keyNumber) ? verdict : 'astray'
}

const parseObject = (body: string): object | null => {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && !Array.isArray(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Own members only: an answer cannot reach what every object inherits. */
const member = (answer: object, name: string): unknown =>
  Object.hasOwn(answer, name) ? Reflect.get(answer, name) : undefined

/** 63 bits do not fit a JSON number here, so numbers are compared as doubles. */
const repeats = (echo: unknown, keyNumber: string): boolean =>
  echo === undefined || echo === keyNumber || echo === Number(keyNumber)

/** A no for this message alone, in the contract's own words. */
const isRefusal = ({ status, headers, body }: Answer, { accept, refuse }: Contract, keyNumber: string): boolean => {
  if (refuse === undefined || !refuse.status.includes(status)) return false
  if (refuse.json === null) return true
  const answer = isEncoded(headers) ? null : parseObject(body)
  if (answer === null || !(accept.echo === null || repeats(member(answer, accept.echo), keyNumber))) return false
  return Object.entries(refuse.json).every(([name, wanted]) => {
    const got = member(answer, name)
    return Array.isArray(wanted) ? wanted.includes(got) : got === wanted
  })
}

// ---------------------------------------------------------------- any other answer

/** Not taken, says the standard: ask again later. */
const LATER = new Set([408, 425, 429, 503])
/** Wrong for every message alike: token, account, address or kind of request. */
const OURS_TO_MEND = new Set([401, 402, 403, 405, 406, 407, 411, 415, 421, 426, 428, 431, 511])
/** What nginx, Go and Apache say with a 400 to http:// at the port of https://. */
const WRONG_DOOR = /HTTP request (was sent )?to (an )?HTTPS (port|server)|plain HTTP to an SSL-enabled/
/** The standard says that the request itself is wrong, or forbidden: it may be this message's alone. */
const PERHAPS_THEIRS = new Set([403, 405, 406, 411, 415, 428, 431])
/** There is no such thing: this recipient, or the address that the configuration names. */
const NOT_THERE = new Set([404, 410])

const byStatus = (answer: Answer, { hide, honoursKey }: Contract, now: () => number): Reply => {
  const { status, headers, body } = answer
  const reason = `gateway answered ${status}`
  if (LATER.has(status)) {
    const retryAfter = readRetryAfter(first(headers['retry-after']), first(headers['date']), now())
    return { kind: 'unavailable', reason, retryAfter: retryAfter ?? 0 }
  }
  const toMend = oursToMend(status, body)
  if (toMend !== null) {
    const misconfigured = { kind: 'misconfigured', reason: `${reason}${toMend}` } as const
    return PERHAPS_THEIRS.has(status) ? { ...misconfigured, perhapsTheirs: true } : misconfigured
  }
  // 409: another attempt of the same message is in hand there
  if (status >= 400 && status < 500 && status !== 409) return refusal(reason, answer, hide)
  // 502: a proxy in front lost its gateway for a moment; the key makes a quick repeat safe
  return { kind: 'unknown', reason, ...(status === 502 && honoursKey ? { quick: true } : {}) }
}

/** What to add to the reason where every message would be answered so; null: it may be this one. */
const oursToMend = (status: number, body: string): string | null => {
  if (status >= 300 && status < 400) return ': redirects are not followed'
  if (status === 400 && WRONG_DOOR.test(body)) return ': it speaks TLS there, the url wants https://'
  return OURS_TO_MEND.has(status) ? '' : null
}

const refusal = (reason: string, { status, headers, body }: Answer, hide: Contract['hide']): Reply => {
  const said = isEncoded(headers) ? '' : excerpt(body, hide)
  const refused = { kind: 'refused', reason: said === '' ? reason : `${reason}: ${said}` } as const
  return NOT_THERE.has(status) ? { ...refused, perhapsOurs: true } : refused
}

/** We ask for no encoding, so that no answer can unpack to a gigabyte; one that comes all the same is not read. */
const isEncoded = (headers: Headers): boolean => !/^(identity)?$/i.test(first(headers['content-encoding']) ?? '')

const first = (value: Headers[string]): string | undefined => (Array.isArray(value) ? value[0] : value)

// ---------------------------------------------------------------- no answer

export const UNTRIED: Reply = { kind: 'unavailable', reason: 'stopped before it was sent', untried: true }

/** No connection, so nothing arrived; the code only says whose fault it is. */
const unsent = ({ code }: Failure, { deadlineMs }: Contract): Reply => {
  if (code === 'STOPPED' || code === NOT_WANTED) return UNTRIED
  if (code === 'UND_ERR_INVALID_ARG') return { kind: 'refused', reason: 'the message does not fit into a request' }
  if (TLS.test(code))
    return { kind: 'misconfigured', reason: `no trusted TLS connection (${excerpt(code, String)})`, blameless: true }
  const reason = UNSENT[code] ?? `no connection (${excerpt(code, String)})`
  if (code === 'DEADLINE' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { kind: 'unavailable', reason: `no connection in ${deadlineMs / 1000} s`, blameless: true }
  }
  return { kind: 'unavailable', reason, blameless: true, ...(QUICK.has(code) ? { quick: true } : {}) }
}

const TLS =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_|INVALID_(CA|PURPOSE)|PATH_LENGTH|EPROTO)/

const UNSENT: Readonly<Record<string, string>> = {
  [SPOKE_FIRST]: 'it answered before it was asked',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset before it was open',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EMFILE: 'too many open files here',
}

const QUICK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** It was begun and no full answer came: it may have been taken. */
const lost = ({ code, answering }: Failure, { deadlineMs, honoursKey }: Contract): Reply => {
  if (code === 'DEADLINE') return { kind: 'unknown', reason: `no answer in ${deadlineMs / 1000} s` }
  const reason = LOST[code] ?? `no full answer (${excerpt(code, String)})`
  // most likely an idle connection that was closed as we wrote; not when half an answer came
  return { kind: 'unknown', reason, ...(QUICK.has(code) && !answering && honoursKey ? { quick: true } : {}) }
}

const LOST: Readonly<Record<string, string>> = {
  STOPPED: 'stopped before the answer came',
  HTTPParserError: 'the answer is not HTTP',
  ERR_ASSERTION: 'the answer is not HTTP', // undici's own, at a 101 that nobody asked for
  ECONNRESET: 'connection reset before a full answer',
  EPIPE: 'connection reset before a full answer',
  UND_ERR_SOCKET: 'connection closed before a full answer',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is longer than 64 KiB',
  UND_ERR_HEADERS_OVERFLOW: 'the head of the answer is longer than 16 KiB',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'half an answer',
}
