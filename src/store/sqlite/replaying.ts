// Outcomes that a dead worker left beside the database.
import type { Settlement } from '../../domain/message.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { fencedSettle } from './fenced.ts'

/** Settles for a worker that is dead, or not registered any more; null, and nothing written, for one that may be at work. */
export const replayer = (
  connection: Connection,
): ((workerId: number, isDead: boolean, settlements: readonly Settlement[]) => Promise<number | null>) => {
  const settleRows = fencedSettle(connection)
  // read from the row: an older version did not write it down
  const mailingOf = connection.db.prepare<[number], number>('select mailing_id from messages where id = ?').pluck()
  const registered = connection.db.prepare('select 1 from workers where id = ?')
  const mayWork = (workerId: number, isDead: boolean): boolean => !isDead && registered.get(workerId) !== undefined
  return async (workerId, isDead, settlements) => {
    if (mayWork(workerId, isDead)) return null
    if (settlements.length === 0) return 0
    return connection.write(() => {
      if (mayWork(workerId, isDead)) return null
      const counts = openCounts(connection.db)
      const known = settlements.map((each) => ({ ...each, mailingId: mailingOf.get(each.id) ?? 0 }))
      const count = settleRows(workerId, known, counts)
      counts.write()
      return count
    })
  }
}
