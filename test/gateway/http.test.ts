// The HTTP gateway: what goes over the wire, how connections are used, how it is stopped.
import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { openHttpGateway } from '../../src/gateway/http.ts'
import {
  answer,
  doorServer,
  gatewayServer,
  message,
  probeConfig,
  silence,
  TOKEN,
  TOKEN_ENV,
  yes,
} from '../support/gateway-server.ts'

const never = new AbortController().signal

test('preset "probe" speaks the contract to the byte', async () => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  await gateway.send(message, never)
  await gateway.close()
  const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n')
  expect(head.split('\r\n')).toEqual([
    'POST /v1/send/2596047098632182928 HTTP/1.1',
    `host: ${new URL(server.url).host}`,
    'connection: keep-alive',
    'content-type: application/json',
    `authorization: Bearer ${TOKEN}`,
    'idempotency-key: zu2friwhwjn4ttpxcluvfmg7ehdu',
    expect.stringMatching(/^content-length: \d+$/),
  ])
  expect(Buffer.from(body, 'latin1').toString()).toBe(
    '{"id":2596047098632182928,"phone":79161234567,"text":"Здравствуйте, «Ромашка»!\\n\\"10:00\\""}',
  )
})

test('a repeat of the same message is the same bytes', async () => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  await gateway.send(message, never)
  await gateway.send(message, never)
  await gateway.close()
  expect(server.requests[1]).toBe(server.requests[0])
})

test('a contract that is spelled out: path, query, headers, body and yes', async () => {
  const server = await gatewayServer(answer(202, '{"ok":true,"queue":7}'))
  const config = probeConfig(`${server.url}/api`, {
    method: 'PUT',
    path: '/to/{{ email }}?text={{ text }}&k={{ key }}',
    headers: { 'X-Request-Id': '{{ key }}', 'X-Source': 'notify' },
    body: { list: [1, true, { text: '«{{ text }}» {{ key }}', id: 'int64:{{ key_number }}' }] },
    accept: { status: [200, 202], json: { ok: true }, echo: null },
    addressKind: 'email',
    tokenEnv: null,
  })
  const gateway = await openHttpGateway('mail', config, {})
  const mail = { ...message, address: 'анна+x@пример.рф', text: 'a&b "c" \ud800' }
  expect(await gateway.send(mail, never)).toEqual({ kind: 'accepted', ref: null })
  await gateway.close()
  const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n')
  const email = encodeURIComponent('анна+x@пример.рф')
  expect(head).toContain(`PUT /api/to/${email}?text=a%26b%20%22c%22%20%EF%BF%BD&k=${message.key} HTTP/1.1\r\n`)
  expect(head).toContain(`\r\nX-Source: notify\r\n`)
  expect(head).toContain(`\r\nX-Request-Id: ${message.key}`)
  expect(head).not.toContain('authorization')
  expect(Buffer.from(body, 'latin1').toString()).toBe(
    `{"list":[1,true,{"text":"«a&b \\"c\\" \\ud800» ${message.key}","id":${message.keyNumber}}]}`,
  )
})

test('status alone is the yes where the contract says so', async () => {
  const server = await gatewayServer(answer(204))
  const accept = { status: [204], json: null, echo: null }
  const gateway = await openHttpGateway('sms', probeConfig(server.url, { accept }), TOKEN_ENV)
  expect(await gateway.send(message, never)).toEqual({ kind: 'accepted', ref: null })
  await gateway.close()
})

test.each([
  ['letters for digits', { address: '+7916abc' }],
  ['an injected member', { address: '+7,"text":"x"' }],
  ['an empty address', { address: '' }],
  ['a way out of the path', { keyNumber: '../../admin' }],
])('%s never leave: refused for ever', async (_, changes) => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  expect(await gateway.send({ ...message, ...changes }, never)).toEqual({
    kind: 'refused',
    reason: 'the message does not fit into a request',
  })
  await gateway.close()
  expect(server.connections()).toBe(0)
})

