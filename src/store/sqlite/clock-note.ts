// The last reading of wall clock and time since boot, together, that any process noted.
import type { ClockReading } from '../../domain/clock-jump.ts'
import type { GatewayStore } from '../gateway-store.ts'
import { mendSetBack } from './clock-mending.ts'
import type { Connection } from './connection.ts'

/** By the primary keys: the newest row of each. */
const NEWEST = `select max(at) from (select * from (select at from audit order by id desc limit 1)
  union all select * from (select created_at from mailings order by id desc limit 1)
  union all select created_at from installation)`

type ClockStore = Pick<GatewayStore, 'lastClock' | 'noteClock' | 'newestAct' | 'mendSetBack'>

export const clockStore = (connection: Connection): ClockStore => {
  const { db, write } = connection
  return {
    lastClock: async () => {
      const noted = db.prepare<[], string | null>('select clock from installation').pluck().get()
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below, and nowhere else
      return noted === null || noted === undefined ? null : (JSON.parse(noted) as ClockReading)
    },
    noteClock: (reading, before) =>
      write(() => {
        const text = before == null ? null : JSON.stringify(before)
        const note = db.prepare('update installation set clock = @reading where @any or clock is @text')
        return note.run({ reading: JSON.stringify(reading), any: before === undefined ? 1 : 0, text }).changes > 0
      }),
    newestAct: async () => db.prepare<[], number | null>(NEWEST).pluck().get() ?? null,
    mendSetBack: (mend) => mendSetBack(connection, mend),
  }
}
