// The idempotency key of a message: derived, never a sequence, so that it survives a restore, a repeated import and the loss of the row.
import { hash } from 'node:crypto'
import { recipientKey as keyOfRecipient } from './message.ts'

export interface KeyParts {
  /** Random id of this installation: two databases never meet at one gateway account. */
  readonly installationId: string
  readonly mailingUid: string
  /** The recipient's row and birth (Claimed.recipientKey). */
  readonly recipientKey: string
  /** 0; higher only where an operator asked for a second effect. */
  readonly resend: number
}

export interface MessageKey {
  /** 28 characters of [a-z2-7], 140 bits. */
  readonly key: string
  /** A positive 63-bit integer in decimal digits; as a JSON number it must be written digit by digit. */
  readonly keyNumber: string
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const KEY_LENGTH = 28
/** The number is taken from the end of the hash, the text from its beginning. */
const NUMBER_AT = 24

/** The same parts give the same key, for ever; different parts give different ones. */
export const messageKey = ({ installationId, mailingUid, recipientKey, resend }: KeyParts): MessageKey => {
  const bytes = sha256(`${installationId}\n${mailingUid}\n${recipientKey}\n${resend}`)
  let key = ''
  for (let i = 0; i < KEY_LENGTH; i++) key += LETTERS.charAt((bytes[i] ?? 0) & 31)
  const number = BigInt.asUintN(63, bytes.readBigUInt64BE(NUMBER_AT))
  return { key, keyNumber: (number === 0n ? 1n : number).toString() }
}

interface KeyedRow {
  readonly recipientId: number
  readonly recipientCreatedAt: number
  readonly resend: number
}

/** Of a row that is stored. */
export const keyOf = (
  { recipientId, recipientCreatedAt, resend }: KeyedRow,
  installation: Pick<KeyParts, 'installationId' | 'mailingUid'>,
): MessageKey => messageKey({ ...installation, recipientKey: keyOfRecipient(recipientId, recipientCreatedAt), resend })

/** By way of a string: 0.5 µs; asking `hash` for a buffer costs 1.2 µs on Node 20. */
const sha256 = (text: string): Buffer => Buffer.from(hash('sha256', text, 'binary'), 'binary')
