// `notify mailings show` on a screen: what a mailing says, to whom, and when.
import type { Audience, Mailing } from '../../domain/mailing.ts'
import { visible } from '../../domain/visible.ts'
import type { MailingCounts } from '../../store/stats-store.ts'
import { drawFacts, type Fact } from './facts.ts'
import { counted, dateTime, span, zoneAt } from './format.ts'
import type { Look } from './look.ts'
import { drawProgress, MAILING_PAINT } from './state-look.ts'

export const drawMailing = ({ mailing, states, total }: MailingCounts, operatorZone: string, look: Look): string => {
  const { paint, word } = look
  const state = MAILING_PAINT[mailing.state]
  const { plan, on, at, until, expiresAt, createdAt, createdBy, approvedBy } = mailing
  const facts: readonly Fact[] = [
    [
      'state',
      `${state === null ? word(mailing.state, 'mailing') : paint(state, word(mailing.state, 'mailing'))}${mailing.reason === null ? '' : `: ${visible(mailing.reason)}`}`,
    ],
    ['to', recipientWords(mailing, look)],
    ['their time', `${on} ${at}-${until}`],
    [
      'your time',
      `${span(
        plan.zones.map(({ sendAt }) => sendAt),
        operatorZone,
      )} ${operatorZone}`,
    ],
    ['ends', `${dateTime(expiresAt, operatorZone)} ${operatorZone}`],
    ['messages', word(`${counted(total, 'message', look.count)} in ${counted(plan.zones.length, 'zone', look.count)}`)],
    ['progress', drawProgress(states, 30, look)],
    [
      'scheduled',
      `${dateTime(createdAt, operatorZone)} ${operatorZone}${createdBy === null ? '' : ` ${word(`by ${visible(createdBy)}`, 'label')}`}`,
    ],
    ['approved', approvedBy === null ? '' : word(`by ${visible(approvedBy)}`, 'label')],
  ]
  const text = mailing.text.split('\n').map((line) => `  ${visible(line.trimEnd())}`)
  return [
    `${paint('bold', visible(mailing.name))}   ${word(`mailing ${mailing.id}`)}`,
    ...drawFacts(facts, 11, look),
    ...notesOf(mailing, look),
    '',
    ...text,
  ].join('\n')
}

const recipientWords = ({ terms, gateway }: Mailing, look: Look): string => {
  const later = terms.follow ? look.word(' (who joins later too)') : ''
  return `${audienceWords(terms.audience, look)}${later}, ${look.word(`by ${terms.addressKind} through ${gateway}`)}`
}

/** Who is meant, in words. */
export const audienceWords = (audience: Audience, { word }: Pick<Look, 'word'>): string => {
  const wish = (text: string): string => word(text, 'audience')
  const any = (values: readonly string[]): string => values.join(` ${wish('or')} `)
  const { tags, notTags, operatorCodes, districts, zones, attributes, neverReached } = audience
  const wishes = [
    ...(tags.length === 0 ? [] : [wish(`tagged ${any(tags)}`)]),
    ...(notTags.length === 0 ? [] : [wish(`not tagged ${any(notTags)}`)]),
    ...(operatorCodes.length === 0 ? [] : [wish(`operator code ${any(operatorCodes)}`)]),
    ...(districts.length === 0 ? [] : [wish(`in ${any(districts)}`)]),
    ...(zones.length === 0 ? [] : [wish(`by the clock of ${any(zones)}`)]),
    ...attributes.map(({ name, value }) => `${name} = ${value}`),
    ...(neverReached ? [wish('never reached before')] : []),
  ]
  return wishes.length === 0 ? word('everybody') : visible(wishes.join(', '))
}

/** Clock changes and the like, zone by zone. */
const notesOf = ({ plan }: Mailing, { word }: Look): readonly string[] =>
  plan.zones.flatMap(({ zone, sendAt, notes }) =>
    notes.map((note) => `  ${zoneAt(zone, sendAt)}: ${visible(word(note))}`),
  )
