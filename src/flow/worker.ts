// A process at work: registered while it lasts, so that others see it; first it clears up after those that died.
import { Fixable } from '../domain/errors.ts'
import type { Worker, WorkerIdentity } from '../store/worker-store.ts'
import { replayOutcomes } from './keep-outcomes.ts'
import type { SendingPowers } from './powers.ts'
import { rollBack } from './roll-back.ts'

const BEAT_MS = 10_000
/** A row whose worker is gone without proof comes back after this, or after four attempts' time where that is longer. */
export const LEASE_MS = 60_000
/** A worker on another host proves nothing: this long without a beat, and it counts as gone. */
const STALE_MS = 60_000
/** Where nothing can be proved, one without a beat is given up long after every lease has ended. */
const GONE_MS = 600_000

type WorkerPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>

/**
 * Runs `body` as a registered worker. The registration goes with it, however it ends, unless rows are still in its hand:
 * then the next process finds it dead and takes them over.
 */
export const asWorker = async <T>(
  powers: WorkerPowers,
  kind: WorkerIdentity['kind'],
  body: (workerId: number) => Promise<T>,
): Promise<T> => {
  const { store, clock, witness } = powers
  await clearUp(powers)
  const workerId = await store.addWorker(witness.self(kind), { at: clock.now(), mono: clock.monotonic() })
  const ended = new AbortController()
  const beating = beat(powers, workerId, ended.signal)
  try {
    return await body(workerId)
  } finally {
    ended.abort()
    await beating
    await store.removeWorker(workerId)
  }
}

const beat = async ({ store, clock }: WorkerPowers, workerId: number, ended: AbortSignal): Promise<void> => {
  for (;;) {
    await clock.sleep(BEAT_MS, ended)
    if (ended.aborted) return
    await store.beat(workerId, { at: clock.now(), mono: clock.monotonic() }).catch(() => undefined) // one beat missed tells nobody anything
  }
}

/**
 * Rows of workers that are provably dead become due again; mailings whose planning they left
 * unfinished are taken back, those whose edit they left unfinished are edited to the end. Returns how many rows.
 */
export const clearUp = async ({ store, clock, log, witness }: WorkerPowers): Promise<number> => {
  const isUnseen = (worker: Worker): boolean =>
    !witness.canTell(worker) && silence({ clock, witness }, worker) > GONE_MS
  const isGone = (worker: Worker): boolean => witness.isDead(worker) || isUnseen(worker)
  const dead = (await store.listWorkers()).filter(isGone)
  for (const { mailing, edit } of await store.abandonedMailings(dead.map((worker) => worker.id))) {
    if (edit === null) {
      await rollBack(store, mailing)
      log({ event: 'schedule-rolled-back', mailing: mailing.id, name: mailing.name })
    } else {
      const { finishEdit } = await import('./finish-edit.ts') // luxon is not for a pass with nothing due
      await finishEdit(store, mailing, edit)
      log({ event: 'edit-finished', mailing: mailing.id, name: mailing.name })
    }
  }
  await replayOutcomes(
    { store, log },
    dead.map((worker) => worker.id),
  )
  let rescued = 0
  for (const worker of dead) {
    const count = await store.buryWorker(worker.id, clock.now())
    if (count > 0) log({ event: 'rows-rescued', worker: worker.id, count })
    rescued += count
  }
  return rescued
}

/**
 * Proof that a worker is at work: its process lives, and it has beaten within a lease on the clock that nobody sets. One that
 * hangs or was stopped for longer loses its rows although it lives.
 */
export const isAlive = (
  { store, clock, witness }: Pick<WorkerPowers, 'store' | 'clock' | 'witness'>,
  worker: Worker,
): boolean =>
  isOfThisBoot(witness, worker) &&
  !witness.isDead(worker) &&
  worker.seenMono !== null &&
  clock.monotonic() - Math.max(worker.seenMono, store.writableSince()) < LEASE_MS

/** Then its beats are on the same monotonic clock, also where its process cannot be looked at: in another container. */
const isOfThisBoot = (witness: WorkerPowers['witness'], worker: Worker): boolean =>
  worker.bootId === witness.self('daemon').bootId

/** How long it has not beaten: on the clock that nobody sets, where that can be told. */
const silence = ({ clock, witness }: Pick<WorkerPowers, 'clock' | 'witness'>, worker: Worker): number =>
  worker.seenMono !== null && isOfThisBoot(witness, worker)
    ? clock.monotonic() - worker.seenMono
    : Math.abs(clock.now() - worker.seenAt)

/** A process that sends from this store, if one lives. */
export const livingSender = async (powers: WorkerPowers): Promise<Worker | undefined> =>
  (await livingSenders(powers))[0]

/** Not provably dead, and seen within a minute: by the monotonic clock where it is of this host. */
const livingSenders = async ({ store, clock, witness }: WorkerPowers): Promise<readonly Worker[]> =>
  (await store.listWorkers()).filter(
    (worker) =>
      worker.kind !== 'schedule' &&
      (witness.canTell(worker)
        ? isAlive({ store, clock, witness }, worker)
        : silence({ clock, witness }, worker) < STALE_MS),
  )

/** Two daemons on one file only take rows from each other: the second is refused unless asked for. */
export const refuseSecondDaemon = async (powers: WorkerPowers): Promise<void> => {
  const { host } = powers.witness.self('daemon')
  const daemon = (await livingSenders(powers)).find((worker) => worker.kind === 'daemon' && worker.host === host)
  if (daemon === undefined) return
  throw new Fixable(
    'failed',
    `a daemon works on this database already (process ${daemon.pid})`,
    'Stop it first, or say --allow-many.',
  )
}
