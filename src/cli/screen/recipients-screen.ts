// `notify recipients` on a screen: who is in the address book.
import type { Recipient } from '../../store/address-book-store.ts'
import { drawTable, type TextColumn } from '../table.ts'
import type { Look } from './look.ts'

/** `more`: how many are not shown; null: some, not counted. */
export const drawRecipients = (recipients: readonly Recipient[], more: number | null, look: Look): string => {
  if (recipients.length === 0) return 'No recipients.'
  const columns: readonly TextColumn<Recipient>[] = [
    { title: '#', align: 'right', cell: ({ id }) => String(id) },
    { title: 'NAME', cutTo: 16, cell: ({ name, contactPerson }) => name ?? contactPerson ?? '' },
    { title: 'PHONE', cell: ({ phone }) => phone ?? '' },
    { title: 'E-MAIL', cutTo: 12, leavesFirst: 2, cell: ({ email }) => email ?? '' },
    { title: 'EXTERNAL ID', cutTo: 12, leavesFirst: 4, cell: ({ externalId }) => externalId ?? '' },
    { title: 'DISTRICT', cutTo: 12, leavesFirst: 3, cell: ({ district }) => district ?? '' },
    { title: 'ZONE', leavesFirst: 1, cell: ({ zoneNow }) => zoneNow ?? look.word('no zone') },
    { title: 'TAGS', cutTo: 8, leavesFirst: 5, cell: ({ tags }) => tags.join(', ') },
    {
      title: 'GETS NOTHING',
      isWord: true,
      wrapTo: 12,
      cell: (recipient) => whyNothing(recipient),
      paint: () => 'yellow',
    },
  ]
  const told = columns.filter(
    ({ title, cell }) => !OFTEN_EMPTY.includes(title) || recipients.some((row) => cell(row) !== ''),
  )
  const table = drawTable(told, recipients, look, more ?? 0)
  return more === null ? `${table}\n${look.paint('dim', `${look.blocks ? '…' : '...'} more (--limit, --json)`)}` : table
}

/** Columns that go where no row has anything to say in them. */
const OFTEN_EMPTY = ['E-MAIL', 'EXTERNAL ID', 'DISTRICT', 'TAGS', 'GETS NOTHING']

/** Why somebody is not written to; '': they are. */
export const whyNothing = (recipient: Recipient): string =>
  [
    ...(recipient.unsubscribed ? ['unsubscribed'] : []),
    ...(recipient.unsubscribedByAdmin ? ['unsubscribed by an administrator'] : []),
    ...(recipient.blocked ? [blockedWhere(recipient)] : []),
  ].join(', ')

/** Who has two addresses is still written to at the one that is not blocked. */
const blockedWhere = ({ phone, email, blockedPhone, blockedEmail }: Recipient): string => {
  if (phone === null || email === null || blockedPhone === blockedEmail) return 'blocked'
  return blockedPhone ? 'by phone: blocked' : 'by e-mail: blocked'
}
