// What an import does, kept while it does it: ranges of the ids that it adds, and whom it changes as they were before.
import type { Database } from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import type { ImportNote } from '../recipient-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { openTurns } from './turns.ts'

export interface ImportRecord {
  /** The number that this import has, or will have. Fails with Fixable when somebody has taken it back meanwhile. */
  idFor(begun: number | null): number
  /** These ids were added. */
  addRange(importId: number, first: number, last: number): void
  /** The row of the import, in the transaction of the first thing that it does: one that does nothing is none. */
  begin(importId: number): void
}

/** Each method runs inside a transaction of the caller's. */
export const importRecord = (db: Database, now: number, { file, who }: ImportNote): ImportRecord => {
  const state = db.prepare<[number], string>('select state from imports where id = ?').pluck()
  const next = db
    .prepare<[], number>("select coalesce((select seq from sqlite_sequence where name = 'imports'), 0) + 1")
    .pluck()
  const range = db.prepare('insert or rollback into import_ranges (import_id, first_id, last_id) values (?, ?, ?)')
  const insert = db.prepare("insert or rollback into imports (id, at, who, file, state) values (?, ?, ?, ?, 'saving')")
  return {
    idFor: (begun) => {
      if (begun === null) return next.get() ?? 1
      if (state.get(begun) === 'saving') return begun
      throw takenBack()
    },
    addRange: (importId, first, last) => void range.run(importId, first, last),
    begin: (importId) => void insert.run(importId, now, who, file),
  }
}

const takenBack = (): Fixable =>
  new Fixable('failed', 'this import was taken back while it was being saved', 'See notify import undo.')

/** All of it is saved. Fails with Fixable when somebody has taken it back just before. */
export const endImport = async (
  { db, write }: Connection,
  id: number,
  { added, changed }: { readonly added: number; readonly changed: number },
  now: number,
  { who, file }: ImportNote,
): Promise<void> =>
  write(() => {
    const { changes } = db
      .prepare("update imports set state = 'saved', added = ?, changed = ? where id = ? and state = 'saving'")
      .run(added, changed, id)
    if (changes === 0) throw takenBack()
    noteAct(db, 'recipients imported', { at: now, who, why: null }, { detail: { import: id, file, added, changed } })
  })

/** Only the newest import can be taken back: what is kept of earlier ones is forgotten, in turns. */
export const forgetEarlierImports = async (connection: Connection, id: number): Promise<void> => {
  const { db } = connection
  const turns = openTurns(connection)
  for (const table of ['import_ranges', 'import_before']) {
    const forget = db.prepare(
      `delete from ${table} where rowid in (select rowid from ${table} where import_id < ? limit ?)`,
    )
    if (db.prepare(`select 1 from ${table} where import_id < ? limit 1`).get(id) === undefined) continue
    for (let gone = 1; gone > 0; ) {
      const rows = turns.rows()
      gone = await turns.take(() => forget.run(id, rows).changes)
    }
  }
}
