// Staged recipients -> the address book: many short transactions, each of them set by set.
import type { Database } from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { failPoint } from '../../fail-point.ts'
import type { MergeCounts } from '../recipient-store.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { insertConflictsWithBook, type LineRange, resolveRange, stagedRanges } from './staged-conflicts.ts'
import { districtsWithoutZone, insertDistricts } from './staged-names.ts'
import { openTurns } from './turns.ts'

/** KiB of pages kept while merging: what a chunk touches is written once. */
const MERGE_CACHE = 32_000

const DISTRICT = '(select district_id from district_keys where key = s.district_key)'

/** True where the record `s` says something about the recipient `r` that is not known. */
const DIFFERS = `(
  ${['external_id', 'phone', 'email', 'name', 'contact_person', 'tax_number', 'address', 'zone']
    .map((column) => `s.${column} is not null and r.${column} is not s.${column}`)
    .join(' or ')}
  or s.district_key is not null and (r.district_id is null or r.district_id is not ${DISTRICT})
  or s.unsubscribed > r.unsubscribed or s.unsubscribed_by_admin > r.unsubscribed_by_admin
  or s.attributes is not null and json_patch(coalesce(r.attributes, '{}'), s.attributes) is not r.attributes
  or s.tags is not null and exists (
    select 1 from json_each(s.tags) as t where not exists (
      select 1 from recipient_tags where recipient_id = r.id and tag = t.value)))`

/** What the record leaves blank stays; consent goes one way. `or rollback`: see withMergePragmas. */
const UPDATE = `
  update or rollback recipients as r set
    ${['external_id', 'phone', 'email', 'name', 'contact_person', 'tax_number', 'address', 'zone']
      .map((column) => `${column} = coalesce(s.${column}, r.${column})`)
      .join(', ')},
    operator_code = case when s.phone is null then r.operator_code else s.operator_code end,
    district_id = coalesce(${DISTRICT}, r.district_id),
    unsubscribed = max(r.unsubscribed, s.unsubscribed),
    unsubscribed_by_admin = max(r.unsubscribed_by_admin, s.unsubscribed_by_admin),
    attributes = case when s.attributes is null then r.attributes
                 else json_patch(coalesce(r.attributes, '{}'), s.attributes) end,
    updated_at = :now
  from staged_recipients as s
  where s.line > :after and s.line <= :upto and r.id = s.recipient_id and ${DIFFERS}`

/** Ids are the line on top of a base that no recipient has: the tags of a new recipient find it without a look-up. */
const NEW_ID = 'coalesce(s.recipient_id, :base + s.line)'

const INSERT = `
  insert or rollback into recipients (id, external_id, phone, email, operator_code, name, contact_person, tax_number, address,
    district_id, zone, unsubscribed, unsubscribed_by_admin, attributes, created_at, updated_at)
  select ${NEW_ID}, external_id, phone, email, operator_code, name, contact_person, tax_number, address,
    ${DISTRICT}, zone, unsubscribed, unsubscribed_by_admin, attributes, :now, :now
  from staged_recipients as s
  where line > :after and line <= :upto and recipient_id is null`

const INSERT_TAGS = `
  insert or ignore into recipient_tags (recipient_id, tag)
  select ${NEW_ID}, t.value from staged_recipients as s, json_each(s.tags) as t
  where s.line > :after and s.line <= :upto and s.tags is not null`

/** What `mergeStaged` would do. */
export const countMerge = (db: Database): MergeCounts => {
  const known = 'staged_recipients as s join recipients as r on r.id = s.recipient_id'
  const rows = countOf(db, 'select count(*) from staged_recipients')
  const matched = countOf(db, `select count(*) from ${known}`)
  const changed = countOf(db, `select count(*) from ${known} where ${DIFFERS}`)
  return { added: rows - matched, changed, unchanged: matched - changed, ...rest(db) }
}

/** A number that changes when another connection has written. */
export const dataVersion = (db: Database): number => Number(db.pragma('data_version', { simple: true }))

export interface MergeOrder {
  readonly now: number
  /** dataVersion when the staged records were last held against the address book. */
  readonly resolvedAt: number
  readonly stop: AbortSignal
  readonly onProgress: (rows: number) => void
}

/** Merges what is staged and free of conflicts. Fails with Fixable when another import made one meanwhile. */
export const mergeStaged = async (
  connection: Connection,
  { now, resolvedAt, stop, onProgress }: MergeOrder,
): Promise<MergeCounts> => {
  const { db } = connection
  const summary = rest(db)
  await insertDistricts(connection)
  const done = { added: 0, changed: 0, unchanged: 0 }
  await withMergePragmas(connection, now, async () => {
    const mergeChunk = chunkMerger(db, now, resolvedAt)
    const turns = openTurns(connection)
    for (const range of stagedRanges(db, turns.rows)) {
      if (stop.aborted) return
      const { added, changed } = await turns.take(() => mergeChunk(range))
      done.added += added
      done.changed += changed
      done.unchanged += range.rows - added - changed
      onProgress(done.added + done.changed + done.unchanged)
    }
  })
  return { ...done, ...summary }
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

const chunkMerger = (
  db: Database,
  now: number,
  resolvedAt: number,
): ((range: LineRange) => { added: number; changed: number }) => {
  const version = db.prepare('pragma data_version').pluck()
  const update = db.prepare(UPDATE)
  const highestId = db.prepare('select coalesce(max(id), 0) from recipients').pluck()
  const insert = db.prepare(INSERT)
  const insertTags = db.prepare(INSERT_TAGS)
  return ({ after, upto }) => {
    if (version.get() !== resolvedAt) resolveAgain(db, { after, upto })
    const changed = update.run({ now, after, upto }).changes
    const base = Number(highestId.get()) - after
    const added = insert.run({ now, after, upto, base }).changes
    failPoint('mid-import')
    insertTags.run({ after, upto, base })
    return { added, changed }
  }
}

/** Another process has written since the records were found: perhaps the very same people. */
const resolveAgain = (db: Database, range: LineRange): void => {
  resolveRange(db, range)
  if (insertConflictsWithBook(db, range) === 0) return
  throw new Fixable(
    'failed',
    'another import changed the same recipients meanwhile; this one stopped in the middle',
    'Run it again: what is saved already counts as unchanged.',
  )
}

const rest = (db: Database): Pick<MergeCounts, 'unsubscribed' | 'districtsWithoutZone'> => ({
  unsubscribed: countOf(
    db,
    `select count(*) from staged_recipients as s left join recipients as r on r.id = s.recipient_id
     where s.unsubscribed or s.unsubscribed_by_admin or r.unsubscribed or r.unsubscribed_by_admin`,
  ),
  districtsWithoutZone: districtsWithoutZone(db),
})

const countOf = (db: Database, sql: string): number => Number(db.prepare(sql).pluck().get())
