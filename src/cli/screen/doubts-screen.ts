// `notify reconcile` on a screen: which mailings have messages in doubt since a restore.
import { isoUtc } from '../../domain/local-time.ts'
import type { MailingInDoubt } from '../../store/installation-store.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { span } from './format.ts'
import type { Look } from './look.ts'
import { MAILING_PAINT } from './state-look.ts'

export const DOUBT_KEYS = ['id', 'name', 'state', 'gateway', 'inDoubt', 'firstSendAt', 'lastSendAt'] as const

export const doubtRow = ({ id, name, state, gateway, count, firstSendAt, lastSendAt }: MailingInDoubt) => ({
  id: String(id),
  name,
  state,
  gateway,
  inDoubt: count,
  firstSendAt: isoUtc(firstSendAt),
  lastSendAt: isoUtc(lastSendAt),
})

export const drawDoubts = (mailings: readonly MailingInDoubt[], operatorZone: string, look: Look): string => {
  const columns: readonly TextColumn<MailingInDoubt>[] = [
    { title: '#', align: 'right', cell: ({ id }) => String(id) },
    { title: 'MAILING', cutTo: 16, cell: ({ name }) => name },
    {
      title: 'STATE',
      cell: ({ state }) => look.word(state, 'mailing'),
      paint: ({ state }) => MAILING_PAINT[state],
    },
    {
      title: operatorZone,
      leavesFirst: 1,
      cell: ({ firstSendAt, lastSendAt }) => span([firstSendAt, lastSendAt], operatorZone),
    },
    { title: 'IN DOUBT', align: 'right', cell: ({ count }) => look.count(count) },
    { title: 'GATEWAY', leavesFirst: 2, cell: ({ gateway }) => gateway },
  ]
  return drawTable(columns, mailings, look)
}
