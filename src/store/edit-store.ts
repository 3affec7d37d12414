// Mailings changed after they were scheduled: the intent first, then the rows in turns, then back to where it was.
import type { Mailing, Plan } from '../domain/mailing.ts'
import type { RowEdit } from '../domain/mailing-edit.ts'
import type { OperatorAct, RowRule } from './mailing-store.ts'

/** How the rows of one zone are to be, and whether the hour is past there. */
export interface ZoneRule extends RowRule {
  readonly isPast: boolean
}

/** One pass over the rows of a mailing. */
export interface RowPass extends Pick<RowEdit, 'now' | 'moves' | 'hours' | 'shifts'> {
  /** As it is to be. */
  readonly mailing: Mailing
  /** add: who belongs to it and has no row gets one, so does who had no zone, or was left out, and is not any more; nothing else changes. */
  readonly members: RowEdit['members'] | 'add'
  /** Of every zone that rows or recipients turn out to have; '' for those without. Pure. */
  readonly ruleOf: (zone: string) => ZoneRule
}

/** Rows that change alike. */
export interface RowChange {
  /** joined: gets a message now; left: gets none now; moved: another instant or zone; other: nothing that people see. */
  readonly kind: 'joined' | 'left' | 'moved' | 'other'
  /** null: there was no row. */
  readonly fromZone: string | null
  readonly from: number | null
  readonly was: 'scheduled' | 'skipped' | null
  readonly zone: string
  readonly sendAt: number
  /** Why it is skipped now; null: it is scheduled. */
  readonly skip: string | null
  readonly count: number
}

export interface ChangedRows {
  /** The last recipient looked at; null: there are no more, or the pass is not wanted any more. */
  readonly last: number | null
  readonly changes: readonly RowChange[]
}

export interface EditStore {
  /**
   * Writes the mailing as it is to be, its old text under its number, and the act, in one transaction; with `rows` it is
   * `planning` from then on, until finishEdit. Fails with Fixable('state') when it is no longer as `before`, or the name is taken.
   */
  saveEdit(
    before: Mailing,
    after: Mailing,
    rows: { readonly edit: RowEdit; readonly plannerId: number } | null,
    what: string,
    by: OperatorAct,
  ): Promise<void>
  /** What changeRows would do with the recipients after this one; changes nothing. */
  compareRows(pass: RowPass, after: number): Promise<ChangedRows>
  /**
   * Brings rows that nobody has taken yet, of some recipients after this one, to what the pass says; each once, however often
   * it is asked. Does nothing once the mailing is neither in this edit nor, for `add`, active.
   */
  changeRows(pass: RowPass, edit: RowEdit | null, after: number): Promise<ChangedRows>
  /** Back to its state, with this plan. False: it was finished by another process. */
  finishEdit(mailing: Mailing, edit: RowEdit): Promise<boolean>
  /** What the rows of a mailing come to: how many are to be sent in each zone, the first when; why others are not. */
  plannedRows(mailingId: number): Promise<{
    readonly zones: readonly { readonly zone: string; readonly count: number; readonly sendAt: number }[]
    readonly skipped: readonly { readonly reason: string; readonly count: number }[]
  }>
  /** Rows that wait although their recipient has no zone any more. */
  countWithoutZone(mailingId: number): Promise<number>
  /** Active mailings that follow the address book, and in which it is not yet as it is now; and its mark now. Costs microseconds. */
  mailingsToFollow(): Promise<{ readonly mark: number; readonly mailings: readonly Mailing[] }>
  /**
   * The address book as of this mark is in the mailing (null: not all of it yet), and it has this plan instead of `before`. False:
   * it is not active any more, or has another plan by now. `before` null: whatever it has.
   */
  noteFollowed(mailing: Pick<Mailing, 'id' | 'plan'>, mark: number | null, before: Plan | null): Promise<boolean>
  /** Rows that no edit changes any more: taken, sent, cancelled by a person. */
  countTaken(mailingId: number): Promise<number>
  /** Whether a mailing that is not cancelled, another than this one, has this name. */
  isNameTaken(name: string, exceptId: number): Promise<boolean>
}
