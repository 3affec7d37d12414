// That the address book changed: mailings that follow it look for who joined.
import type { Database } from 'better-sqlite3'

/** Inside a transaction of the caller's. Rises with every change, also where the clock was set back. */
export const noteBookChange = (db: Database, now: number): void => {
  db.prepare('update installation set book_changed_at = max(coalesce(book_changed_at + 1, 0), ?)').run(now)
}
