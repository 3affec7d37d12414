// The way back from the last import.
import type { Database } from 'better-sqlite3'
import type { ImportStore, MadeImport, UndoCounts } from '../import-store.ts'
import type { OperatorAct } from '../mailing-store.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { openTurns } from './turns.ts'
import { type AddedCounts, type ChangedCounts, undoSteps } from './undo-steps.ts'

export const importStore = (connection: Connection): ImportStore => {
  const { db } = connection
  const find = db.prepare<[number], MadeImport>('select * from imports where id = ?')
  return {
    lastImport: async () => db.prepare<[], MadeImport>('select * from imports order by id desc limit 1').get() ?? null,

    countUndo: async (importId) => {
      const made = find.get(importId)
      if (made === undefined) return NOTHING
      const { countAdded, countChanged } = undoSteps(db, made)
      const ranges = db
        .prepare<[number], { first: number; last: number }>(
          'select first_id as first, last_id as last from import_ranges where import_id = ? order by first_id',
        )
        .all(importId)
      const sum = sumUp()
      for (const { first, last } of ranges) sum.added(countAdded(first, last))
      sum.changed(countChanged(-1, Number.MAX_SAFE_INTEGER))
      return sum.counts()
    },

    undoImport: async (importId, by, stop) => {
      const made = find.get(importId)
      if (made === undefined) return { ...NOTHING, finished: true }
      return undo(connection, made, by, stop)
    },
  }
}

const NOTHING: UndoCounts = {
  removed: 0,
  restored: 0,
  kept: { withMessages: 0, changedSince: 0, takenByOthers: 0 },
}

const sumUp = () => {
  let { removed, restored } = NOTHING
  let { withMessages, changedSince, takenByOthers } = NOTHING.kept
  return {
    added: (counts: AddedCounts): void => {
      removed += counts.removed
      withMessages += counts.withMessages
      changedSince += counts.changedSince
    },
    changed: (counts: ChangedCounts): void => {
      restored += counts.restored
      changedSince += counts.changedSince
      takenByOthers += counts.takenByOthers
    },
    counts: (): UndoCounts => ({ removed, restored, kept: { withMessages, changedSince, takenByOthers } }),
  }
}

/** What has been taken back leaves the record in the same transaction: interrupted, the rest is still there. */
const undo = async (
  connection: Connection,
  made: MadeImport,
  by: OperatorAct,
  stop: AbortSignal,
): Promise<UndoCounts & { readonly finished: boolean }> => {
  const { db, write } = connection
  await write(() => noteAct(db, 'import undone', by, { detail: { import: made.id } }))
  const sum = sumUp()
  const turns = openTurns(connection)
  const steps = undoSteps(db, made)
  return withoutForeignKeys(db, async () => {
    for (;;) {
      if (stop.aborted) return { ...sum.counts(), finished: false }
      const rows = turns.rows()
      const step = await turns.take(() => {
        noteBookChange(db, by.at)
        return steps.removeSome(rows) ?? steps.restoreSome(rows, by.at) ?? end(db, made.id)
      })
      if (step === 'ended') return { ...sum.counts(), finished: true }
      if ('removed' in step) sum.added(step)
      else sum.changed(step)
    }
  })
}

const end = (db: Database, id: number): 'ended' => {
  db.prepare("update imports set state = 'undone' where id = ?").run(id)
  return 'ended'
}

/**
 * No index leads from a recipient to their messages: SQLite would look through all of them for each recipient that goes. Who
 * has messages is found by undo-steps.ts instead, in the transaction that removes the others.
 */
const withoutForeignKeys = async <T>(db: Database, body: () => Promise<T>): Promise<T> => {
  db.pragma('foreign_keys = off')
  try {
    return await body()
  } finally {
    db.pragma('foreign_keys = on')
  }
}
