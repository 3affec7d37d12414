// Which of the rows that are due: where the first ones may all be bad, some among them, and none that failed just now.
import type Database from 'better-sqlite3'
import type { Allowance } from '../../domain/gateway-health.ts'

/** Beginning with this row, in the order of due_at and id, and without those. */
export interface Choice {
  readonly dueAt: number
  readonly id: number
  readonly avoids: readonly number[]
}

/** The choice of a mailing; null: the first that are due, whichever they are. */
export type Choose = (mailingId: number) => Choice | null

/** A place is looked for among so many that are due first: 0.3 ms, and only while a gateway is probed or loaded slowly. */
const LOOKED_AT = 5_000

/** What is tried in this order until something is found: a probe is never the same message twice while there is another one. */
export const scattering = (db: Database.Database) => {
  const due = 'from messages indexed by messages_due where mailing_id = ? and due_at <= ?'
  const count = db
    .prepare<[number, number], number>(`select count(*) from (select 1 ${due} limit ${LOOKED_AT})`)
    .pluck()
  const place = db.prepare<[number, number, number], { readonly dueAt: number; readonly id: number }>(
    `select due_at as dueAt, id ${due} order by due_at, id limit 1 offset ?`,
  )
  return ({ isScattered, avoids }: Allowance, now: number, random: number): readonly Choose[] => {
    if (!isScattered) return [() => null]
    const somewhere: Choose = (mailingId) => {
      const found = place.get(mailingId, now, Math.floor(random * (count.get(mailingId, now) ?? 0)))
      return { dueAt: found?.dueAt ?? 0, id: found?.id ?? 0, avoids }
    }
    const anywhereBut =
      (others: readonly number[]): Choose =>
      () => ({ dueAt: 0, id: 0, avoids: others })
    return [somewhere, ...(avoids.length === 0 ? [] : [anywhereBut(avoids), anywhereBut(avoids.slice(-1))]), () => null]
  }
}
