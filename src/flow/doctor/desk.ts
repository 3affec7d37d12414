// What a check-up is handed: ways to look, each of which may find nothing to look at.
import type { Clock } from '../../clock.ts'
import type { PartOfSomebody } from '../../files/part-names.ts'
import type { Probe } from '../../gateway/gateway.ts'
import type { Examine } from '../../store/examination-store.ts'
import type { Store } from '../../store/store.ts'
import type { Witness } from '../../worker-identity.ts'
import type { GatewayPlan } from '../gateways.ts'

export interface DeskConfig {
  /** The file that was read; null: none. */
  readonly file: string | null
  readonly gateways: Readonly<Record<string, GatewayPlan>>
  /** Files that others can read or change and should not: a sentence each, with what to do after a colon. */
  readonly exposed: readonly string[]
}

/** What a configuration opens the way to. */
export interface DeskPlaces {
  readonly config: DeskConfig
  readonly operatorZone: string
  readonly examine: Examine
  /** Only where `examine` found it sound: it is neither made nor migrated then. */
  openStore(): Promise<Store>
  probe(gateway: string): Promise<Probe>
  /** Files that somebody began to write, in the folders that are known here: by the database, the configuration, this one. */
  unfinished(): readonly PartOfSomebody[]
}

export interface Desk {
  readonly clock: Clock
  readonly witness: Witness
  readonly node: string
  readonly tz: string | null
  /** Fails with Fixable('config') when the configuration cannot be used. */
  places(): Promise<DeskPlaces>
}

export interface CheckUpOptions {
  /** Every page and index of the database, not the quick check. */
  readonly full: boolean
  /** Counts that are not those of the rows are made so; a file that may hold what was deleted is written anew. */
  readonly fix: boolean
}
