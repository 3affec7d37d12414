// An operator's act upon many rows, written in turns: one audit row, whose count is true after each of them.
import type { Database } from 'better-sqlite3'
import type { OperatorAct } from '../mailing-store.ts'
import { type ActAbout, noteAct } from './audit.ts'

export interface BulkAct {
  /** Inside a turn: so many rows more. Nothing is noted of nothing. */
  note(rows: number): void
  /** After a turn went through: what it noted stands. */
  keep(): void
}

/** `detail`: what is done, beside the count. */
export const openBulkAct = (
  db: Database,
  what: string,
  by: OperatorAct,
  detail: Readonly<Record<string, unknown>> = {},
  about: Pick<ActAbout, 'mailingId'> = {},
): BulkAct => {
  const update = db.prepare('update audit set detail = ? where id = ?')
  let kept: { readonly id: number; readonly count: number } | null = null
  let noted: { readonly id: number; readonly count: number } | null = null // a turn that has to be run again notes anew
  return {
    note: (rows) => {
      if (rows === 0) return
      const count = (kept?.count ?? 0) + rows
      const whole = { ...detail, count }
      if (kept === null) noted = { id: noteAct(db, what, by, { ...about, detail: whole }), count }
      else {
        update.run(JSON.stringify(whole), kept.id)
        noted = { id: kept.id, count }
      }
    },
    keep: () => {
      kept = noted ?? kept
    },
  }
}
