// Who did what, when and why: written in the same transaction as the act.
import type { Database } from 'better-sqlite3'
import type { OperatorAct } from '../mailing-store.ts'

/** What an act is about; `detail`: what changed, { name: [before, after] }, never an address or a text of a recipient. */
export interface ActAbout {
  readonly mailingId?: number
  readonly messageId?: number
  readonly recipientId?: number
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Inside a transaction of the caller's. Returns the id of the row. */
export const noteAct = (db: Database, what: string, { at, who, why }: OperatorAct, about: ActAbout = {}): number => {
  const { lastInsertRowid } = db
    .prepare(
      `insert into audit (at, who, what, mailing_id, message_id, recipient_id, why, detail)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      at,
      who,
      what,
      about.mailingId ?? null,
      about.messageId ?? null,
      about.recipientId ?? null,
      why,
      about.detail === undefined ? null : JSON.stringify(about.detail),
    )
  return Number(lastInsertRowid)
}
