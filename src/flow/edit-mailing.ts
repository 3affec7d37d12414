// A mailing changed after it was scheduled: what would change first, then the change. What was taken already stays as it is.
import { Fixable } from '../domain/errors.ts'
import type { IfPast, Mailing, MailingState } from '../domain/mailing.ts'
import { differences } from '../domain/mailing-differences.ts'
import {
  endOf,
  type MailingWish,
  nameAfter,
  type RowEdit,
  rowEdit,
  unapproved,
  wished,
} from '../domain/mailing-edit.ts'
import { NO_ZONE } from '../domain/skip-reasons.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import { ROW_BYTES, requireRoom } from './disk-room.ts'
import { finishEdit } from './finish-edit.ts'
import { countInFlight } from './in-flight.ts'
import type { SendingPowers } from './powers.ts'
import { compareRows, type Difference, passOf } from './row-pass.ts'
import { rowsAtWork } from './rows-at-work.ts'
import { asWorker } from './worker.ts'

export type EditPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>

/** An edit that is ready to be made, with what it changes. */
export interface PreparedEdit {
  readonly before: Mailing
  /** As it is to be; its plan follows the rows. */
  readonly after: Mailing
  /** null: the rows stay as they are. */
  readonly edit: RowEdit | null
  readonly difference: Difference
  /** Rows that are taken already. */
  readonly taken: number
  /** What the operator should know besides. */
  readonly notes: readonly string[]
}

const NOTHING: Difference = { moved: 0, joined: 0, left: 0, changes: [] }

/** Whether there is anything to do. */
export const changesAnything = ({ before, after, difference }: PreparedEdit): boolean =>
  difference.changes.length > 0 || Object.keys(differences(before, after)).length > 0

export interface EditTerms {
  readonly ifPast: IfPast
  /** Who asks for approval of what is changed; null: no second person is needed. */
  readonly approvalOf: string | null
}

/** Looks at what the wish changes; writes nothing. Fails with Fixable where it cannot be. */
export const prepareEdit = async (
  { store, clock }: Pick<EditPowers, 'store' | 'clock'>,
  mailing: Mailing,
  wish: MailingWish,
  { ifPast, approvalOf }: EditTerms,
): Promise<PreparedEdit> => {
  await allowEdit(store, mailing, 'edited')
  const now = clock.now()
  const asked = wished(mailing, wish)
  const isOther = Object.keys(differences(mailing, asked)).length > 0
  const wanted = approvalOf !== null && isOther ? unapproved(asked, approvalOf) : asked
  const edit = rowEdit(mailing, wanted, wish, now, ifPast)
  const prepared = await prepareRows({ store }, mailing, wanted, edit)
  const lastBefore = lastOf(mailing.plan.zones)
  const lastAfter = edit?.moves === true ? lastOf(prepared.difference.changes.filter(waits)) : lastBefore
  const last = lastAfter === Number.NEGATIVE_INFINITY ? lastBefore : lastAfter
  const expiresAt = endOf(mailing, wish.expires, [lastBefore, last], now)
  const { name, note } = await nameOf(store, mailing, wanted, wish.name)
  return { ...prepared, after: { ...wanted, name, expiresAt }, notes: note === null ? [] : [note] }
}

/** The same for rows alone: by the zones and rules of this moment. */
export const prepareRows = async (
  { store }: Pick<EditPowers, 'store'>,
  before: Mailing,
  after: Mailing,
  edit: RowEdit | null,
): Promise<PreparedEdit> => {
  const taken = await store.countTaken(before.id)
  if (edit === null) return { before, after, edit, difference: NOTHING, taken, notes: [] }
  const { ifPast } = edit
  // where nothing is past it is the same
  const difference = await compareRows(store, passOf(after, { ...edit, ifPast: ifPast === 'fail' ? 'skip' : ifPast }))
  await refuseWithoutZone(store, after, difference)
  if (ifPast === 'fail') refusePast(after, difference)
  return { before, after, edit, difference, taken, notes: [] }
}

export interface AppliedEdit {
  readonly mailing: Mailing
  readonly difference: Difference
  /** Rows that were taken, and stay as they were. */
  readonly taken: number
  /** Of these, messages that had begun to leave when it was made, and may still arrive. */
  readonly inFlight: number
}

