// Before a migration: workers of an older program at work. They would go on with what they know, in a file that is not theirs
// any more: count wrongly, and send to whom the newer program has blocked.
import type { Database } from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { Fixable } from '../../domain/errors.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { Worker } from '../worker-store.ts'
import { workersOfAnySchema } from './workers.ts'

/** A pass of cron is over by then; a daemon does not end by itself. */
const PATIENCE_MS = 10_000
const LOOK_AGAIN_MS = 200

/** Whoever is registered in a file that is to be migrated knows its schema, or an older one: none of them may be at work. */
export const untilOlderGone = async (
  db: Database,
  { file, known, clock }: { readonly file: string; readonly known: number; readonly clock: Clock },
  mayLive: (worker: Worker) => boolean,
): Promise<void> => {
  const began = clock.monotonic()
  for (;;) {
    const living = workersOfAnySchema(db).filter((worker) => worker.schema < known && mayLive(worker))
    if (living.length === 0) return
    if (clock.monotonic() - began > PATIENCE_MS) throw stillAtWork(file, living)
    await clock.sleep(LOOK_AGAIN_MS)
  }
}

const stillAtWork = (file: string, living: readonly Worker[]): Fixable => {
  const named = living.slice(0, 5).map(({ kind, pid, host, startedAt }) => {
    return `${kind} (process ${pid} on ${host.replace(/#.*/, '')}, since ${isoUtc(startedAt)})`
  })
  return new Fixable(
    'busy',
    `${file} is of an older schema, and an older notify works on it: ${named.join(', ')}`,
    'Stop it; then run the command again, and start the newer notify. Nothing was changed.',
  )
}
