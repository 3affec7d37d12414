// `notify messages list` on a screen: who gets it, when by their clock and by the operator's, and what became of it.
import type { MessageRow } from '../store/store.ts'
import { dayTime, zoneAt } from './format.ts'
import type { Look } from './look.ts'
import { MESSAGE_PAINT } from './state-look.ts'
import { drawTable, type TextColumn } from './table.ts'

export const drawMessages = (rows: readonly MessageRow[], more: number, operatorZone: string, look: Look): string => {
  if (rows.length === 0) return 'No messages.'
  const columns: readonly TextColumn<MessageRow>[] = [
    { title: '#', align: 'right', cell: ({ id }) => String(id) },
    {
      title: 'RECIPIENT',
      cutTo: 12,
      cell: ({ recipientName, recipientId }) => recipientName ?? `recipient ${recipientId}`,
    },
    { title: 'ADDRESS', leavesFirst: 2, cell: ({ address }) => address ?? '' },
    { title: 'STATE', cell: ({ state }) => state, paint: ({ state }) => MESSAGE_PAINT[state] },
    { title: 'THEIR TIME', cell: ({ zone, sendAt }) => (zone === '' ? '' : dayTime(sendAt, zone)) },
    { title: 'ZONE', leavesFirst: 3, cell: ({ zone, sendAt }) => (zone === '' ? 'no zone' : zoneAt(zone, sendAt)) },
    { title: operatorZone, cell: ({ zone, sendAt }) => (zone === '' ? '' : dayTime(sendAt, operatorZone)) },
    { title: 'NEXT', leavesFirst: 4, cell: (row) => nextOf(row, operatorZone) },
    {
      title: 'SETTLED',
      leavesFirst: 4,
      cell: ({ settledAt }) => (settledAt === null ? '' : dayTime(settledAt, operatorZone)),
    },
    {
      title: 'TRIES',
      leavesFirst: 1,
      align: 'right',
      cell: ({ attempts }) => String(attempts),
      paint: ({ attempts }) => (attempts === 0 ? 'dim' : null),
    },
    { title: 'REASON', wrapTo: 16, cell: ({ reason }) => reason ?? '' },
  ]
  const told = columns.filter(({ title, cell }) => !OFTEN_EMPTY.includes(title) || rows.some((row) => cell(row) !== ''))
  const table = drawTable(told, rows, look)
  return more <= 0 ? table : `${table}\n${look.paint('dim', `… ${look.count(more)} more (--limit, --json)`)}`
}

/** Columns that go where no row has anything to say in them. */
const OFTEN_EMPTY = ['ADDRESS', 'NEXT', 'SETTLED', 'REASON']

/** When a row is tried again, where that is not simply its sending time. */
const nextOf = ({ dueAt, sendAt, state }: MessageRow, operatorZone: string): string =>
  state === 'scheduled' && dueAt !== null && dueAt !== sendAt ? dayTime(dueAt, operatorZone) : ''
