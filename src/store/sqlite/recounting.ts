// The counts that are kept, held against the rows: for doctor, and for whoever changed rows by hand.
import { MESSAGE_STATES, type MessageState } from '../../domain/message.ts'
import type { Miscount, StatsStore } from '../stats-store.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'

type Recounting = Pick<StatsStore, 'miscounted' | 'recount'>

export const recounting = ({ db, clock, write }: Connection): Recounting => ({
  miscounted: async () => {
    const mailings = db
      .prepare<[], number>("select id from mailings where state <> 'planning' order by id")
      .pluck()
      .all()
    const found: Miscount[] = []
    for (const id of mailings) {
      found.push(...driftOf(db, id))
      await clock.sleep(0) // each mailing may take a second
    }
    return found
  },

  /** What is wrong stays as wrong while rows go on changing: it is found without the lock, and taken off under it. */
  recount: async (mailingId) => {
    const drift = driftOf(db, mailingId)
    if (drift.length === 0) return
    await write(() => {
      const counts = openCounts(db)
      for (const { state, counted, stored } of drift) counts.move(mailingId, null, state, counted - stored)
      counts.write()
    })
  },
})

interface Count {
  readonly state: MessageState
  readonly count: number
}

/** Both from one snapshot: else rows that move meanwhile would be called miscounted. */
const driftOf = (db: Connection['db'], mailingId: number): readonly Miscount[] => {
  const read = (sql: string): ReadonlyMap<MessageState, number> =>
    new Map(
      db
        .prepare<[number], Count>(sql)
        .all(mailingId)
        .map(({ state, count }) => [state, count]),
    )
  const inOneView = db.transaction(() => ({
    rows: read('select state, count(*) as count from messages where mailing_id = ? group by state'),
    kept: read('select state, count from mailing_counts where mailing_id = ?'),
  }))
  const { rows, kept } = inOneView.deferred()
  return MESSAGE_STATES.map((state) => ({
    mailingId,
    state,
    counted: rows.get(state) ?? 0,
    stored: kept.get(state) ?? 0,
  })).filter(({ counted, stored }) => counted !== stored)
}
