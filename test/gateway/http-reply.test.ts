// Failures that no local server can be made to show: what was begun decides, the code only says whose fault it is.
import { expect, test } from 'vitest'
import { excerpt } from '../../src/gateway/excerpt.ts'
import { replyTo } from '../../src/gateway/http-reply.ts'
import { blankSecrets } from '../../src/gateway/secrets.ts'
import { message, probeConfig } from '../support/gateway-server.ts'

const contract = {
  accept: probeConfig('https://gateway.example').accept,
  deadlineMs: 10_000,
  honoursKey: true,
  hide: blankSecrets(['hush']),
}

const failed = (code: string, started: boolean, answering = false) =>
  replyTo({ kind: 'failed', started, answering, code }, contract, message.keyNumber, () => 0)

test.each([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'EPROTO',
])('before it was begun, %s is for somebody to mend', (code) => {
  expect(failed(code, false)).toEqual({
    kind: 'misconfigured',
    reason: `no trusted TLS connection (${code})`,
    blameless: true,
  })
})

test.each([
  ['EAI_AGAIN', 'the name of the host cannot be looked up', undefined],
  ['EHOSTUNREACH', 'the host cannot be reached', undefined],
  ['EMFILE', 'too many open files here', undefined],
  ['ECONNRESET', 'connection reset before it was open', true],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection in 10 s', undefined],
  ['ESOMETHING', 'no connection (ESOMETHING)', undefined],
])('before it was begun, %s was not taken', (code, reason, quick) => {
  expect(failed(code, false)).toEqual({
    kind: 'unavailable',
    reason,
    blameless: true,
    ...(quick === undefined ? {} : { quick }),
  })
})

test.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ECONNRESET',
  'EPROTO',
  'ERR_SSL_BAD_RECORD',
  'UND_ERR_INVALID_ARG',
  'ESOMETHING',
])('once it was begun, %s may have been taken', (code) => {
  expect(failed(code, true).kind).toBe('unknown')
  expect(failed(code, true, true)).not.toHaveProperty('quick')
})

test.each([
  ['twice\n\n  the\tline', 'twice the line'],
  ['hush: my hush', '…: my …'],
  ['+79161234567 and 1234', '… and 1234'],
  ['no 8 (916) 123-45-67 on 2021-10-22 at 10.0.0.1', 'no … on 2021-10-22 at 10.0.0.1'],
  ['no phone +7 916 000-00-01 (79160000001), ask', 'no phone … (…), ask'],
  ['550 <anna@example.com>: unknown', '550 <…>: unknown'],
  ['\u001b[2J\u202eevil\u0000\u2028', '\\u001b[2J\\u202eevil\\u0000'],
  ['я'.repeat(100), `${'я'.repeat(80)}…`],
  ['😀'.repeat(200), `${'😀'.repeat(80)}…`],
])('%j is shown as %j', (said, shown) => {
  expect(excerpt(said, blankSecrets(['hush']))).toBe(shown)
})

test.each([
  ['your token K4nar13nvog3l/laut is barred', 'your token … is barred'],
  ['cut short: K4nar13n', 'cut short: …'],
  ['{"token":"K4nar13nvog3l\\/laut"} and more', '{"token":"… and more'],
  ['?token=K4nar13nvog3l%2Flaut', '?token=…'],
  [`Basic ${Buffer.from('K4nar13nvog3l/laut').toString('base64')} is none`, 'Basic … is none'],
])('a secret is known by its beginning: %s', (said, shown) => {
  expect(excerpt(said, blankSecrets(['K4nar13nvog3l/laut']))).toBe(shown)
})

const refuse = { status: [200, 403], json: { code: [3, 5], about: 'number' } }
const told = (
  status: number,
  body: string,
  rule: { status: number[]; json: Record<string, unknown> | null } = refuse,
) => replyTo({ kind: 'answered', status, headers: {}, body }, { ...contract, refuse: rule }, message.keyNumber, () => 0)

test.each([
  ['one of its values', 200, '{"code":3,"about":"number"}', 'refused'],
  ['another of them, with another status', 403, '{"code":5,"about":"number"}', 'refused'],
  ['a value that is none of them', 200, '{"code":4,"about":"number"}', 'unavailable'],
  ['a member that is missing', 200, '{"code":3}', 'unavailable'],
  ['a number as text', 200, '{"code":"3","about":"number"}', 'unknown'],
  ['a status that is none of them', 500, '{"code":3,"about":"number"}', 'unknown'],
  ["another message's id", 200, '{"code":3,"about":"number","id":"12"}', 'unknown'],
  ['a yes', 200, '{"code":0,"about":"number"}', 'accepted'],
])('a no for this message, in the words of the contract: %s', (_, status, body, kind) => {
  expect(told(status, body)).toMatchObject({ kind })
})

test('a contract may say no by the status alone, and never where it says yes', () => {
  expect(told(403, '', { status: [403], json: null })).toEqual({ kind: 'refused', reason: 'gateway answered 403' })
  expect(told(200, '{"code":0}', { status: [200], json: null })).toMatchObject({ kind: 'accepted' })
})
