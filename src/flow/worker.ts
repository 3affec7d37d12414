// A process at work: registered while it lasts, so that others see it; first it clears up after those that died.
import { Fixable } from '../domain/errors.ts'
import type { Worker, WorkerIdentity } from '../store/worker-store.ts'
import type { SendingPowers } from './powers.ts'
import { rollBack } from './roll-back.ts'

const BEAT_MS = 10_000
/** A worker on another host proves nothing: this long without a beat, and it counts as gone. */
const STALE_MS = 60_000

type WorkerPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>

/** Runs `body` as a registered worker; the registration goes with it, however it ends. */
export const asWorker = async <T>(
  powers: WorkerPowers,
  kind: WorkerIdentity['kind'],
  body: (workerId: number) => Promise<T>,
): Promise<T> => {
  const { store, clock, witness } = powers
  await clearUp(powers)
  const workerId = await store.addWorker(witness.self(kind), clock.now())
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
    await store.beat(workerId, clock.now())
  }
}

/** Rows of workers that are provably dead become due again; mailings whose planning they left unfinished are taken back. */
export const clearUp = async ({ store, clock, log, witness }: WorkerPowers): Promise<void> => {
  const dead = (await store.listWorkers()).filter((worker) => witness.isDead(worker))
  for (const mailing of await store.abandonedMailings(dead.map((worker) => worker.id))) {
    await rollBack(store, mailing)
    log({ event: 'schedule-rolled-back', mailing: mailing.name })
  }
  for (const worker of dead) {
    const count = await store.releaseRowsOf(worker.id, clock.now())
    if (count > 0) log({ event: 'rows-rescued', workerId: worker.id, count })
    await store.removeWorker(worker.id)
  }
}

/** A process that sends from this store, if one lives: not provably dead, and seen within a minute. */
export const livingSender = async ({ store, clock, witness }: WorkerPowers): Promise<Worker | undefined> =>
  (await store.listWorkers()).find(
    (worker) => worker.kind !== 'schedule' && !witness.isDead(worker) && clock.now() - worker.seenAt < STALE_MS,
  )

/** Two daemons on one file only take rows from each other: the second is refused unless asked for. */
export const refuseSecondDaemon = async ({ store, witness }: WorkerPowers): Promise<void> => {
  const { host } = witness.self('daemon')
  const daemon = (await store.listWorkers()).find((w) => w.kind === 'daemon' && w.host === host && !witness.isDead(w))
  if (daemon === undefined) return
  throw new Fixable(
    'failed',
    `a daemon works on this database already (process ${daemon.pid})`,
    'Stop it first, or say --allow-many.',
  )
}
