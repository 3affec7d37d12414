// An operator stops a mailing, lets it go on, or ends it: which state allows what.
import { Fixable } from '../domain/errors.ts'
import type { Mailing, MailingState } from '../domain/mailing.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { rowsAtWork } from './rows-at-work.ts'

interface Powers {
  readonly store: Pick<Store, 'pauseMailing' | 'resumeMailing' | 'cancelMailing' | 'findMailing' | 'rowWriter'>
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
  await allow(store, mailing, 'paused', ['active', 'paused'])
  const rows = await store.pauseMailing(mailing.id, by)
  return after(store, mailing, ['paused', 'paused'], rows)
}

/** paused -> active: what became due meanwhile leaves at once while the mailing's hours are open, else at the next `at`. */
export const resumeMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Steered> => {
  await allow(store, mailing, 'resumed', ['paused', 'active'])
  const rows = await store.resumeMailing(mailing.id, by)
  return after(store, mailing, ['active', 'resumed'], rows)
}

/** Ends it for ever. Once more on a cancelled one finishes what an interrupted cancel left over. */
export const cancelMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Steered> => {
  await allowCancel({ store }, mailing)
  const rows = await store.cancelMailing(mailing.id, by)
  const steered = await after(store, mailing, ['cancelled', 'cancelled'], rows)
  return { ...steered, changed: steered.changed || rows > 0 }
}

/** Fixable('state') where cancelMailing would refuse. */
export const allowCancel = ({ store }: { readonly store: Pick<Store, 'rowWriter'> }, mailing: Mailing): Promise<void> =>
  allow(store, mailing, 'cancelled', ['proposed', 'active', 'paused', 'cancelled'])

const allow = async (
  store: Pick<Store, 'rowWriter'>,
  mailing: Mailing,
  done: string,
  states: readonly MailingState[],
): Promise<void> => {
  const { id, name, state } = mailing
  if (states.includes(state)) return
  if (state === 'planning') throw await rowsAtWork(store, mailing, done)
  throw new Fixable('state', `mailing ${id} "${name}" is ${state}: it cannot be ${done}`, WHY[state])
}

const WHY: Readonly<Partial<Record<MailingState, string>>> = {
  proposed: 'It waits for a second person: notify mailings approve.',
  cancelled: 'A cancelled mailing stays cancelled: schedule a new one.',
  done: 'Nothing of it waits any more: see notify stats.',
}

const after = async (
  store: Powers['store'],
  before: Mailing,
  [state, done]: readonly [MailingState, string],
  rows: number,
): Promise<Steered> => {
  const mailing = (await store.findMailing(before.id)) ?? before
  if (mailing.state === 'planning') throw await rowsAtWork(store, mailing, done)
  if (mailing.state !== state) {
    throw new Fixable(
      'state',
      `mailing ${before.id} "${before.name}" is ${mailing.state} meanwhile: somebody else changed it`,
    )
  }
  return { mailing, changed: before.state !== state, rows }
}
