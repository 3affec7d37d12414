// Mailings: planned, released or taken back, found, paused, resumed, cancelled.
import type { AddressKind, Audience, Mailing, MailingState, Plan, Terms } from '../domain/mailing.ts'

export interface MailingDraft {
  readonly uid: string
  readonly name: string
  readonly text: string
  readonly gateway: string
  readonly at: string
  readonly on: string
  readonly until: string
  readonly expiresAt: number
  readonly terms: Terms
  readonly plan: Plan
}

/** Recipients of an audience, counted by what decides their row. */
export interface AudienceGroup {
  /** Own zone, else the district's, else null. */
  readonly zone: string | null
  readonly unsubscribed: boolean
  readonly hasAddress: boolean
  readonly count: number
}

/** How the rows of one zone are to be written: send_at, or skipped with a reason. */
export interface RowRule {
  /** '' stands for recipients without a zone. */
  readonly zone: string
  /** The zone written into the row (differs only for '' with a zone for those without). */
  readonly rowZone: string
  readonly sendAt: number
  readonly skip: string | null
}

export interface MailingStore {
  planAudience(audience: Audience, addressKind: AddressKind): Promise<readonly AudienceGroup[]>
  /** First names (or phones) of recipients of this audience without a zone, for the error message. */
  firstWithoutZone(audience: Audience, limit: number): Promise<readonly string[]>
  /** Adds a mailing in state `planning`; fails with Fixable('state') when the name is taken. */
  addMailing(draft: MailingDraft, plannerId: number, now: number): Promise<Mailing>
  /**
   * Adds the rows of recipients with `after < id`, at most `limit` of them, each once however often it is asked.
   * Returns the last recipient looked at, null when there are no more.
   */
  addMessages(
    mailing: Mailing,
    rules: readonly RowRule[],
    after: number,
    limit: number,
  ): Promise<{ readonly last: number | null; readonly added: number }>
  /** planning -> active, in one write, with the plan as it came out. */
  activateMailing(id: number, plan: Plan): Promise<void>
  /** Takes back an unfinished mailing, at most `limit` rows a call; true when nothing is left of it. */
  rollBackMailing(id: number, limit: number): Promise<boolean>
  /** Mailings in state `planning` whose planner is among these dead workers. */
  abandonedMailings(deadWorkers: readonly number[]): Promise<readonly Mailing[]>
  findMailing(id: number): Promise<Mailing | null>
  /** By number, else by name; of several with one name the one that is not cancelled, else the newest. */
  lookUpMailing(numberOrName: string): Promise<Mailing | null>
  listMailings(filter: {
    readonly states?: readonly MailingState[]
    readonly limit?: number
  }): Promise<readonly Mailing[]>
  /** Names like this one, nearest first, for "did you mean". */
  mailingNames(limit: number): Promise<readonly string[]>
  /** active -> paused, with an audit row. Returns the rows it holds back, not those in hand. Paused already: changes nothing. */
  pauseMailing(id: number, by: OperatorAct): Promise<number>
  /** paused -> active, with an audit row. Returns the rows that go on. */
  resumeMailing(id: number, by: OperatorAct): Promise<number>
  /** Cancels the mailing and its rows that nobody has in hand, in chunks; rows in hand finish. Returns the rows cancelled. */
  cancelMailing(id: number, by: OperatorAct): Promise<number>
}

export interface OperatorAct {
  readonly at: number
  readonly who: string
  readonly why: string | null
}