test('a line break cannot become a header', async () => {
  const server = await gatewayServer(yes)
  const config = probeConfig(server.url, { headers: { 'X-To': '{{ address }}' }, body: null })
  const gateway = await openHttpGateway('sms', config, TOKEN_ENV)
  const reply = await gateway.send({ ...message, address: '+7\r\nX-Evil: 1' }, never)
  expect(reply).toEqual({ kind: 'refused', reason: 'the message does not fit into a request' })
  await gateway.close()
  expect(server.requests).toEqual([])
})

test('100 messages one after another take one connection, 50 at once at most 50', async () => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url, { deadlineMs: 5000 }), TOKEN_ENV)
  for (let i = 0; i < 100; i++) await gateway.send(message, never)
  expect(server.connections()).toBe(1)
  const replies = await Promise.all(Array.from({ length: 50 }, () => gateway.send(message, never)))
  expect(replies.every((reply) => reply.kind === 'accepted')).toBe(true)
  expect(server.connections()).toBeLessThanOrEqual(50)
  await gateway.close()
})

test('stopped before it is sent: nothing leaves', async () => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  expect(await gateway.send(message, AbortSignal.abort())).toEqual({
    kind: 'unavailable',
    reason: 'stopped before it was sent',
    untried: true,
  })
  await gateway.close()
  expect(server.connections()).toBe(0)
})

test('not wanted any more when the connection is open at last: nothing leaves, and the next one is asked for anew', async () => {
  const server = await gatewayServer(yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
  const may = [false, true]
  const mayBegin = async (): Promise<boolean> => may.shift() === true
  expect(await gateway.send(message, never, mayBegin)).toEqual({
    kind: 'unavailable',
    reason: 'stopped before it was sent',
    untried: true,
  })
  expect(server.requests).toHaveLength(0)
  expect(await gateway.send(message, never, mayBegin)).toMatchObject({ kind: 'accepted' })
  expect(await gateway.send(message, never, mayBegin)).toMatchObject({ kind: 'accepted' }) // its connection is open
  expect(server.requests).toHaveLength(2)
  await gateway.close()
})

test('stopped while it waits for a connection: nothing leaves', async () => {
  const url = await doorServer(() => undefined)
  const gateway = await openHttpGateway('sms', probeConfig(url.replace('http:', 'https:')), TOKEN_ENV)
  const stop = new AbortController()
  const reply = gateway.send(message, stop.signal)
  stop.abort()
  expect(await reply).toEqual({ kind: 'unavailable', reason: 'stopped before it was sent', untried: true })
  await gateway.close()
})

test('stopped in flight: it may have been taken; messages of another signal go on', async () => {
  const arrived = { tell: (): void => undefined }
  const reached = new Promise<void>((resolve) => {
    arrived.tell = resolve
  })
  const server = await gatewayServer(() => arrived.tell(), yes)
  const gateway = await openHttpGateway('sms', probeConfig(server.url, { deadlineMs: 5000 }), TOKEN_ENV)
  const stop = new AbortController()
  const stopped = gateway.send(message, stop.signal)
  await reached
  const going = gateway.send(message, never)
  stop.abort()
  expect(await stopped).toEqual({ kind: 'unknown', reason: 'stopped before the answer came' })
  expect(await going).toEqual({ kind: 'accepted', ref: null })
  await gateway.close()
})

test('however often it is opened anew, one stop signal is not listened to by those that are closed', async () => {
  const server = await gatewayServer(yes)
  const { signal } = new AbortController()
  for (let i = 0; i < 12; i += 1) {
    const gateway = await openHttpGateway('sms', probeConfig(server.url), TOKEN_ENV)
    await gateway.send(message, signal)
    await gateway.close()
  }
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('closing ends what is in flight', async () => {
  const server = await gatewayServer(silence)
  const gateway = await openHttpGateway('sms', probeConfig(server.url, { deadlineMs: 5000 }), TOKEN_ENV)
  const reply = gateway.send(message, never)
  await gateway.close()
  expect(['unknown', 'unavailable']).toContain((await reply).kind)
})
