// Gateways and the installation as a whole: what may be sent at all, shared by every process.
import type { GatewayHealth } from '../domain/gateway-health.ts'
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

/** What a process read at one moment; `sinceBoot` means something within one boot. */
export interface ClockReading {
  readonly bootId: string
  readonly wall: number
  readonly sinceBoot: number
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
  noteClock(reading: ClockReading): Promise<void>
}
