// The last reading of wall clock and time since boot, together, that any process noted.
import type { ClockReading, GatewayStore } from '../gateway-store.ts'
import type { Connection } from './connection.ts'

export const clockNote = ({ db, write }: Connection): Pick<GatewayStore, 'lastClock' | 'noteClock'> => ({
  lastClock: async () => {
    const noted = db.prepare<[], string | null>('select clock from installation').pluck().get()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written below, and nowhere else
    return noted === null || noted === undefined ? null : (JSON.parse(noted) as ClockReading)
  },
  noteClock: async (reading) => {
    await write(() => db.prepare('update installation set clock = ?').run(JSON.stringify(reading)))
  },
})