/** Makes the edit. Interrupted, it is finished by the next command: never a half of it is sent. */
export const applyEdit = async (
  powers: EditPowers,
  { before, after, edit, difference: expected, taken }: PreparedEdit,
  what: string,
  by: OperatorAct,
  onProgress?: (rows: number) => void,
): Promise<AppliedEdit> => {
  const { store } = powers
  if (edit === null) {
    await store.saveEdit(before, after, null, what, by)
    return { mailing: await found(powers, before), difference: NOTHING, taken, inFlight: 0 }
  }
  await requireRoom(powers, expected.joined, ROW_BYTES.message)
  const { difference, inHand, inFlight } = await asWorker(powers, 'schedule', async (plannerId) => {
    await store.saveEdit(before, after, { edit, plannerId }, what, by)
    const rows = await store.inHand({ mailingId: before.id })
    const left = await countInFlight(powers, rows) // what comes back meanwhile is changed as all that waits
    return { difference: await finishEdit(store, after, edit, onProgress), inHand: rows.length, inFlight: left }
  })
  const mailing = await found(powers, before)
  return { mailing, difference, taken: inHand === 0 ? taken : await store.countTaken(before.id), inFlight }
}

const found = async ({ store }: Pick<EditPowers, 'store'>, { id, name }: Mailing): Promise<Mailing> => {
  const mailing = await store.findMailing(id)
  if (mailing === null) throw new Error(`mailing ${id} "${name}" is gone`)
  return mailing
}

/** Fixable('state') where nothing waits that could change, or somebody is at it. */
export const allowEdit = async (
  store: Pick<EditPowers['store'], 'rowWriter'>,
  mailing: Mailing,
  done: string,
): Promise<void> => {
  const { id, name, state } = mailing
  if (state === 'planning') throw await rowsAtWork(store, mailing, done)
  const hint = WHY_NOT[state]
  if (hint !== undefined) throw new Fixable('state', `mailing ${id} "${name}" is ${state}: it cannot be ${done}`, hint)
}

const WHY_NOT: Readonly<Partial<Record<MailingState, string>>> = {
  cancelled: 'A cancelled mailing stays cancelled: notify mailings clone makes a new one of it.',
  done: 'Nothing of it waits any more: notify mailings clone makes a new one of it, notify retry tries again what failed.',
}

const waits = ({ kind }: Difference['changes'][number]): boolean => kind === 'moved' || kind === 'joined'

const lastOf = (zones: readonly { readonly sendAt: number }[]): number => Math.max(...zones.map(({ sendAt }) => sendAt))

/** A name of its own; else the one that follows date and hour, unless that is taken. */
const nameOf = async (
  store: Pick<EditPowers['store'], 'isNameTaken'>,
  before: Mailing,
  after: Mailing,
  wanted: string | undefined,
): Promise<{ readonly name: string; readonly note: string | null }> => {
  const name = wanted ?? nameAfter(before, after) ?? before.name
  if (name === before.name || !(await store.isNameTaken(name, before.id))) return { name, note: null }
  if (wanted !== undefined)
    throw new Fixable('state', `a mailing named "${name}" exists already`, 'Give this one another --name.')
  return { name: before.name, note: `it stays "${before.name}": another mailing is named "${name}"` }
}

const refuseWithoutZone = async (
  store: Pick<EditPowers['store'], 'firstWithoutZone'>,
  { terms: { ifNoZone, audience, addressKind } }: Mailing,
  { changes }: Difference,
): Promise<void> => {
  const count = changes.reduce((sum, { was, skip, count: n }) => sum + (was === null && skip === NO_ZONE ? n : 0), 0)
  if (count === 0 || ifNoZone !== 'fail') return
  const names = await store.firstWithoutZone(audience, addressKind, 5)
  const told = `${names.join(', ')}${count > names.length ? ', …' : ''}`
  throw new Fixable(
    'input',
    count === 1
      ? `1 recipient that would join has no zone, so nothing is changed: ${told}`
      : `${count} recipients that would join have no zone, so nothing is changed: ${told}`,
    'Load zones with notify import timezones FILE (or --preset ru), give one with notify districts edit NAME --zone ZONE or notify recipients edit WHO --zone ZONE, or choose other recipients.',
  )
}

const refusePast = ({ at, on }: Mailing, { changes }: Difference): void => {
  const past = changes.filter(({ was, skip }) => skip === 'past' && was !== 'skipped')
  if (past.length === 0) return
  const list = past.map(({ zone, count }) => `${zone} (${count})`).join(', ')
  throw new Fixable(
    'input',
    `${at} on ${on} is already past in ${list}; nothing is changed`,
    'Say --if-past now, --if-past next-day or --if-past skip, or choose another --on.',
  )
}
