// Messages of a mailing by state, counted in the transaction that changes the rows: nobody counts ten million of them. Not by
// triggers, which would cost every row its price.
import type Database from 'better-sqlite3'
import { type CountByState, type MessageState, noMessages } from '../../domain/message.ts'

export interface Counts {
  /** `n` rows of this mailing went from one state to another; null: they were not there before, or are not any more. */
  move(mailingId: number, from: MessageState | null, to: MessageState | null, n: number): void
  /** At the end of the transaction: a statement for each mailing and state whose count is another now. */
  write(): void
}

/**
 * Opened inside the body of the transaction, and never kept beyond it: what was gathered by a body that failed, or that is run
 * again because the database was locked, is gone with it.
 */
export const openCounts = (db: Database.Database): Counts => {
  const moved = new Map<number, CountByState>()
  const of = (mailingId: number): CountByState => {
    const known = moved.get(mailingId)
    if (known !== undefined) return known
    const none = noMessages()
    moved.set(mailingId, none)
    return none
  }
  return {
    move: (mailingId, from, to, n) => {
      const states = of(mailingId)
      if (from !== null) states[from] -= n
      if (to !== null) states[to] += n
    },
    write: () => {
      if (moved.size === 0) return
      const add = db.prepare(ADD)
      for (const [mailingId, states] of moved) {
        for (const [state, change] of Object.entries(states)) if (change !== 0) add.run(mailingId, state, change)
      }
    },
  }
}

const ADD = `insert into mailing_counts (mailing_id, state, count) values (?, ?, ?)
  on conflict do update set count = count + excluded.count`

/** Rows of a mailing that is being planned, which nobody but its planner changes: by two indexes, not from the rows. */
export const countPlanned = (db: Database.Database, mailingId: number): Pick<CountByState, 'scheduled' | 'skipped'> => {
  const count = (sql: string): number => db.prepare<[number], number>(sql).pluck().get(mailingId) ?? 0
  const all = count('select count(*) from messages indexed by messages_once where mailing_id = ?')
  const scheduled = count(
    'select count(*) from messages indexed by messages_due where mailing_id = ? and due_at is not null',
  )
  return { scheduled, skipped: all - scheduled }
}
