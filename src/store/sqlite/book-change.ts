// That the address book changed: mailings that follow it look for who joined, workers whether what they have in hand may leave.
import type { Database } from 'better-sqlite3'

/** Inside a transaction of the caller's. Rises with every change, also where the clock was set back. */
export const noteBookChange = (db: Database, now: number): void => {
  db.prepare('update installation set book_changed_at = max(coalesce(book_changed_at + 1, 0), ?)').run(now)
}

/** Another number after every change. */
export const bookMarkOf = (db: Database): (() => number) => {
  const mark = db.prepare<[], number>('select coalesce(book_changed_at, -1) from installation').pluck()
  return () => mark.get() ?? -1
}
