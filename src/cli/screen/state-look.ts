// How states look: a colour beside the word, and how far a mailing is as a bar.
import type { MailingState } from '../../domain/mailing.ts'
import { type CountByState, MESSAGE_STATES, type MessageState } from '../../domain/message.ts'
import { type Progress, progressOf } from '../../flow/stats.ts'
import type { TextColumn } from '../table.ts'
import { type BarPart, drawBar, glyphOf } from './bars.ts'
import { percent } from './format.ts'
import type { Look, Paint } from './look.ts'

export const MAILING_PAINT: Readonly<Record<MailingState, Paint | null>> = {
  planning: 'cyan',
  proposed: 'yellow',
  active: 'green',
  paused: 'yellow',
  cancelled: 'dim',
  done: null,
}

export const MESSAGE_PAINT: Readonly<Record<MessageState, Paint | null>> = {
  scheduled: null,
  sending: 'cyan',
  sent: 'green',
  failed: 'red',
  unknown: 'yellow',
  expired: 'yellow',
  cancelled: 'dim',
  skipped: 'dim',
}

/** The three parts of every bar, in its order. */
const PARTS = {
  sent: { glyphs: ['█', '#'], paint: 'green' },
  trouble: { glyphs: ['▓', 'x'], paint: 'red' },
  waiting: { glyphs: ['░', '.'], paint: 'dim' },
} as const satisfies Record<keyof Omit<Progress, 'all'>, Omit<BarPart, 'count'>>

/** '██████▓░░░  61 %' in this width: of the messages that were to be sent, how many are settled. */
export const drawProgress = (states: CountByState, width: number, look: Look): string => {
  const { sent, trouble, waiting, all } = progressOf(states)
  if (all === 0) return ''
  const parts = [
    { ...PARTS.sent, count: sent },
    { ...PARTS.trouble, count: trouble },
    { ...PARTS.waiting, count: waiting },
  ]
  const done = percent(sent + trouble, all).padStart(PERCENT_CELLS)
  return `${drawBar(parts, width - PERCENT_CELLS, look)}${done}`
}

/** ' 100 %' */
const PERCENT_CELLS = 6

/** What the parts of the bars mean. */
export const drawLegend = (look: Look): string =>
  [
    `${look.paint(PARTS.sent.paint, glyphOf(PARTS.sent, look))} ${look.word('sent')}`,
    `${look.paint(PARTS.trouble.paint, glyphOf(PARTS.trouble, look))} ${look.word('failed, unknown or expired')}`,
    `${look.paint(PARTS.waiting.paint, glyphOf(PARTS.waiting, look))} ${look.word('still to be sent')}`,
  ].join('   ')

/** Columns for the counts by state: the three that always matter, and in words whatever else there is. */
export const countColumns = <Row extends { readonly states: CountByState }>(
  all: CountByState,
  look: Look,
  alsoLeavesFirst = 0,
): readonly TextColumn<Row>[] => [
  { title: 'SCHEDULED', leavesFirst: 3, ...countCell('scheduled', look) },
  { title: 'SENT', ...countCell('sent', look) },
  { title: 'FAILED', ...countCell('failed', look) },
  ...(alsoWords(all, look) === '' ? [] : [{ ...alsoColumn<Row>(look), leavesFirst: alsoLeavesFirst }]),
]

const countCell = (state: MessageState, look: Look) =>
  ({
    align: 'right',
    cell: ({ states }: { readonly states: CountByState }) => look.count(states[state]),
    paint: ({ states }: { readonly states: CountByState }) => (states[state] === 0 ? 'dim' : MESSAGE_PAINT[state]),
  }) as const

const alsoColumn = <Row extends { readonly states: CountByState }>(look: Look): TextColumn<Row> => ({
  title: 'ALSO',
  wrapTo: 13,
  cell: ({ states }) => alsoWords(states, look),
  paint: ({ states }) => (states.unknown + states.expired > 0 ? 'yellow' : 'dim'),
})

/** '2 unknown, 56 skipped' */
const alsoWords = (states: CountByState, look: Look): string =>
  MESSAGE_STATES.filter((state) => !['scheduled', 'sent', 'failed'].includes(state) && states[state] > 0)
    .map((state) => look.word(`${look.count(states[state])} ${state}`))
    .join(', ')

/** '37,800 scheduled · 19,220 sent · 21 failed': every state that somebody is in, in its colour. */
export const countWords = (states: CountByState, look: Look): string =>
  MESSAGE_STATES.filter((state) => states[state] > 0)
    .map((state) => {
      const words = look.word(`${look.count(states[state])} ${state}`)
      const paint = MESSAGE_PAINT[state]
      return paint === null ? words : look.paint(paint, words)
    })
    .join(look.blocks ? ' · ' : ', ')
