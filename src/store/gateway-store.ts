// Gateways and the installation as a whole: what may be sent at all, shared by every process.
import type { ClockReading } from '../domain/clock-jump.ts'
import type { GatewayHealth } from '../domain/gateway-health.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { WaitingRow } from '../domain/set-back.ts'
import type { OperatorAct } from './mailing-store.ts'

/** Everything is held: nothing is claimed, nothing leaves, by any process. */
export interface Hold {
  readonly at: number
  readonly by: string
  readonly why: string | null
}

/** What may leave through one gateway, read in one statement: at most so old as it is looked at. */
export interface Leave {
  /** Not null: nothing may leave at all. */
  readonly hold: Hold | null
  readonly health: GatewayHealth
  /** Mailings of this gateway that are neither paused nor cancelled. */
  readonly mailings: ReadonlySet<number>
  /** Another number: the address book, or who is blocked, has changed. */
  readonly bookMark: number
}

/** Messages of one gateway that still want attention. */
export interface GatewayCounts {
  readonly name: string
  /** Of active mailings, nobody has them in hand: now due, and all. */
  readonly due: number
  readonly waiting: number
  /** Of all mailings, in a worker's hand. */
  readonly inHand: number
}

/** How to mend what was written by a clock that was ahead. */
export interface ClockMend {
  /** By the clock that is right. */
  readonly now: number
  /** So far it was ahead. */
  readonly byMs: number
  /** What may have been taken later than this was noted by the other clock. */
  readonly doubtedAfter: number
  /** Pure: when a row that waits is due. */
  readonly dueAt: (row: WaitingRow, mailing: Mailing) => number
}

export interface GatewayStore {
  whatMayLeave(gateway: string): Promise<Leave>
  /** Of every gateway that has a row: once used, paused or in trouble. */
  listGateways(): Promise<readonly GatewayHealth[]>
  /** Of every gateway that an active mailing uses, or that a message is in hand for. */
  countByGateway(now: number): Promise<readonly GatewayCounts[]>
  /** Reads, decides (pure) and writes in one transaction, with an audit row where `act` says what an operator did. */
  changeGateway(
    name: string,
    decide: (health: GatewayHealth) => GatewayHealth,
    act?: OperatorAct & { readonly what: string },
  ): Promise<GatewayHealth>
  /** Holds everything, with an audit row; held already: stays as it is. Returns what holds. */
  hold(by: OperatorAct): Promise<Hold>
  /** Lets everything go on, with an audit row; the file that is open is the one that sends from now on. */
  release(by: OperatorAct): Promise<void>
  readHold(): Promise<Hold | null>
  lastClock(): Promise<ClockReading | null>
  /** False: another process noted one since `before` was read, and nothing is written; undefined: whatever is noted. */
  noteClock(reading: ClockReading, before?: ClockReading | null): Promise<boolean>
  /** When an operator last did something, as far as it can be told by a few reads; null: nobody has. */
  newestAct(): Promise<number | null>
  /** In turns: nothing has happened later than now, and no row waits longer than `dueAt` says. Done twice, it changes little. */
  mendSetBack(mend: ClockMend): Promise<void>
}
