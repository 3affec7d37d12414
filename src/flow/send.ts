// What becomes of one task: delivered and settled, or handed back untouched. Never throws for what a gateway says.
import { setMaxListeners } from 'node:events'
import type { Settlement } from '../domain/message.ts'
import { decideOutcome, handBack, type Reply, type Situation } from '../domain/outcome.ts'
import { failPoint } from '../fail-point.ts'
import { deliver } from './deliver.ts'
import type { DrainJob } from './drain.ts'
import type { Health } from './health.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import type { Refusals } from './refusals.ts'
import { openRetryBudget } from './retry-budget.ts'
import type { Settler } from './settler.ts'
import type { Steering } from './steering.ts'
import { mayLeave, type Task } from './task.ts'

export interface SendingParts {
  readonly settler: Settler
  readonly health: Health
  readonly refusals: Refusals
  readonly steering: Steering
  /** Counted up with each message that is sent, whatever comes of it. */
  readonly tries: { made: number }
}

type Signals = StopSignals & { readonly isHalted: () => boolean }

export const sender = (
  powers: SendingPowers,
  job: DrainJob,
  parts: SendingParts,
  signals: Signals,
): ((task: Task) => Promise<void>) => {
  const { store, clock } = powers
  const { gateway, tally } = job
  const { settler, health, steering } = parts
  const budget = openRetryBudget()
  const maySend = permission(powers, parts, signals)
  const mayBegin = permissionAnew(parts, maySend)
  const giveBack = givingBack(powers, parts)
  setMaxListeners(0, signals.stop, signals.abort) // everything that waits for its turn, or for a quick try, listens
  /** A quick try: never of a probe, which is one request; never beside a rate, which it would exceed. */
  const mayTryAgain = async (task: Task): Promise<boolean> =>
    !task.isProbe && gateway.ratePerSecond === null && (await mayBegin(task)) && budget.spend()

  return async (task) => {
    if (task.leavesAt > clock.monotonic() || settler.hindrance() !== undefined || steering.isStale()) {
      await itsTurn(powers, parts, task, signals.stop)
    }
    if (!maySend(task)) return giveBack(task)
    budget.earn()
    parts.tries.made += 1
    const began = clock.monotonic()
    failPoint('before-write', task.message.id)
    const may = { begin: () => mayBegin(task), tryAgain: () => mayTryAgain(task) }
    const said = await deliver(gateway, task.message, store.installationId, may, signals.abort)
    failPoint('after-answer', task.message.id)
    if (said.kind === 'unavailable' && said.untried === true) return giveBack(task)
    const reply = health.judge(said, task)
    const settlement = decideOutcome(reply, task.message, situationOf(powers, job, task, reply, health))
    tally.settlement(settlement)
    settler.add(settlement)
    tell(powers, job, task, settlement, clock.monotonic() - began)
    const consequence = signals.abort.aborted ? undefined : consequenceOf(parts, reply, task)
    if (consequence !== undefined) await consequence
  }
}

/** Untouched, and due at once. */
const givingBack =
  ({ clock }: SendingPowers, { settler, health }: SendingParts) =>
  ({ message, isProbe }: Task): Promise<void> | undefined => {
    settler.add(handBack(message, clock.now()))
    return isProbe ? health.giveUpProbe() : undefined
  }

const situationOf = (
  { clock }: SendingPowers,
  { gateway }: DrainJob,
  task: Task,
  reply: Reply,
  health: Health,
): Situation => ({
  now: clock.now(),
  random: clock.random(),
  gateway,
  mailing: task.mailing,
  isProbe: task.isProbe,
  isToBlame: reply.kind !== 'accepted' && health.blames(reply, task),
})

/** For the gateway, and for the mailing. What we broke off ourselves has none. undefined: nothing to wait for. */
const consequenceOf = ({ health, refusals }: SendingParts, reply: Reply, task: Task): Promise<unknown> | undefined => {
  const [resting, pausing] = [health.note(reply, task), refusals.note(task.mailing, reply)]
  return resting !== undefined && pausing !== undefined ? Promise.all([resting, pausing]) : (resting ?? pausing)
}

/** With a rate, a message has its instant; while the database takes nothing, nothing leaves; what others decided is looked at. */
const itsTurn = async (
  { clock }: SendingPowers,
  { settler, steering }: SendingParts,
  { leavesAt }: Task,
  stop: AbortSignal,
): Promise<void> => {
  const early = leavesAt - clock.monotonic()
  if (early > 0) await clock.sleep(early, stop)
  await settler.hindrance()
  if (steering.isStale()) await steering.look()
}

/** Asked before every try. */
const permission =
  ({ clock }: SendingPowers, { steering, refusals, health }: SendingParts, { isHalted }: Signals) =>
  (task: Task): boolean =>
    !isHalted() &&
    steering.lets(task) &&
    !refusals.hasPaused(task.mailing) &&
    !health.rests() &&
    mayLeave(task, clock.now(), clock.monotonic())

/** The same after a while in which others may have decided something. */
const permissionAnew =
  ({ steering }: Pick<SendingParts, 'steering'>, maySend: (task: Task) => boolean) =>
  async (task: Task): Promise<boolean> => {
    if (steering.isStale()) await steering.look()
    return maySend(task)
  }

/** One line about each attempt: where it went, and what came of it. */
const tell = (
  { log }: SendingPowers,
  { gateway, workerId }: DrainJob,
  { message }: Task,
  { state, reason }: Settlement,
  ms: number,
): void => {
  const event = state === 'sent' || state === 'failed' || state === 'unknown' ? state : 'again'
  const ids = { message: message.id, mailing: message.mailingId, recipient: message.recipientId }
  log({ event, ...ids, worker: workerId, gateway: gateway.name, attempt: message.attempts, ms, reason })
}
