// An operator sends once more to those who did not get it. What the gateway accepted is never sent again.
import { Fixable } from '../domain/errors.ts'
import type { Mailing, MailingState } from '../domain/mailing.ts'
import type { TroubleState } from '../domain/message.ts'
import type { KeyRules } from '../domain/outcome.ts'
import { endAfterRetry, fateOf, type RetryWish } from '../domain/retry.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { RetryAct, RetryCounts, RetryRequest } from '../store/retry-store.ts'
import type { Store } from '../store/store.ts'
import type { SendingPowers } from './powers.ts'
import { ROWS_AT_WORK } from './rows-at-work.ts'

type Powers = Pick<SendingPowers, 'gateway' | 'clock'> & {
  readonly store: Pick<Store, 'countRetry' | 'retryMessages' | 'findMailing'>
}

export interface RetryOrder extends RetryWish, Pick<RetryRequest, 'states' | 'to' | 'limit'> {
  /** When the mailing is to end; null: in three days at the earliest. */
  readonly expiresAt: number | null
}

/** What a retry will do, before it does it. */
export interface PlannedRetry {
  readonly mailing: Mailing
  readonly counts: RetryCounts
  readonly rules: KeyRules
  readonly request: RetryRequest
  readonly act: RetryAct
}

/** Writes nothing. Fixable('state') where nothing of the mailing may leave any more, or yet. */
export const planRetry = async (
  { store, gateway, clock }: Powers,
  mailing: Mailing,
  order: RetryOrder,
  by: OperatorAct,
): Promise<PlannedRetry> => {
  allowRetry(mailing)
  const rules = await gateway(mailing.gateway)
  const { states, to, limit, error, asNew } = order
  const request: RetryRequest = {
    mailingId: mailing.id,
    states,
    to,
    limit,
    decide: (row) => fateOf(row, order, by.at, rules),
    settledBy: by.at,
    now: () => clock.now(),
  }
  const expiresAt = endAfterRetry(mailing, order.expiresAt, by.at)
  const detail = {
    states,
    ...(error === null ? {} : { error }),
    ...(to === null ? {} : { toOneAddress: true }),
    ...(asNew ? { asNew } : {}),
    ...(mailing.state === 'done' ? { state: ['done', 'active'] } : {}),
    ...(expiresAt === mailing.expiresAt ? {} : { expiresAt: [mailing.expiresAt, expiresAt] }),
  }
  return { mailing, counts: await store.countRetry(request), rules, request, act: { ...by, expiresAt, detail } }
}

export interface Retried {
  /** As it is afterwards. */
  readonly mailing: Mailing
  readonly counts: RetryCounts
}

/** Does it. Stopped, it has done a part, and says so. */
export const retry = async ({ store }: Powers, planned: PlannedRetry, stop: AbortSignal): Promise<Retried> => {
  const { mailing, request, act } = planned
  const counts = await store.retryMessages(request, act, stop)
  if (stop.aborted) {
    const done = retriedOf(counts)
    throw new Fixable('interrupted', `stopped: ${done} messages will be sent once more, the rest stays as it was`)
  }
  return { mailing: (await store.findMailing(mailing.id)) ?? mailing, counts }
}

export const retriedOf = ({ byState }: RetryCounts): number => byState.failed + byState.unknown + byState.expired

/** Of these, how many may be a second effect for whoever has got it already. */
export const perhapsTwice = ({ counts, rules }: Pick<PlannedRetry, 'counts' | 'rules'>): number =>
  counts.byFate.renew + (rules.honoursKey ? 0 : counts.byFate.repeat)

/** Without a wish: those that were refused for ever. */
export const USUAL_STATES: readonly TroubleState[] = ['failed']

const allowRetry = ({ id, name, state }: Mailing): void => {
  const why = WHY[state]
  if (why !== undefined)
    throw new Fixable('state', `mailing ${id} "${name}" is ${state}: nothing of it is retried`, why)
}

const WHY: Readonly<Partial<Record<MailingState, string>>> = {
  planning: ROWS_AT_WORK,
  proposed: 'Nothing of it has left yet: it waits for notify mailings approve.',
  cancelled: 'A cancelled mailing stays cancelled: notify mailings clone makes a new one of it.',
}
