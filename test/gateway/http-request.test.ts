// The request of any message: its path is always the contract's, its body always JSON that says what the message says.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRequest } from '../../src/gateway/http-request.ts'
import { message, probeConfig } from '../support/gateway-server.ts'

const requestOf = compileRequest(probeConfig('https://gateway.example'), null)

test('whatever the text, the body is JSON with exactly that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const body = requestOf({ ...message, text })?.body ?? ''
      expect(JSON.parse(body)).toEqual({ id: expect.any(Number), phone: 79161234567, text })
      expect(body.startsWith('{"id":2596047098632182928,"phone":79161234567,"text":')).toBe(true)
    }),
  )
})

test('whatever stands for the key number, the path is /v1/send/ and digits, or there is no request', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.constantFrom('..', 'a/b', '%2e%2e', '', '1?x', '1#x', '9'.repeat(10_000), '01'),
  )
  fc.assert(
    fc.property(anything, (keyNumber) => {
      const request = requestOf({ ...message, keyNumber })
      if (request !== null) expect(request.path).toMatch(/^\/v1\/send\/(0|[1-9]\d{0,18})$/)
    }),
  )
  expect(requestOf(message)?.path).toBe('/v1/send/2596047098632182928')
})

test('whatever stands for the key, it stays one segment of the path, or there is no request', () => {
  const byKey = compileRequest(probeConfig('https://gateway.example/a/', { path: '/x/{{ key }}/y', body: null }), null)
  fc.assert(
    fc.property(fc.string(), (key) => {
      const request = byKey({ ...message, key })
      if (request !== null) expect(request.path).toMatch(/^\/a\/x\/[A-Za-z0-9_-]{1,64}\/y$/)
    }),
  )
  expect(byKey(message)?.path).toBe(`/a/x/${message.key}/y`)
})

test('an address alone as URL', () => {
  const bare = compileRequest(probeConfig('https://gateway.example', { path: '' }), null)
  expect(bare(message)?.path).toBe('/')
})
