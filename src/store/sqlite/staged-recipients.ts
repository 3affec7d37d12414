// Recipients on their way into the address book: a temporary table, so that the database file stays free while a file is read.
import type { Database } from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { districtKey } from '../../domain/zone.ts'
import type {
  ImportNote,
  RejectedRecipient,
  StagedRecipient,
  StagedRecipients,
  StagingRules,
} from '../recipient-store.ts'
import type { Connection } from './connection.ts'
import { countMerge } from './merge-counts.ts'
import { dataVersion, mergeStaged } from './merge-recipients.ts'
import { stagedChanges } from './staged-changes.ts'
import { insertConflicts, resolveRecipients } from './staged-conflicts.ts'
import { dropUnusedDistricts, insertAttributeNames } from './staged-names.ts'

/** Columns are named as in `recipients`; district_key, tags and attributes find their places at the merge. */
const STAGING = `
  create temp table staged_recipients (
    line integer primary key,
    external_id text, phone text, email text, operator_code text,
    name text, contact_person text, tax_number text, address text, district_key text, zone text,
    unsubscribed integer not null, unsubscribed_by_admin integer not null,
    tags text, attributes text, -- JSON; null: none
    cells text,
    recipient_id integer -- who it is; null: nobody yet
  );
  create temp table staged_districts (
    key text primary key, name text not null,
    id_key text -- its number in the operator's books: another key of it
  ) without rowid;
  create temp table staged_conflicts (
    line integer primary key, reason text not null,
    other integer -- the line that says the same of somebody; null: another thing speaks against it
  )`

const NOBODY: ImportNote = { file: '', who: '' }

/** Opens the one staging area of this connection. */
export const stageRecipients = (connection: Connection, clock: Clock, rules: StagingRules): StagedRecipients => {
  const { onConflict } = rules
  const { db } = connection
  db.exec(STAGING)
  const attributeNames = new Set<string>()
  let repeated = 0
  let resolvedAt = -1 // so that a merge without rejectConflicts finds its people too
  const insert = db.transaction(rowInserter(db, attributeNames))
  return {
    add: async (rows) => insert(rows),

    rejectConflicts: async function* () {
      resolvedAt = dataVersion(db)
      await resolveRecipients(db, clock)
      repeated = insertConflicts(db, rules)
      yield* conflictsOf(db)
      dropConflicts(db)
    },

    repeated: () => repeated,
    count: async () => countMerge(db, onConflict),
    changes: async (limit) => stagedChanges(db, onConflict, limit),
    merge: async (now, stop, onProgress, note = NOBODY) => {
      await insertAttributeNames(connection, attributeNames)
      return mergeStaged(connection, { now, rules, note, resolvedAt, stop, onProgress })
    },

    close: async () => {
      db.exec('drop table staged_recipients; drop table staged_districts; drop table staged_conflicts')
    },
  }
}

/** Files name few districts, many times over: that many are remembered. */
const MOST_REMEMBERED = 10_000

const rowInserter = (db: Database, attributeNames: Set<string>): ((rows: readonly StagedRecipient[]) => void) => {
  const insert = db.prepare(`insert into staged_recipients values (${Array(16).fill('?').join(', ')}, null)`)
  const insertDistrict = db.prepare(
    `insert into staged_districts values (?, ?, ?)
     on conflict (key) do update set id_key = coalesce(id_key, excluded.id_key)`,
  )
  const keys = new Map<string, string>()
  const keyOf = (district: string, id: string | null): string => {
    const remembered = id === null ? district : `${district}\0${id}`
    const known = keys.get(remembered)
    if (known !== undefined) return known
    const key = districtKey(district)
    insertDistrict.run(key, district, id === null ? null : districtKey(id))
    if (keys.size < MOST_REMEMBERED) keys.set(remembered, key)
    return key
  }
  return (rows) => {
    for (const { line, draft, cells } of rows) {
      const attributes = Object.keys(draft.attributes)
      for (const name of attributes) attributeNames.add(name)
      insert.run(
        line,
        draft.externalId,
        draft.phone,
        draft.email,
        draft.operatorCode,
        draft.name,
        draft.contactPerson,
        draft.taxNumber,
        draft.address,
        draft.district === null ? null : keyOf(draft.district, draft.districtId ?? null),
        draft.zone,
        draft.unsubscribed ? 1 : 0,
        draft.unsubscribedByAdmin ? 1 : 0,
        draft.tags.length === 0 ? null : JSON.stringify(draft.tags),
        attributes.length === 0 ? null : JSON.stringify(draft.attributes),
        cells === null ? null : JSON.stringify(cells),
      )
    }
  }
}

/** A file may be nothing but conflicts. */
const PAGE_ROWS = 1_000

function* conflictsOf(db: Database): Generator<readonly RejectedRecipient[]> {
  const next = db.prepare<[number, number], { line: number; reason: string; cells: string | null }>(
    `select line, reason, cells from staged_conflicts join staged_recipients using (line)
     where line > ? order by line limit ?`,
  )
  for (let page = next.all(-1, PAGE_ROWS); page.length > 0; page = next.all(page.at(-1)?.line ?? 0, PAGE_ROWS)) {
    yield page.map(({ line, reason, cells }) => ({ line, reason, cells: cells === null ? null : cellsOf(cells) }))
  }
}

const dropConflicts = (db: Database): void => {
  const { changes } = db
    .prepare('delete from staged_recipients where line in (select line from staged_conflicts)')
    .run()
  if (changes === 0) return
  db.exec('delete from staged_conflicts')
  dropUnusedDistricts(db)
}

const cellsOf = (json: string): string[] => {
  const cells: unknown = JSON.parse(json)
  return Array.isArray(cells) ? cells.map(String) : []
}
