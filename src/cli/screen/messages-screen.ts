// `notify messages list` on a screen: who gets it, when by their clock and by the operator's, and what became of it.
import type { MessageRow } from '../../store/message-store.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { dayTime, timeOn } from './format.ts'
import type { Look } from './look.ts'
import { MESSAGE_PAINT } from './state-look.ts'

export interface MessageList {
  readonly rows: readonly MessageRow[]
  /** Rows that are not shown. */
  readonly more: number
  /** Of all mailings: each row names its own. */
  readonly ofAll: boolean
}

export const drawMessages = ({ rows, more, ofAll }: MessageList, operatorZone: string, look: Look): string => {
  if (rows.length === 0) return 'No messages.'
  const here = (instant: number | null): string => (instant === null ? '' : dayTime(instant, operatorZone))
  const columns: readonly TextColumn<MessageRow>[] = [
    { title: '#', align: 'right', cell: ({ id }) => String(id) },
    { title: 'MAILING', cutTo: 12, cell: ({ mailingName }) => (ofAll ? mailingName : '') },
    {
      title: 'RECIPIENT',
      cutTo: 12,
      cell: ({ recipientName, recipientId }) => recipientName ?? look.word(`recipient ${recipientId}`),
    },
    { title: 'ADDRESS', leavesFirst: 4, cell: ({ address }) => address ?? '' },
    { title: 'STATE', isWord: true, cell: ({ state }) => state, paint: ({ state }) => MESSAGE_PAINT[state] },
    { title: 'ZONE', leavesFirst: 5, cell: ({ zone }) => (zone === '' ? look.word('no zone') : zone) },
    {
      title: 'THEIR TIME',
      leavesFirst: 1,
      cell: ({ mailingOn, zone, sendAt }) => (zone === '' ? '' : timeOn(mailingOn, sendAt, zone)),
    },
    { title: operatorZone, leavesFirst: 2, cell: ({ zone, sendAt }) => (zone === '' ? '' : here(sendAt)) },
    { title: 'NEXT', leavesFirst: 6, cell: (row) => here(nextOf(row)) },
    { title: 'SETTLED', leavesFirst: 6, cell: ({ settledAt }) => here(settledAt) },
    { title: 'TRIES', leavesFirst: 3, align: 'right', cell: ({ attempts }) => String(attempts) },
    { title: 'REASON', isWord: true, wrapTo: 16, cell: ({ reason }) => reason ?? '' },
  ]
  const told = columns.filter(({ title, cell }) => !OFTEN_EMPTY.includes(title) || rows.some((row) => cell(row) !== ''))
  return drawTable(told, rows, look, more)
}

/** Columns that go where no row has anything to say in them. */
const OFTEN_EMPTY = ['MAILING', 'ADDRESS', 'NEXT', 'SETTLED', 'REASON']

/** When a row is tried again, where that is not simply its sending time. */
const nextOf = ({ dueAt, sendAt, state }: MessageRow): number | null =>
  state === 'scheduled' && dueAt !== sendAt ? dueAt : null
