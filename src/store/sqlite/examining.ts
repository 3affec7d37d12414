// What in the rows looks wrong: no zone, in a hand that is gone, never planned to the end.
import type { ExaminationStore } from '../examination-store.ts'
import type { Connection } from './connection.ts'

export const examiningStore = ({ db }: Connection): ExaminationStore => ({
  countZoneless: async () => {
    const count = (sql: string): number => Number(db.prepare(sql).pluck().get())
    return {
      districts: count(
        `select count(*) from districts d where d.zone is null
         and exists (select 1 from recipients where district_id = d.id and removed_at is null)`,
      ),
      recipients: count(
        `select count(*) from recipients r left join districts d on d.id = r.district_id
         where r.zone is null and d.zone is null and r.removed_at is null`,
      ),
    }
  },

  countInHand: async () =>
    db
      .prepare<[], Awaited<ReturnType<ExaminationStore['countInHand']>>[number]>(
        `select worker_id as workerId, count(*) as count, max(due_at) as leaseUntil
         from messages indexed by messages_in_hand where state = 'sending' group by worker_id`,
      )
      .all(),

  listPlanning: async () =>
    db
      .prepare<[], Awaited<ReturnType<ExaminationStore['listPlanning']>>[number]>(
        "select id, name, planner_id as plannerId from mailings where state = 'planning' order by id",
      )
      .all(),

  tagNames: async (limit) =>
    db.prepare<[number], string>('select distinct tag from recipient_tags order by tag limit ?').pluck().all(limit),
})
