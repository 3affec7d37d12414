// A backup comes into the place of the database: held, and with everything in doubt that may have been sent since it was made.

import type { Clock } from '../clock.ts'
import { whyTooEarly } from '../domain/clock-jump.ts'
import { Fixable } from '../domain/errors.ts'
import type { Replaced, Restore, StagedBackup } from '../store/installation-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { mayLive, type Witness } from '../worker-identity.ts'
import { rollBack } from './roll-back.ts'

export interface RestorePowers {
  readonly restore: Restore
  readonly clock: Clock
  readonly witness: Witness
}

export interface Prepared {
  readonly staged: StagedBackup
  /** Names of mailings that were being scheduled when it was made: they are taken back. */
  readonly unfinished: readonly string[]
}

/** Checks the place and the backup; nothing in place is changed. Whoever gets it puts it in place or discards it. */
export const prepareRestore = async (powers: RestorePowers, backup: string): Promise<Prepared> => {
  const living = (await powers.restore.workersInPlace()).find((worker) => mayLive(powers, worker))
  if (living !== undefined) {
    throw new Fixable(
      'state',
      `${powers.restore.location} is in use: process ${living.pid} (${living.kind}) works on it`,
      'Stop the daemon and cron, then restore again.',
    )
  }
  const staged = await powers.restore.stage(backup)
  try {
    if (staged.isDated) refuseTooEarly(powers.clock.now(), staged.madeAt)
    const unfinished = await staged.store.listMailings({ states: ['planning'] })
    return { staged, unfinished: unfinished.map(({ name }) => name) }
  } catch (error) {
    await staged.discard()
    throw error
  }
}

/** By a clock that is behind, what was due since the backup would not be in doubt, and would be sent a second time. */
const refuseTooEarly = (now: number, madeAt: number): void => {
  const why = whyTooEarly(now, madeAt)
  if (why === null) return
  throw new Fixable(
    'state',
    why,
    'Set it (date), then restore again. Where it is right, that of the backup was ahead: without its .json the newest thing in it counts.',
  )
}

export interface InPlace extends Replaced {
  /** Messages that may have been sent since the backup. */
  readonly inDoubt: number
}

export const putInPlace = async ({ staged }: Pick<Prepared, 'staged'>, by: OperatorAct): Promise<InPlace> => {
  let inDoubt = 0
  const replaced = await staged.putInPlace(async (store) => {
    await takeBackUnfinished(store)
    inDoubt = await store.markRestored(staged.madeAt, by)
  })
  return { ...replaced, inDoubt }
}

/** Whoever planned them is gone. */
const takeBackUnfinished = async (store: Store): Promise<void> => {
  for (const mailing of await store.listMailings({ states: ['planning'] })) await rollBack(store, mailing)
}
