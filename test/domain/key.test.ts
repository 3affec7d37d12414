// The key: derived, stable for ever, different for whatever differs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeyParts, messageKey } from '../../src/domain/key.ts'

const parts: KeyParts = {
  installationId: '3b9f0c1e7a',
  mailingUid: '01933f6e-9d2a-7cc1-8b11-54c7a0e0f6a1',
  recipientKey: '7:1634842200000',
  resend: 0,
}

test('the key of given parts never changes: a gateway remembers what older versions sent', () => {
  expect(messageKey(parts)).toEqual({ key: 'zu2friwhwjn4ttpxcluvfmg7ehdu', keyNumber: '2596047098632182928' })
})

test.each(['installationId', 'mailingUid', 'recipientKey'] as const)('another %s gives another key', (part) => {
  const other = messageKey({ ...parts, [part]: `${parts[part]}x` })
  expect(other.key).not.toBe(messageKey(parts).key)
  expect(other.keyNumber).not.toBe(messageKey(parts).keyNumber)
})

test('a resend that an operator asked for gets a key of its own', () => {
  expect(messageKey({ ...parts, resend: 1 })).not.toEqual(messageKey(parts))
})

test('letters that move from one part to the next change the key', () => {
  expect(messageKey({ ...parts, mailingUid: 'ab', recipientKey: 'c' })).not.toEqual(
    messageKey({ ...parts, mailingUid: 'a', recipientKey: 'bc' }),
  )
})

test('a key fits a header and a path, its number fits an int64 and is positive', () => {
  const anyParts = fc.record({
    installationId: fc.string(),
    mailingUid: fc.string(),
    recipientKey: fc.string(),
    resend: fc.nat(),
  })
  fc.assert(
    fc.property(anyParts, (given) => {
      const { key, keyNumber } = messageKey(given)
      expect(key).toMatch(/^[a-z2-7]{28}$/)
      expect(keyNumber).toMatch(/^[1-9]\d{0,18}$/)
      expect(BigInt(keyNumber) < 2n ** 63n).toBe(true)
    }),
  )
})

test('100,000 recipients of one mailing have 100,000 keys and numbers', () => {
  const keys = Array.from({ length: 100_000 }, (_, id) => messageKey({ ...parts, recipientKey: `${id}:0` }))
  expect(new Set(keys.map(({ key }) => key)).size).toBe(100_000)
  expect(new Set(keys.map(({ keyNumber }) => keyNumber)).size).toBe(100_000)
})
