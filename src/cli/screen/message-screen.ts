// One message: all that its row says, and what it went through.
import { keyOf } from '../../domain/key.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { visible } from '../../domain/visible.ts'
import type { OwnMessage } from '../../flow/steer-message.ts'
import type { PastAttempt } from '../../store/act-store.ts'
import { drawFacts, type Fact } from './facts.ts'
import { dateTime, inBothZones } from './format.ts'
import type { Look } from './look.ts'
import { MESSAGE_PAINT } from './state-look.ts'

interface About {
  readonly key: string
  readonly keyNumber: string
  readonly operatorZone: string
}

export const drawMessage = (own: OwnMessage, attempts: readonly PastAttempt[], about: About, look: Look): string => {
  const { id, triedText } = own.message
  const lines = drawFacts(factsOf(own, about, look), 11, look)
  const tried = attempts.map(
    (each) =>
      `  ${dateTime(each.at, about.operatorZone)}  ${look.word(`attempt ${each.attempt}`)}: ${attemptWords(each, look)}`,
  )
  const text = triedText?.split('\n').map((line) => `  ${visible(line.trimEnd())}`) ?? []
  return [look.paint('bold', look.word(`message ${id}`)), ...lines, ...block(tried), ...block(text)].join('\n')
}

const factsOf = (own: OwnMessage, { key, keyNumber, operatorZone }: About, look: Look): readonly Fact[] => {
  const { message, mailing } = own
  const { recipientId, recipientName, address, zone, sendAt, dueAt, settledAt, gatewayRef } = message
  const instant = (at: number | null): string => {
    if (at === null) return ''
    return zone === '' ? `${dateTime(at, operatorZone)} ${operatorZone}` : inBothZones(at, zone, operatorZone)
  }
  return [
    ['mailing', `${mailing.id} "${visible(mailing.name)}"`],
    ['recipient', `${recipientId} ${visible(recipientName ?? '')}`.trimEnd()],
    ['address', visible(address ?? '')],
    ['state', stateWords(own, look)],
    ['promised', instant(sendAt)],
    ['next', dueAt === sendAt ? '' : instant(dueAt)],
    [
      'hours',
      look.word(message.anyHour ? 'any: an operator said now' : `${mailing.at}-${mailing.until} there`, 'label'),
    ],
    ['tries', String(message.attempts)],
    ['settled', instant(settledAt)],
    [
      'gateway',
      `${visible(mailing.gateway)}${gatewayRef === null ? '' : look.word(`, its number ${visible(gatewayRef)}`)}`,
    ],
    ['key', `${key}${message.resend === 0 ? '' : look.word(` (resend ${message.resend})`)}`],
    ['as number', keyNumber],
  ]
}

const stateWords = ({ message: { state, reason } }: OwnMessage, look: Look): string => {
  const paint = MESSAGE_PAINT[state]
  const word = look.word(state)
  return `${paint === null ? word : look.paint(paint, word)}${reason === null ? '' : `: ${visible(look.word(reason))}`}`
}

const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines])

const attemptWords = ({ state, reason }: PastAttempt, { word }: Look): string =>
  `${word(state === 'scheduled' ? 'again later' : state)}${reason === null ? '' : `, ${visible(word(reason))}`}`

/** Names are only ever added. */
export const messageDetailJson = (
  { message, mailing }: OwnMessage,
  attempts: readonly PastAttempt[],
  installationId: string,
) => ({
  id: String(message.id),
  ...keyOf(message, { installationId, mailingUid: mailing.uid }),
  mailing: String(mailing.id),
  recipient: String(message.recipientId),
  address: message.address,
  zone: message.zone,
  sendAt: isoUtc(message.sendAt),
  dueAt: message.dueAt === null ? null : isoUtc(message.dueAt),
  state: message.state,
  reason: message.reason,
  attempts: message.attempts,
  settledAt: message.settledAt === null ? null : isoUtc(message.settledAt),
  gatewayRef: message.gatewayRef,
  resend: message.resend,
  anyHour: message.anyHour,
  text: message.triedText,
  history: attempts.map(({ attempt, at, state, reason }) => ({ attempt, at: isoUtc(at), state, reason })),
})
