// Staged recipients -> the address book: many short transactions, each of them set by set.
import type { Database } from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { failPoint } from '../../fail-point.ts'
import type { ImportNote, MergeCounts, StagingRules } from '../recipient-store.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { endImport, forgetEarlierImports, importRecord } from './import-record.ts'
import { countAround } from './merge-counts.ts'
import { INSERT, insertTags, keepBefore, update } from './merge-sql.ts'
import { insertConflictsWithBook, type LineRange, resolveRange, stagedRanges } from './staged-conflicts.ts'
import { insertDistricts } from './staged-names.ts'
import { openTurns } from './turns.ts'

/** KiB of pages kept while merging: what a chunk touches is written once. */
const MERGE_CACHE = 32_000

/** A number that changes when another connection has written. */
export const dataVersion = (db: Database): number => Number(db.pragma('data_version', { simple: true }))

export interface MergeOrder {
  readonly now: number
  readonly rules: StagingRules
  readonly note: ImportNote
  /** dataVersion when the staged records were last held against the address book. */
  readonly resolvedAt: number
  readonly stop: AbortSignal
  readonly onProgress: (rows: number) => void
}

/** Merges what is staged and free of conflicts. Fails with Fixable when another import made one meanwhile. */
export const mergeStaged = async (connection: Connection, order: MergeOrder): Promise<MergeCounts> => {
  const { db } = connection
  const { now, rules, note, stop, onProgress } = order
  const around = countAround(db, rules.onConflict)
  await insertDistricts(connection)
  const done = { added: 0, changed: 0, unchanged: 0 }
  const progress: { importId: number | null; isStopped: boolean } = { importId: null, isStopped: false }
  await withMergePragmas(connection, now, async () => {
    const mergeChunk = chunkMerger(db, order)
    const turns = openTurns(connection)
    for (const range of stagedRanges(db, turns.rows)) {
      progress.isStopped = stop.aborted
      if (progress.isStopped) return
      const { importId, added, changed } = await turns.take(() => mergeChunk(range, progress.importId))
      progress.importId = importId
      done.added += added
      done.changed += changed
      done.unchanged += range.rows - added - changed
      onProgress(done.added + done.changed + done.unchanged)
    }
  })
  const { importId, isStopped } = progress
  if (importId !== null && !isStopped) await endImport(connection, importId, done, now, note)
  if (importId !== null) await forgetEarlierImports(connection, importId)
  return { ...done, ...around }
}

/**
 * A merge holds the lock half as long with these two:
 * - Foreign keys are not checked. What a chunk refers to it finds or makes in its own transaction; and a statement that may break
 *   one keeps a copy of every page it touches, so that it can be undone alone.
 * - Chunks do not wait for the disk, the last commit waits for all of them: nothing is told as saved before, and what a power cut
 *   takes the same import brings again.
 */
const withMergePragmas = async ({ db, write }: Connection, now: number, body: () => Promise<void>): Promise<void> => {
  const usualCache = Number(db.pragma('cache_size', { simple: true }))
  db.pragma(`cache_size = -${MERGE_CACHE}`)
  db.pragma('foreign_keys = off')
  db.pragma('synchronous = normal')
  try {
    await body()
  } finally {
    db.pragma('synchronous = full')
    db.pragma('foreign_keys = on')
    db.pragma(`cache_size = ${usualCache}`)
    await write(() => noteBookChange(db, now))
  }
}

interface Chunk {
  readonly added: number
  readonly changed: number
  /** null: nothing is done yet. */
  readonly importId: number | null
}

const chunkMerger = (
  db: Database,
  { now, rules, note, resolvedAt }: MergeOrder,
): ((range: LineRange, begun: number | null) => Chunk) => {
  const version = db.prepare('pragma data_version').pluck()
  const keep = db.prepare(keepBefore(rules.onConflict))
  const change = db.prepare(update(rules.onConflict))
  const highestId = db.prepare('select coalesce(max(id), 0) from recipients').pluck()
  const insert = db.prepare(INSERT)
  const tag = db.prepare(insertTags(rules.onConflict))
  const record = importRecord(db, now, note)
  return ({ after, upto }, begun) => {
    if (version.get() !== resolvedAt) resolveAgain(db, { after, upto }, rules)
    const importId = record.idFor(begun)
    const changed = keep.run({ import: importId, after, upto }).changes
    if (changed > 0) change.run({ import: importId, now, after, upto })
    const highest = Number(highestId.get())
    const base = highest - after
    const added = insert.run({ now, after, upto, base }).changes
    failPoint('mid-import')
    tag.run({ after, upto, base })
    if (added > 0) record.addRange(importId, highest + 1, Number(highestId.get()))
    if (begun === null && added + changed > 0) record.begin(importId)
    return { added, changed, importId: added + changed > 0 ? importId : begun }
  }
}

/** Another process has written since the records were found: perhaps the very same people. */
const resolveAgain = (db: Database, range: LineRange, rules: StagingRules): void => {
  resolveRange(db, range)
  if (insertConflictsWithBook(db, range, rules) === 0) return
  throw new Fixable(
    'failed',
    'another import changed the same recipients meanwhile; this one stopped in the middle',
    'Run it again: what is saved already counts as unchanged.',
  )
}
