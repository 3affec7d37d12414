// The processes that claim or plan, and the trouble that the operator has been told of.
import type { Database } from 'better-sqlite3'
import { SUSPECT_DEATHS } from '../../domain/message.ts'
import type { Worker, WorkerStore } from '../worker-store.ts'
import type { Connection } from './connection.ts'

/** What programs knew that did not say so yet: this schema, or one before it. */
const SCHEMA_UNSAID = 4

export const WORKER_COLUMNS = `id, kind, host, boot_id as bootId, pid, pid_start as pidStart, started_at as startedAt,
  seen_at as seenAt, seen_mono as seenMono, coalesce(schema, ${SCHEMA_UNSAID}) as schema`

/** Of a database of any schema, as long as it is one of ours. */
export const workersOfAnySchema = (db: Database): readonly Worker[] => {
  const names = db.prepare<[], string>("select name from pragma_table_info('workers')").pluck().all()
  if (names.length === 0) return [] // nobody has made its tables yet
  const added = ['seen_mono', 'schema'].filter((name) => !names.includes(name)).map((name) => `null as ${name}`)
  return db
    .prepare<[], Worker>(`select ${WORKER_COLUMNS} from (select ${['*', ...added].join(', ')} from workers)`)
    .all()
}

/** Rows a transaction gives back: about 20 ms, so that other writers hardly wait. */
const BURY_CHUNK = 5_000

/** Whoever has opened a file has brought it to the schema that it knows. */
const schemaOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

export const workerStore = ({ db, write }: Connection, schema = schemaOf(db)): WorkerStore => ({
  addWorker: (identity, { at, mono }) =>
    write(() => {
      const { lastInsertRowid } = db
        .prepare(
          `insert into workers (kind, host, boot_id, pid, pid_start, started_at, seen_at, seen_mono, schema)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(identity.kind, identity.host, identity.bootId, identity.pid, identity.pidStart, at, at, mono, schema)
      return Number(lastInsertRowid)
    }),

  beat: async (workerId, { at, mono }) => {
    await write(() => db.prepare('update workers set seen_at = ?, seen_mono = ? where id = ?').run(at, mono, workerId))
  },

  buryWorker: async (workerId, now) => {
    // They stay `sending`, in nobody's hand, and due since their worker was seen last: the next claim knows by it that they may
    // have left, and since when.
    const giveBack = db.prepare(
      `update messages set worker_id = null, due_at = min(@now, coalesce((select seen_at from workers where id = @workerId), @now)),
         deaths = case when deaths < @suspect then deaths + 1
           when (select gateway from mailings where id = mailing_id) in (select value from json_each(@alone)) then deaths + 1
           else deaths end
       where id in (select id from messages indexed by messages_in_hand where worker_id = @workerId and state = 'sending' limit @chunk)`,
    )
    const aloneAt = db
      .prepare<[number], string>(
        `select g.gateway from messages m indexed by messages_in_hand join mailings g on g.id = m.mailing_id
         where m.worker_id = ? and m.state = 'sending' group by g.gateway having count(*) = 1`,
      )
      .pluck()
    const terms = {
      workerId,
      now,
      alone: JSON.stringify(aloneAt.all(workerId)),
      suspect: SUSPECT_DEATHS,
      chunk: BURY_CHUNK,
    }
    for (let total = 0; ; ) {
      const { changes } = await write(() => giveBack.run(terms))
      total += changes
      if (changes === BURY_CHUNK) continue
      await write(() => db.prepare('delete from workers where id = ?').run(workerId))
      return total
    }
  },

  removeWorker: async (workerId) => {
    await write(() =>
      db
        .prepare(
          `delete from workers where id = @workerId
           and not exists (select 1 from messages where worker_id = @workerId and state = 'sending')`,
        )
        .run({ workerId }),
    )
  },

  listWorkers: async () => db.prepare<[], Worker>(`select ${WORKER_COLUMNS} from workers order by id`).all(),

  noteTrouble: (key, now, every) =>
    write(() => {
      const told = db.prepare<[string], number>('select told_at from troubles where key = ?').pluck().get(key)
      if (told !== undefined && told <= now && told + every > now) return false // later than now: the clock was set back
      db.prepare(
        `insert into troubles (key, since, told_at) values (@key, @now, @now)
         on conflict (key) do update set told_at = excluded.told_at`,
      ).run({ key, now })
      return true
    }),

  clearTrouble: (key) => write(() => db.prepare('delete from troubles where key = ?').run(key).changes > 0),

  listTroubles: async () => db.prepare<[], string>('select key from troubles order by since').pluck().all(),
})
