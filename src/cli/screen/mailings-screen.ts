// `notify mailings list` on a screen: what leaves when, by their clock and by the operator's.
import type { Mailing } from '../../domain/mailing.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { span } from './format.ts'
import type { Look } from './look.ts'
import { MAILING_PAINT } from './state-look.ts'

export const drawMailings = (mailings: readonly Mailing[], more: number, operatorZone: string, look: Look): string => {
  if (mailings.length === 0) return 'No mailings.'
  const columns: readonly TextColumn<Mailing>[] = [
    { title: '#', align: 'right', cell: ({ id }) => String(id) },
    { title: 'MAILING', cutTo: 16, cell: ({ name }) => name },
    {
      title: 'STATE',
      cell: ({ state }) => look.word(state, 'mailing'),
      paint: ({ state }) => MAILING_PAINT[state],
    },
    { title: 'THEIR TIME', cutTo: 17, cell: ({ on, at, until }) => `${on} ${at}-${until}` },
    { title: operatorZone, leavesFirst: 2, cell: (mailing) => span(instantsOf(mailing), operatorZone) },
    { title: 'ZONES', leavesFirst: 4, align: 'right', cell: ({ plan }) => look.count(plan.zones.length) },
    { title: 'TO SEND', align: 'right', cell: ({ plan }) => look.count(plan.total) },
    { title: 'GATEWAY', leavesFirst: 3, cell: ({ gateway }) => gateway },
    { title: 'WHY', leavesFirst: 1, wrapTo: 12, cell: ({ reason }) => reason ?? '' },
  ]
  const told = columns.filter(({ title, cell }) => title !== 'WHY' || mailings.some((mailing) => cell(mailing) !== ''))
  return drawTable(told, mailings, look, more)
}

const instantsOf = ({ plan }: Mailing): readonly number[] => plan.zones.map(({ sendAt }) => sendAt)
