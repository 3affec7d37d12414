// Around the sending of one worker: patience with the database, room for its outcomes, and what dead workers left behind.
import type { Patience } from '../store/outcome-store.ts'
import type { SendingPowers } from './powers.ts'

/** A pass of cron: the next one comes in a minute. */
const PASS: Patience = { lockedMs: 60_000, fullMs: 10_000 }
/** A daemon outlives it. */
const DAEMON: Patience = { lockedMs: Number.POSITIVE_INFINITY, fullMs: Number.POSITIVE_INFINITY }
/** The time to finish is over: one attempt more, and what cannot be written is kept beside the database. */
const NONE: Patience = { lockedMs: 0, fullMs: 0 }

export interface SendingWorker {
  readonly workerId: number
  readonly kind: 'run-due' | 'daemon'
  /** Aborts when the time to finish is over. */
  readonly abort: AbortSignal
}

/** Runs `body`, which sends, so that its outcomes survive a database that is locked, full or broken when they come. */
export const keepingOutcomes = async <T>(
  { store }: Pick<SendingPowers, 'store'>,
  { workerId, kind, abort }: SendingWorker,
  body: () => Promise<T>,
): Promise<T> => {
  const giveUp = (): void => store.setPatience(NONE)
  store.setPatience(kind === 'daemon' ? DAEMON : PASS)
  if (abort.aborted) giveUp()
  else abort.addEventListener('abort', giveUp)
  await store.reserveJournal(workerId)
  try {
    return await body()
  } finally {
    abort.removeEventListener('abort', giveUp)
    if (!abort.aborted) store.setPatience(PASS) // what is left to do is no reason to stay for ever
    await store.closeJournal(workerId)
  }
}

/** Writes down what dead workers kept. Before their rows are given to others: afterwards it would come too late. */
export const replayOutcomes = async (
  { store, log }: Pick<SendingPowers, 'store' | 'log'>,
  dead: readonly number[],
): Promise<void> => {
  const { replayed, foreign, refused } = await store.replayOutcomes(dead)
  for (const { workerId, count } of replayed) log({ event: 'outcomes-replayed', worker: workerId, count })
  for (const file of foreign) {
    const reason = `${file} is of another installation, or damaged: it is left as it is`
    log({ event: 'outcomes-kept', worker: 0, count: 0, reason })
  }
  for (const { says, hint } of refused) log({ event: 'outcomes-kept', worker: 0, count: 0, reason: `${says}. ${hint}` })
}
