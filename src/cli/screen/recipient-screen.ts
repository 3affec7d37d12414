// `notify recipients show` on a screen: a person, their messages, and what operators did to them.

import { visible } from '../../domain/visible.ts'
import type { Recipient, RecipientMessage, RecordedAct } from '../../store/address-book-store.ts'
import { drawTable } from '../table.ts'
import { drawFacts as drawLines } from './facts.ts'
import { dateTime, dayTime, timeOn } from './format.ts'
import type { Look } from './look.ts'
import { whyNothing } from './recipients-screen.ts'
import { MESSAGE_PAINT } from './state-look.ts'

export interface RecipientStory {
  readonly recipient: Recipient
  readonly waiting: number
  readonly messages: readonly RecipientMessage[]
  readonly acts: readonly RecordedAct[]
}

export const drawRecipient = ({ recipient, messages, acts }: RecipientStory, zone: string, look: Look): string =>
  [drawFacts(recipient, zone, look), drawMessages(messages, zone, look), drawActs(acts, zone, look)]
    .filter((part) => part !== '')
    .join('\n\n')

const drawFacts = (recipient: Recipient, operatorZone: string, look: Look): string => {
  const { paint, word } = look
  const { id, name, zone, zoneNow, district, tags, attributes, createdAt, updatedAt } = recipient
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    ['phone', withCode(recipient, look)],
    ['e-mail', recipient.email],
    ['contact', recipient.contactPerson],
    ['inn', recipient.taxNumber],
    ['address', recipient.address],
    ['district', district],
    [
      'zone',
      zoneNow === null
        ? word('none: nothing can be scheduled')
        : `${zoneNow}${zone === null ? word(" (the district's)") : ''}`,
    ],
    ['tags', tags.join(', ')],
    ['external id', recipient.externalId],
    ...Object.entries(attributes),
    ['gets nothing', word(whyNothing(recipient))],
    ['added', `${dateTime(createdAt, operatorZone)} ${operatorZone}`],
    ['changed', updatedAt === createdAt ? null : `${dateTime(updatedAt, operatorZone)} ${operatorZone}`],
  ]
  const lines = drawLines(
    facts.map(([fact, value]) => [visible(fact), visible(value ?? '')]),
    12,
    look,
  )
  return [
    `${paint('bold', visible(name ?? recipient.phone ?? recipient.email ?? word('no name')))}   ${word(`recipient ${id}`)}`,
    ...lines,
  ].join('\n')
}

const withCode = ({ phone, operatorCode }: Recipient, { word }: Look): string | null =>
  phone === null || operatorCode === null ? phone : `${phone}${word(` (operator code ${operatorCode})`)}`

const drawMessages = (messages: readonly RecipientMessage[], operatorZone: string, look: Look): string => {
  if (messages.length === 0) return 'No messages yet.'
  return drawTable(
    [
      { title: 'MESSAGE', align: 'right', cell: ({ id }) => String(id) },
      { title: 'MAILING', cutTo: 16, cell: ({ mailing }) => mailing },
      { title: 'STATE', isWord: true, cell: ({ state }) => state, paint: ({ state }) => MESSAGE_PAINT[state] },
      {
        title: 'THEIR TIME',
        leavesFirst: 1,
        cell: ({ zone, sendAt, on }) => (zone === '' ? '' : `${on} ${timeOn(on, sendAt, zone)}`),
      },
      {
        title: `SETTLED (${operatorZone})`,
        leavesFirst: 2,
        cell: ({ settledAt }) => (settledAt === null ? '' : dayTime(settledAt, operatorZone)),
      },
      { title: 'REASON', isWord: true, wrapTo: 16, cell: ({ reason }) => reason ?? '' },
    ],
    messages,
    look,
  )
}

const drawActs = (acts: readonly RecordedAct[], operatorZone: string, look: Look): string => {
  if (acts.length === 0) return ''
  return drawTable(
    [
      { title: operatorZone, cell: ({ at }) => dateTime(at, operatorZone) },
      { title: 'WHO', cutTo: 12, cell: ({ who }) => who },
      { title: 'DID', isWord: true, cell: ({ what }) => what },
      { title: 'WHY', wrapTo: 16, cell: ({ why }) => why ?? '' },
    ],
    acts,
    look,
  )
}
