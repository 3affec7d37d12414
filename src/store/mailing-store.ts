// Mailings: planned, released or taken back, found, paused, resumed, cancelled.
import type { AddressKind, Audience, Mailing, MailingState, Plan, Terms } from '../domain/mailing.ts'
import type { RowEdit } from '../domain/mailing-edit.ts'

export interface MailingDraft {
  readonly uid: string
  /** null: named after its date and hour, with a number where that is taken. */
  readonly name: string | null
  readonly text: string
  readonly gateway: string
  readonly at: string
  readonly on: string
  readonly until: string
  readonly expiresAt: number
  readonly terms: Terms
  readonly plan: Plan
  /** Who schedules it. */
  readonly createdBy: string
}

/** What makes two mailings the same one. */
export type MailingWords = Pick<MailingDraft, 'name' | 'text' | 'gateway' | 'at' | 'on' | 'until'> & {
  readonly terms: Pick<Terms, 'audience'>
}

/** Recipients of an audience, counted by what decides their row. */
export interface AudienceGroup {
  /** Own zone, else the district's, else null. */
  readonly zone: string | null
  readonly unsubscribed: boolean
  /** Nobody writes to this address, whoever has it. */
  readonly blocked: boolean
  /** Another recipient of the audience has the same address, and gets the message. */
  readonly isDouble: boolean
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

/** Who writes or changes the rows of a mailing. */
export interface RowWriter {
  /** False: the rows are written for the first time. */
  readonly isEdit: boolean
  readonly who: string
  /** null: it is gone, and has left the rows to whoever comes next. */
  readonly process: { readonly host: string; readonly pid: number } | null
}

export interface MailingStore {
  planAudience(audience: Audience, addressKind: AddressKind): Promise<readonly AudienceGroup[]>
  /** First names (or phones) of recipients of this audience without a zone, for the error message. */
  firstWithoutZone(audience: Audience, addressKind: AddressKind, limit: number): Promise<readonly string[]>
  /** The mailing, not cancelled, that says the same: text, hours, date, gateway, audience, and the name where one is given. */
  findSameMailing(draft: MailingWords): Promise<Mailing | null>
  /**
   * Adds a mailing in state `planning`, or finds the same one, in one transaction: two that are scheduled at once are one.
   * Fails with Fixable('state') when the name is taken by another.
   */
  addMailing(draft: MailingDraft, plannerId: number, now: number): Promise<{ mailing: Mailing; isNew: boolean }>
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
  /** planning -> active or proposed, as the mailing says, in one write, with the plan as it came out. Fails with Fixable('state') when it was taken back. */
  activateMailing(mailing: Mailing): Promise<void>
  /** Takes back this mailing while it is `planning`, some rows a call; true when there is nothing left to do. */
  rollBackMailing(mailing: Mailing): Promise<boolean>
  /**
   * Mailings in state `planning` whose planner is among these dead workers. `edit`: what it was doing to their rows; null: it
   * was writing them for the first time.
   */
  abandonedMailings(
    deadWorkers: readonly number[],
  ): Promise<readonly { readonly mailing: Mailing; readonly edit: RowEdit | null }[]>
  /** Who is at the rows of a mailing in state `planning`; null: it is not in that state. */
  rowWriter(id: number): Promise<RowWriter | null>
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
  /**
   * proposed -> active, with who approved it and an audit row; false: it was not proposed any more, or says something else
   * by now than what was read.
   */
  approveMailing(mailing: Mailing, by: OperatorAct): Promise<boolean>
  /** Cancels the mailing and its rows that nobody has in hand, in chunks; rows in hand finish. Returns the rows cancelled. */
  cancelMailing(id: number, by: OperatorAct): Promise<number>
}

export interface OperatorAct {
  readonly at: number
  readonly who: string
  readonly why: string | null
}
