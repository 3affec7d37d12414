// `notify stats` on a screen: one line a mailing, a bar, the sum.

import type { MailingState } from '../../domain/mailing.ts'
import type { CountByState } from '../../domain/message.ts'
import type { Overview } from '../../flow/stats.ts'
import { type Column, drawTable } from '../table.ts'
import { counted } from './format.ts'
import type { Look, Paint } from './look.ts'
import { countColumns, drawLegend, drawProgress, MAILING_PAINT } from './state-look.ts'

/** A mailing, or the sum of all of them. */
interface Line {
  readonly id: string
  readonly name: string
  readonly state: MailingState | null
  readonly total: number
  readonly states: CountByState
}

export const drawOverview = ({ mailings, total, states, more }: Overview, look: Look): string => {
  if (mailings.length === 0) return 'No mailings yet.'
  const lines: Line[] = mailings.map(({ mailing, ...counts }) => ({
    id: String(mailing.id),
    name: mailing.name,
    state: mailing.state,
    total: counts.total,
    states: counts.states,
  }))
  const sum: Line = { id: '', name: look.word(counted(mailings.length, 'mailing')), state: null, total, states }
  const table = drawTable(columnsFor(states, look), lines.length > 1 ? [...lines, sum] : lines, look, more)
  return `${table}\n\n${drawLegend(look)}`
}

const columnsFor = (all: CountByState, look: Look): readonly Column<Line>[] => [
  { title: '#', align: 'right', cell: ({ id }) => id },
  { title: 'MAILING', cutTo: 16, cell: ({ name }) => name, paint: boldSum },
  {
    title: 'STATE',
    cell: ({ state }) => (state === null ? '' : look.word(state, 'mailing')),
    paint: ({ state }) => (state === null ? null : MAILING_PAINT[state]),
  },
  {
    title: 'PROGRESS',
    leavesFirst: 2,
    widest: 26,
    narrowest: 14,
    draw: ({ states }, width) => drawProgress(states, width, look),
  },
  { title: 'TOTAL', leavesFirst: 4, align: 'right', cell: ({ total }) => look.count(total), paint: boldSum },
  ...countColumns<Line>(all, look),
]

const boldSum = ({ state }: Line): Paint | null => (state === null ? 'bold' : null)
