// A restored database: what was due since its backup may have been sent without its knowing, until somebody has decided.
import { ITSELF, leftInDoubt, repeatedAfter, restoredFrom, undecidedSince } from '../../domain/hold.ts'
import type { Hold } from '../gateway-store.ts'
import type { InstallationStore, MailingInDoubt } from '../installation-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { HOLD } from './gateways.ts'

type DoubtStore = Pick<
  InstallationStore,
  'readRestoredTo' | 'markRestored' | 'mailingsInDoubt' | 'decideDoubt' | 'endRestore'
>

/** Rows a transaction decides about: about 20 ms, so that others hardly wait. */
const CHUNK = 5_000

/**
 * Nothing leaves before its send_at, unless an operator said now, which is its due_at: a message that became due after the backup
 * is in doubt since then only.
 */
const FIRST_DUE = 'min(send_at, coalesce(due_at, send_at))'
const MARKED = `state = 'sending' or state = 'scheduled' and ${FIRST_DUE} <= @now`

const MARK = `update messages set state = 'unknown', reason = @reason, due_at = null, settled_at = @now,
  doubt_since = coalesce(doubt_since, max(@madeAt, min(${FIRST_DUE}, @now)))
  where ${MARKED}`

const MARKED_OF = `select mailing_id as mailingId, state, count(*) as count from messages where ${MARKED} group by 1, 2`

const UNDECIDED = "state = 'unknown' and reason = @undecided"

const DECIDE = {
  repeat: `update messages set state = 'scheduled', reason = @decided, due_at = @now, settled_at = null, any_hour = 0
    where id in (select value from json_each(@ids)) and ${UNDECIDED}`,
  leave: `update messages set reason = @decided where id in (select value from json_each(@ids)) and ${UNDECIDED}`,
}

const WORDS = { repeat: repeatedAfter, leave: leftInDoubt }
const ACTS = { repeat: 'messages in doubt repeated', leave: 'messages left in doubt' }

interface Marked {
  readonly mailingId: number
  readonly state: 'sending' | 'scheduled'
  readonly count: number
}

export const doubtStore = ({ db, write }: Connection): DoubtStore => {
  const restoredTo = (): number | null =>
    db.prepare<[], number | null>('select restored_to from installation').pluck().get() ?? null
  const relabel = db.prepare(`update messages set reason = @reason where ${UNDECIDED}`)
  return {
    readRestoredTo: async () => restoredTo(),

    markRestored: (madeAt, by) =>
      write(() => {
        const before = db.prepare<[], Hold>(HOLD).get()
        const [reason, earlierTo] = [undecidedSince(madeAt), restoredTo()] // it may be the backup of a restored database
        const earlier = before === undefined || before.by === ITSELF ? '' : `; held by ${before.by} before`
        db.prepare(
          'update installation set held_at = ?, held_by = ?, held_why = ?, restored_to = ?, home = null, clock = null',
        ).run(by.at, ITSELF, `${restoredFrom(madeAt)}${earlier}`, madeAt)
        db.prepare('delete from workers').run() // none of them works on this file
        noteAct(db, restoredFrom(madeAt), by)
        const still = earlierTo === null ? 0 : relabel.run({ reason, undecided: undecidedSince(earlierTo) }).changes
        const counts = openCounts(db)
        for (const { mailingId, state, count } of db.prepare<unknown[], Marked>(MARKED_OF).all({ now: by.at }))
          counts.move(mailingId, state, 'unknown', count)
        counts.write()
        return still + db.prepare(MARK).run({ reason, madeAt, now: by.at }).changes
      }),

    mailingsInDoubt: async () =>
      db
        .prepare<unknown[], MailingInDoubt>(
          `select g.id, g.name, g.state, g.gateway, count(*) as count, min(m.send_at) as firstSendAt,
                  max(m.send_at) as lastSendAt
           from messages m join mailings g on g.id = m.mailing_id
           where m.state = 'unknown' and m.reason = @undecided group by g.id order by g.id`,
        )
        .all({ undecided: undecidedSince(restoredTo() ?? 0) }),

    decideDoubt: async (mailingId, choice, by) => {
      const madeAt = restoredTo() ?? 0
      const undecided = undecidedSince(madeAt)
      const next = db.prepare<unknown[], { id: number; recipientId: number }>(
        `select id, recipient_id as recipientId from messages
         where mailing_id = @mailingId and recipient_id > @after and ${UNDECIDED} order by recipient_id limit ${CHUNK}`,
      )
      const decide = db.prepare(DECIDE[choice])
      for (let total = 0, after = 0; ; ) {
        const rows = next.all({ mailingId, after, undecided })
        const last = rows.at(-1)
        if (last === undefined) return total
        const ids = JSON.stringify(rows.map(({ id }) => id))
        const isFirst = after === 0
        total += await write(() => {
          if (isFirst) noteAct(db, ACTS[choice], by, { mailingId })
          const decided = WORDS[choice](madeAt)
          const { changes } = decide.run({ ids, undecided, decided, ...(choice === 'repeat' ? { now: by.at } : {}) })
          const counts = openCounts(db)
          if (choice === 'repeat') counts.move(mailingId, 'unknown', 'scheduled', changes)
          counts.write()
          return changes
        })
        after = last.recipientId
      }
    },

    endRestore: async () => {
      await write(() => db.prepare('update installation set restored_to = null').run())
    },
  }
}
