// The processes that claim or plan, and the trouble that the operator has been told of.
import type { Worker, WorkerStore } from '../worker-store.ts'
import type { Connection } from './connection.ts'

export const workerStore = ({ db, write }: Connection): WorkerStore => ({
  addWorker: (identity, now) =>
    write(() => {
      const { lastInsertRowid } = db
        .prepare(
          'insert into workers (kind, host, boot_id, pid, pid_start, started_at, seen_at) values (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(identity.kind, identity.host, identity.bootId, identity.pid, identity.pidStart, now, now)
      return Number(lastInsertRowid)
    }),

  beat: async (workerId, now) => {
    await write(() => db.prepare('update workers set seen_at = ? where id = ?').run(now, workerId))
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

  listWorkers: async () =>
    db
      .prepare<[], Worker>(
        `select id, kind, host, boot_id as bootId, pid, pid_start as pidStart, started_at as startedAt, seen_at as seenAt
         from workers order by id`,
      )
      .all(),

  noteTrouble: (key, now, every) =>
    write(() => {
      const told = db.prepare<[string], number>('select told_at from troubles where key = ?').pluck().get(key)
      if (told !== undefined && told + every > now) return false
      db.prepare(
        `insert into troubles (key, since, told_at) values (@key, @now, @now)
         on conflict (key) do update set told_at = excluded.told_at`,
      ).run({ key, now })
      return true
    }),

  clearTrouble: (key) => write(() => db.prepare('delete from troubles where key = ?').run(key).changes > 0),

  listTroubles: async () => db.prepare<[], string>('select key from troubles order by since').pluck().all(),
})
