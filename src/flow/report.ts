// How one day of the operator went, as data: what was settled, what waits for the next day, what is in trouble, who did what.
import { addDays } from '../domain/local-time.ts'
import { sendInstant } from '../domain/send-time.ts'
import type { AuditRow, Scheduled, SettledOnDay, WaitingMailing } from '../store/answer-store.ts'
import type { Hold } from '../store/gateway-store.ts'
import type { Store } from '../store/store.ts'
import { type GatewayPlan, type GatewayReport, reportGateways } from './gateways.ts'
import { type ToldTrouble, tellTroubles } from './mailing-troubles.ts'
import { detailOf, type StoryEvent } from './story.ts'

export interface DayReport {
  readonly on: string
  readonly zone: string
  readonly settled: readonly SettledOnDay[]
  /** What waits now; `due`: on the day after. */
  readonly waiting: readonly WaitingMailing[]
  /** Gateways that are not simply up, as they are now. */
  readonly troubled: readonly GatewayReport[]
  /** What stands in mailings now. */
  readonly mailings: readonly ToldTrouble[]
  readonly hold: Hold | null
  readonly acts: readonly DayAct[]
  readonly book: { readonly recipients: number; readonly unsubscribed: number }
}

export interface DayAct
  extends Pick<AuditRow, 'at' | 'what' | 'mailingId' | 'why'>,
    Pick<StoryEvent, 'who' | 'detail'> {}

interface Powers {
  readonly store: Pick<
    Store,
    | 'settledBetween'
    | 'waitingMailings'
    | 'actsBetween'
    | 'scheduledBetween'
    | 'countBook'
    | 'readHold'
    | 'listGateways'
    | 'countByGateway'
    | 'listTroubles'
    | 'mailingTroubles'
    | 'commonestReason'
  >
  readonly plans: Readonly<Record<string, GatewayPlan>>
}

const MOST_ACTS = 100
const MOST_TROUBLES = 20

/** The day from midnight to midnight on the clock of the zone. */
export const reportDay = async (
  { store, plans }: Powers,
  on: string,
  zone: string,
  now: number,
): Promise<DayReport> => {
  const midnight = (days: number): number => sendInstant(addDays(on, days), '00:00', zone).at
  const gateways = await reportGateways({ store }, plans, now)
  return {
    on,
    zone,
    settled: await store.settledBetween(midnight(0), midnight(1)),
    waiting: await store.waitingMailings(midnight(1), midnight(2)),
    troubled: gateways.filter(
      ({ state, waiting, isStalled }) => isStalled || (state !== 'up' && (waiting > 0 || state === 'paused')),
    ),
    mailings: await tellTroubles(store, now, MOST_TROUBLES),
    hold: await store.readHold(),
    acts: withScheduled(
      (await store.actsBetween(midnight(0), midnight(1), MOST_ACTS)).map((act) =>
        Object.assign(act, { detail: detailOf(act.detail) }),
      ),
      await store.scheduledBetween(midnight(0), midnight(1), MOST_ACTS),
    ).slice(0, MOST_ACTS),
    book: await store.countBook(),
  }
}

/** Acts stay in the order in which they were done; a mailing comes at the end of its minute, but before anything done to it. */
const withScheduled = (acts: readonly DayAct[], scheduled: readonly Scheduled[]): readonly DayAct[] => {
  const all = [...acts]
  const minute = (at: number): number => Math.floor(at / 60_000)
  for (const { id, at, who } of scheduled) {
    const own = all.findIndex(({ mailingId }) => mailingId === id)
    const after = all.findLastIndex((act) => minute(act.at) <= minute(at)) + 1
    const act = { at, who, what: 'mailing scheduled', mailingId: id, why: null, detail: null }
    all.splice(own === -1 ? after : Math.min(own, after), 0, act)
  }
  return all
}
