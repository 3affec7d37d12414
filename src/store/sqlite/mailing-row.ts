// The row of a mailing, read back as a mailing.
import type { Mailing, MailingState, Plan, Terms } from '../../domain/mailing.ts'

export interface MailingRow {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly state: MailingState
  readonly reason: string | null
  readonly text: string
  readonly text_no: number
  readonly gateway: string
  readonly at: string
  readonly on_date: string
  readonly until: string
  readonly expires_at: number
  readonly terms: string
  readonly plan: string
  readonly created_at: number
  readonly created_by: string | null
  readonly approved_by: string | null
}

export const MAILING_COLUMNS =
  'id, uid, name, state, reason, text, text_no, gateway, at, on_date, until, expires_at, terms, plan, created_at, created_by, approved_by'

/** The JSON columns were written by this program from checked values. */
export const trusted = <T>(json: string): T => {
  const value: unknown = JSON.parse(json)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no input of a stranger reaches these columns
  return value as T
}

export const mailingFromRow = (row: MailingRow): Mailing => ({
  id: row.id,
  uid: row.uid,
  name: row.name,
  state: row.state,
  reason: row.reason,
  text: row.text,
  textNo: row.text_no,
  gateway: row.gateway,
  at: row.at,
  on: row.on_date,
  until: row.until,
  expiresAt: row.expires_at,
  terms: trusted<Terms>(row.terms),
  plan: trusted<Plan>(row.plan),
  createdAt: row.created_at,
  createdBy: row.created_by,
  approvedBy: row.approved_by,
})
