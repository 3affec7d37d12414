// `notify mailings show` on a screen: what a mailing says, to whom, and when.
import type { Audience, Mailing } from '../../domain/mailing.ts'
import type { MailingCounts } from '../../store/stats-store.ts'
import { counted, dateTime, span, zoneAt } from './format.ts'
import type { Look } from './look.ts'
import { drawProgress, MAILING_PAINT } from './state-look.ts'
import { visible } from './visible.ts'

export const drawMailing = ({ mailing, states, total }: MailingCounts, operatorZone: string, look: Look): string => {
  const { paint } = look
  const state = MAILING_PAINT[mailing.state]
  const { plan, on, at, until, expiresAt, createdAt, createdBy, approvedBy } = mailing
  const facts: readonly (readonly [name: string, value: string])[] = [
    [
      'state',
      `${state === null ? mailing.state : paint(state, mailing.state)}${mailing.reason === null ? '' : `: ${visible(mailing.reason)}`}`,
    ],
    ['to', recipientWords(mailing)],
    ['their time', `${on} ${at}-${until}`],
    [
      'your time',
      `${span(
        plan.zones.map(({ sendAt }) => sendAt),
        operatorZone,
      )} ${operatorZone}`,
    ],
    ['ends', `${dateTime(expiresAt, operatorZone)} ${operatorZone}`],
    ['messages', `${counted(total, 'message', look.count)} in ${counted(plan.zones.length, 'zone', look.count)}`],
    ['progress', drawProgress(states, 30, look)],
    [
      'scheduled',
      `${dateTime(createdAt, operatorZone)} ${operatorZone}${createdBy === null ? '' : ` by ${visible(createdBy)}`}`,
    ],
    ['approved', approvedBy === null ? '' : `by ${visible(approvedBy)}`],
  ]
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${paint('dim', name.padEnd(11))} ${value}`)
  const text = mailing.text.split('\n').map((line) => `  ${visible(line.trimEnd())}`)
  return [
    `${paint('bold', visible(mailing.name))}   mailing ${mailing.id}`,
    ...lines,
    ...notesOf(mailing),
    '',
    ...text,
  ].join('\n')
}

const recipientWords = ({ terms, gateway }: Mailing): string =>
  `${audienceWords(terms.audience)}${terms.follow ? ' (who joins later too)' : ''}, by ${terms.addressKind} through ${gateway}`

/** Who is meant, in words. */
export const audienceWords = (audience: Audience): string => {
  const { tags, notTags, operatorCodes, districts, zones, attributes, neverReached } = audience
  const wishes = [
    ...(tags.length === 0 ? [] : [`tagged ${tags.join(' or ')}`]),
    ...(notTags.length === 0 ? [] : [`not tagged ${notTags.join(' or ')}`]),
    ...(operatorCodes.length === 0 ? [] : [`operator code ${operatorCodes.join(' or ')}`]),
    ...(districts.length === 0 ? [] : [`in ${districts.join(' or ')}`]),
    ...(zones.length === 0 ? [] : [`by the clock of ${zones.join(' or ')}`]),
    ...attributes.map(({ name, value }) => `${name} = ${value}`),
    ...(neverReached ? ['never reached before'] : []),
  ]
  return wishes.length === 0 ? 'everybody' : visible(wishes.join(', '))
}

/** Clock changes and the like, zone by zone. */
const notesOf = ({ plan }: Mailing): readonly string[] =>
  plan.zones.flatMap(({ zone, sendAt, notes }) => notes.map((note) => `  ${zoneAt(zone, sendAt)}: ${visible(note)}`))
