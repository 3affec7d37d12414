// The sandbox: strict about the contract, honest about keys, moody in the same way every time.
import { expect, onTestFinished, test } from 'vitest'
import { openHttpGateway } from '../../src/gateway/http.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/gateway/sandbox.ts'
import { message, probeConfig, TOKEN_ENV } from '../support/gateway-server.ts'

const never = new AbortController().signal

const sandbox = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const started = await startSandbox({ port: 0, latencyMs: 0, failRate: 0, ...options })
  onTestFinished(() => started.close())
  return started
}

const gatewayTo = (url: string) => openHttpGateway('sandbox', probeConfig(url, { deadlineMs: 5000 }), TOKEN_ENV)

test('our own gateway is taken, and a repeat has no second effect', async () => {
  const shown: unknown[] = []
  const { url, counts } = await sandbox({ onMessage: (got) => shown.push(got) })
  const gateway = await gatewayTo(url)
  expect(await gateway.send(message, never)).toEqual({ kind: 'accepted', ref: null })
  expect(await gateway.send(message, never)).toEqual({ kind: 'accepted', ref: null })
  await gateway.close()
  expect(counts()).toEqual({ requests: 2, taken: 1, repeated: 1, refused: 0, spoilt: 0 })
  const got = { id: message.keyNumber, phone: '79161234567', text: message.text }
  expect(shown).toEqual([
    { ...got, isRepeat: false },
    { ...got, isRepeat: true },
  ])
})

const BODY = '{"id":17,"phone":79161234567,"text":"x"}'

test.each<[string, number, string, RequestInit]>([
  ['the contract', 200, '/v1/send/17', {}],
  ['spaces between', 200, '/v1/send/17', { body: '{ "id" : 17 , "phone" : 79161234567, "text": "\\"id\\": 18," }' }],
  ['another path', 404, '/v1/send', {}],
  ['an id that is no number', 404, '/v1/send/abc', {}],
  ['another method', 404, '/v1/send/17', { method: 'PUT' }],
  ['no token', 401, '/v1/send/17', { headers: {} }],
  ['an empty token', 401, '/v1/send/17', { headers: { authorization: 'Bearer ' } }],
  ['no JSON', 400, '/v1/send/17', { body: 'id=17' }],
  ['null', 400, '/v1/send/17', { body: 'null' }],
  ['an id in quotes', 400, '/v1/send/17', { body: BODY.replace('17', '"17"') }],
  ['another id', 400, '/v1/send/18', {}],
  ['a phone in quotes', 400, '/v1/send/17', { body: BODY.replace('79161234567', '"79161234567"') }],
  ['a phone with a fraction', 400, '/v1/send/17', { body: BODY.replace('79161234567', '7.5') }],
  ['no text', 400, '/v1/send/17', { body: '{"id":17,"phone":79161234567}' }],
  [
    'an id whose last digit a double loses',
    400,
    '/v1/send/9007199254740993',
    { body: BODY.replace('17', '9007199254740992') },
  ],
])('%s is answered by %i', async (_, status, path, init) => {
  const { url } = await sandbox()
  const answer = await fetch(url + path, {
    method: 'POST',
    body: BODY,
    headers: { authorization: 'Bearer x' },
    ...init,
  })
  expect(answer.status).toBe(status)
  expect(Object.keys((await answer.json()) as object)).toEqual(['code', 'message'])
})

test('moods are the same in every run, near the rate asked for, and of all kinds', async () => {
  const run = async (): Promise<string[]> => {
    const { url } = await sandbox({ failRate: 30 })
    const gateway = await gatewayTo(url)
    const said: string[] = []
    for (let i = 1; i <= 60; i++) {
      const reply = await gateway.send({ ...message, keyNumber: String(i) }, never)
      said.push('reason' in reply ? reply.reason : reply.kind)
    }
    await gateway.close()
    return said
  }
  const [first, second] = [await run(), await run()]
  expect(second).toEqual(first)
  expect(new Set(first)).toEqual(
    new Set(['accepted', 'gateway answered 503', 'gateway answered 500', 'gateway answered 200 without a yes: <html>']),
  )
  const spoilt = first.filter((said) => said !== 'accepted').length
  expect(spoilt).toBeGreaterThan(6)
  expect(spoilt).toBeLessThan(30)
})

test('however moody, repeats with the same key end with one effect each', async () => {
  const { url, counts } = await sandbox({ failRate: 60 })
  const gateway = await gatewayTo(url)
  const sendUntilYes = async (keyNumber: string): Promise<void> => {
    for (;;) if ((await gateway.send({ ...message, keyNumber }, never)).kind === 'accepted') return
  }
  await Promise.all(Array.from({ length: 50 }, (_, i) => sendUntilYes(String(i + 1))))
  await gateway.close()
  expect(counts().taken).toBe(50)
  expect(counts().repeated).toBeGreaterThan(0)
})

test('answers wait for the latency', async () => {
  const { url } = await sandbox({ latencyMs: 80 })
  const gateway = await gatewayTo(url)
  const started = performance.now()
  await gateway.send(message, never)
  await gateway.close()
  expect(performance.now() - started).toBeGreaterThan(78)
})

test('a port that is taken is told with the way out', async () => {
  const { url } = await sandbox()
  const port = Number(new URL(url).port)
  await expect(sandbox({ port })).rejects.toThrow(`port ${port} cannot be used (EADDRINUSE)`)
})
