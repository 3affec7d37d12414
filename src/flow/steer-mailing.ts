// An operator stops a mailing, lets it go on, or ends it: which state allows what.
import { Fixable } from '../domain/errors.ts'
import type { Mailing, MailingState } from '../domain/mailing.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'

interface Powers {
  readonly store: Pick<Store, 'pauseMailing' | 'resumeMailing' | 'cancelMailing' | 'findMailing'>
}

export interface Steered {
  /** As it is afterwards. */
  readonly mailing: Mailing
  /** False: it was so already. */
  readonly changed: boolean
  /** Messages held back, going on, or cancelled. */
  readonly rows: number
}

/** active -> paused. What is in hand finishes. Fixable('state') where there is nothing to pause. */
export const pauseMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Steered> => {
  allow(mailing, 'paused', ['active', 'paused'])
  const rows = await store.pauseMailing(mailing.id, by)
  return after(store, mailing, 'paused', rows)
}

/** paused -> active: what became due meanwhile leaves at once while the mailing's hours are open, else at the next `at`. */
export const resumeMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Steered> => {
  allow(mailing, 'resumed', ['paused', 'active'])
  const rows = await store.resumeMailing(mailing.id, by)
  return after(store, mailing, 'active', rows)
}

/** Ends it for ever. Once more on a cancelled one finishes what an interrupted cancel left over. */
export const cancelMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Steered> => {
  allowCancel(mailing)
  const rows = await store.cancelMailing(mailing.id, by)
  const steered = await after(store, mailing, 'cancelled', rows)
  return { ...steered, changed: steered.changed || rows > 0 }
}

/** Fixable('state') where cancelMailing would refuse. */
export const allowCancel = (mailing: Mailing): void =>
  allow(mailing, 'cancelled', ['proposed', 'active', 'paused', 'cancelled'])

const allow = (mailing: Mailing, done: string, states: readonly MailingState[]): void => {
  if (states.includes(mailing.state)) return
  throw new Fixable(
    'state',
    `mailing ${mailing.id} "${mailing.name}" is ${mailing.state}: it cannot be ${done}`,
    WHY[mailing.state],
  )
}

const WHY: Readonly<Partial<Record<MailingState, string>>> = {
  planning: 'It is still being written: wait, or end that `notify schedule` with Ctrl-C, which takes it back.',
  proposed: 'It waits for a second person: notify mailings approve.',
  cancelled: 'A cancelled mailing stays cancelled: schedule a new one.',
  done: 'Nothing of it waits any more: see notify stats.',
}

const after = async (store: Powers['store'], before: Mailing, state: MailingState, rows: number): Promise<Steered> => {
  const mailing = (await store.findMailing(before.id)) ?? before
  if (mailing.state !== state) {
    throw new Fixable(
      'state',
      `mailing ${before.id} "${before.name}" is ${mailing.state} meanwhile: somebody else changed it`,
    )
  }
  return { mailing, changed: before.state !== state, rows }
}
