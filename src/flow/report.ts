// How one day of the operator went, as data: what was settled, what waits for the next day, what is in trouble, who did what.
import { addDays } from '../domain/local-time.ts'
import { sendInstant } from '../domain/send-time.ts'
import type { AuditRow, SettledOnDay, WaitingMailing } from '../store/answer-store.ts'
import type { Hold } from '../store/gateway-store.ts'
import type { Store } from '../store/store.ts'
import { type GatewayPlan, type GatewayReport, reportGateways } from './gateways.ts'

export interface DayReport {
  readonly on: string
  readonly zone: string
  readonly settled: readonly SettledOnDay[]
  /** What waits now; `due`: on the day after. */
  readonly waiting: readonly WaitingMailing[]
  /** Gateways that are not simply up, as they are now. */
  readonly troubled: readonly GatewayReport[]
  readonly hold: Hold | null
  readonly acts: readonly AuditRow[]
  readonly book: { readonly recipients: number; readonly unsubscribed: number }
}

interface Powers {
  readonly store: Pick<
    Store,
    | 'settledBetween'
    | 'waitingMailings'
    | 'actsBetween'
    | 'countBook'
    | 'readHold'
    | 'listGateways'
    | 'countByGateway'
    | 'listTroubles'
  >
  readonly plans: Readonly<Record<string, GatewayPlan>>
}

const MOST_ACTS = 100

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
    hold: await store.readHold(),
    acts: await store.actsBetween(midnight(0), midnight(1), MOST_ACTS),
    book: await store.countBook(),
  }
}
