// A row as the claim sees it: the message, what is known of its recipient now, and nothing that its text does not need.
import type { AddressKind } from '../../domain/mailing.ts'
import type { Barred, Candidate, RecipientColumn } from '../../domain/message.ts'
import { LEFT } from '../../domain/skip-reasons.ts'
import { addressColumn, refusedAt } from './audience.ts'

/** Where each column of a recipient comes from. */
export const RECIPIENT_SOURCES: Readonly<Record<RecipientColumn, string>> = {
  externalId: 'r.external_id',
  phone: 'r.phone',
  email: 'r.email',
  operatorCode: 'r.operator_code',
  name: 'r.name',
  contactPerson: 'r.contact_person',
  taxNumber: 'r.tax_number',
  address: 'r.address',
  district: 'd.name',
  zone: 'r.zone',
  attributes: 'r.attributes',
}

export type CandidateRow = readonly [
  id: number,
  recipientId: number,
  zone: string,
  attempts: number,
  frozenAddress: string | null,
  frozenText: string | null,
  barred: number,
  recipientCreatedAt: number,
  address: string | null,
  isInHand: number,
  workerId: number | null,
  deaths: number,
  doubtSince: number | null,
  dueAt: number,
  textNo: number | null,
  resend: number,
  anyHour: number,
  sendAt: number,
  ...values: (string | null)[],
]

/** What the numbers of the column `barred` stand for. */
const BARRED: readonly (Barred | null)[] = [null, 'unsubscribed', 'recipient removed', 'blocked', LEFT]

export const barredOf = (number: number): Barred | null => BARRED[number] ?? null

/**
 * Such a number, of recipients r and messages m; `isRefused`: somebody else with that address refused; `isBlocked` null: no
 * address is. Who is left out while in hand is marked by the reason.
 */
export const barredCase = (isRefused: string, isBlocked: string | null): string =>
  `case when r.unsubscribed or r.unsubscribed_by_admin or ${isRefused} then 1 when r.removed_at is not null then 2
     ${isBlocked === null ? '' : `when ${isBlocked} then 3`} when m.reason is '${LEFT}' then 4 else 0 end`

export interface CandidateTerms {
  readonly addressKind: AddressKind
  /** What the text needs. */
  readonly columns: readonly RecipientColumn[]
  /** False: no address is blocked at all. */
  readonly anyBlocked: boolean
  /** True: only from a place on, and none of some; two parameters more, and a third (JSON). */
  readonly isChosen: boolean
}

/** Only what the text needs is read: all columns of a recipient cost 4 µs a message more, the blocklist 1 µs. */
export const candidatesSql = ({ addressKind, columns, anyBlocked, isChosen }: CandidateTerms): string => `
  select m.id, m.recipient_id, m.zone, m.attempts, m.address, m.text,
         ${barredCase(refusedAt(addressKind, addressColumn(addressKind)), anyBlocked ? isBlocked(addressKind) : null)},
         r.created_at, ${addressColumn(addressKind)},
         m.state = 'sending', m.worker_id, m.deaths, m.doubt_since, m.due_at, m.text_no, m.resend, m.any_hour, m.send_at
         ${columns.map((column) => `, ${RECIPIENT_SOURCES[column]}`).join('')}
  from messages m indexed by messages_due
  join recipients r on r.id = m.recipient_id
  ${columns.includes('district') ? 'left join districts d on d.id = r.district_id' : ''}
  where m.mailing_id = ? and m.due_at <= ? and m.state in ('scheduled', 'sending')
    ${isChosen ? CHOSEN : ''}
  order by m.due_at, m.id limit ?`

const CHOSEN = 'and (m.due_at, m.id) >= (?, ?) and m.id not in (select value from json_each(?))'

/** Where it would go. */
const isBlocked = (kind: AddressKind): string => `exists (select 1 from blocked where address = ${addressColumn(kind)})`

const FIRST_VALUE = 18

export const candidateFromRow = (
  row: CandidateRow,
  mailingId: number,
  columns: readonly RecipientColumn[],
  earlierText: string | null,
): Candidate => {
  const recipient: Partial<Record<RecipientColumn, string | null>> = {}
  for (const [i, column] of columns.entries()) {
    const value = row[FIRST_VALUE + i]
    recipient[column] = typeof value === 'string' ? value : null
  }
  return {
    id: row[0],
    mailingId,
    recipientId: row[1],
    zone: row[2],
    attempts: row[3],
    lostSince: row[9] === 1 ? row[13] : null,
    deaths: row[11],
    doubtSince: row[12],
    frozenAddress: row[4],
    frozenText: row[5],
    textNo: row[14],
    earlierText,
    resend: row[15],
    anyHour: row[16] === 1,
    notBefore: Math.min(row[13], row[17]),
    barred: barredOf(row[6]),
    recipientCreatedAt: row[7],
    address: row[8],
    recipient,
  }
}
