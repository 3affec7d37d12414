// Raw records -> the address book: each one checked, all of them staged, then saved, or not a single one.
import type { Clock } from '../clock.ts'
import type { RejectedLine } from '../domain/district.ts'
import { Fixable } from '../domain/errors.ts'
import type { OnConflict, OnSharedAddress } from '../domain/on-conflict.ts'
import { type RecipientDraft, recipientParser } from '../domain/recipient.ts'
import { sizeFault } from '../domain/row-size.ts'
import { isTotals } from '../domain/totals.ts'
import type { HandStore } from '../store/hand-store.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'
import type {
  ImportNote,
  MergeCounts,
  RecipientStore,
  RejectedRecipient,
  StagedChange,
  StagedRecipients,
} from '../store/recipient-store.ts'
import { consentGuard } from './consent-guard.ts'
import { type RowsInHand, rowsInHand } from './cut-rows.ts'
import { ROW_BYTES, requireRoom } from './disk-room.ts'
import { withInFlight } from './in-flight.ts'
import type { RawRecord, RawTable } from './raw-table.ts'
import { openRejections, type Rejections } from './rejections.ts'
import { openRemovedPeople, type RemovedPeople } from './removed-people.ts'

export interface ImportOptions {
  /** Of phones written without a country. */
  readonly country: string
  /** Saves the good rows although there are bad ones. */
  readonly skipBad: boolean
  readonly dryRun: boolean
  /** What becomes of somebody known of whom a record says something else; default: update. */
  readonly onConflict?: OnConflict | undefined
  /** Of a phone that two people have, each with an external id; default: reject. */
  readonly onSharedPhone?: OnSharedAddress | undefined
  /** Takes back people whom an operator removed. */
  readonly revive?: boolean | undefined
  /** Whose import it is, and of what. */
  readonly note?: ImportNote | undefined
}

/** What somebody outside may want to know while it goes on. */
export interface ImportWatch {
  onRead(rows: number): void
  onSaved(rows: number, of: number): void
  /** Rejected records whole, as they are found; null: nobody wants them back. */
  readonly onRejected: ((record: RejectedRecipient) => Promise<void>) | null
  /** All of them are known, and nothing is saved yet: who keeps them sees to it now that they are kept. */
  readonly onChecked?: () => Promise<void>
}

export interface RecipientsImported extends MergeCounts {
  /** Messages that it forbids, or that go elsewhere by it, and that had begun to leave: they may still arrive. */
  readonly inFlight: number
  readonly rows: number
  /** Lines of totals below the table: they are no rows. */
  readonly totals: number
  /** Rows that say word for word what an earlier row says: one is imported. */
  readonly repeated: number
  readonly rejectedRows: number
  /** Of these, rows that are well formed: another row or another recipient speaks against them. */
  readonly conflicts: number
  /** The first 100,000 of them, in line order: a file of ten million bad rows is to be refused in little memory. */
  readonly rejected: readonly RejectedLine[]
  /** Rows of people whom an operator removed: they stay out, unless `revive` is set. */
  readonly removed: number
  /** False: because of bad rows nothing was saved, and the counts say what would have been. */
  readonly taken: boolean
  /** Of a dry run: what would change of the first 100 who are known and of whom a row says something else. */
  readonly changes: readonly StagedChange[]
}

interface Powers {
  readonly store: Pick<RecipientStore, 'stageRecipients' | 'removedPeople' | 'takeBackRemoved'> &
    Pick<OutcomeStore, 'freeBytes'> &
    Pick<HandStore, 'inHand' | 'countLeft'>
  readonly clock: Clock
}

/** Imports a table. Where there are bad rows and `skipBad` is not set, nothing is saved. */
export const importRecipients = async (
  { store, clock }: Powers,
  table: RawTable,
  options: ImportOptions,
  stop: AbortSignal,
  watch: ImportWatch,
): Promise<RecipientsImported> => {
  if (!options.dryRun) await requireRoom({ store }, 0, ROW_BYTES.recipient)
  const staged = await store.stageRecipients(options)
  try {
    const rejections = openRejections(watch.onRejected)
    const revive = options.revive === true
    const people = await openRemovedPeople(store, revive)
    const { rows, totals } = await stage(staged, table, options.country, stop, watch, rejections, people)
    const conflicts = await addConflicts(staged, rejections)
    await watch.onChecked?.()
    const { count: rejectedRows, kept: rejected } = rejections.end()
    const taken = options.skipBad || rejectedRows === 0
    const removed = people.count()
    const repeated = staged.repeated()
    const good = rows - rejectedRows - repeated - (revive ? 0 : removed)
    if (taken && !options.dryRun) await requireRoom({ store }, good, ROW_BYTES.recipient)
    const counts =
      taken && !options.dryRun
        ? await withInFlight({ store, clock }, () => merge(staged, good, clock.now(), stop, watch, options.note))
        : { ...(await staged.count()), inFlight: 0 }
    if (taken && !options.dryRun) await people.saved()
    const changes = options.dryRun ? await staged.changes(MOST_CHANGES) : []
    return { ...counts, rows, totals, repeated, rejectedRows, conflicts, rejected, removed, taken, changes }
  } finally {
    await staged.close()
  }
}

const MOST_CHANGES = 100

/** Returns how many there are. */
const addConflicts = async (staged: StagedRecipients, rejections: Rejections): Promise<number> => {
  let count = 0
  for await (const conflicts of staged.rejectConflicts()) {
    count += conflicts.length
    for (const conflict of conflicts) await rejections.add(conflict)
  }
  return count
}

/** Returns how many records there are. */
const stage = async (
  staged: StagedRecipients,
  { columns, records }: RawTable,
  country: string,
  stop: AbortSignal,
  watch: ImportWatch,
  rejections: Rejections,
  people: RemovedPeople,
): Promise<{ readonly rows: number; readonly totals: number }> => {
  const parse = recipientParser(columns, country)
  const refuseUnsaid = consentGuard(columns)
  const hand = rowsInHand(columns.length)
  let [rows, totals] = [0, 0]
  for await (const batch of records) {
    if (stop.aborted) throw new Fixable('interrupted', 'stopped: nothing was imported')
    for (const { line, cells, more, fault } of batch) {
      refuseUnsaid(line, cells, more)
      const reason = fault ?? (more === undefined ? null : sizeFault([...cells, ...more.map(([, text]) => text)]))
      const parsed = reason === null ? parse(cells) : ({ ok: false, reason } as const)
      if (parsed.ok) {
        const draft = more === undefined ? parsed.draft : withAttributes(parsed.draft, more)
        const kept = watch.onRejected === null ? null : cells
        hand.good(people.staysOut(draft) ? null : { line, draft, cells: kept }, cells)
      } else if (isTotals(cells)) totals += 1
      else await reject({ line, reason: parsed.reason, cells }, hand, rejections)
    }
    await staged.add(hand.take(false))
    rows += batch.length
    watch.onRead(rows)
  }
  await staged.add(hand.take(true))
  return { rows: rows - totals, totals }
}

const CUT = 'the row ends early, and the next line seems to be the rest of it'

const reject = async (
  record: RejectedRecipient & { readonly cells: readonly string[] },
  hand: RowsInHand,
  rejections: Rejections,
): Promise<void> => {
  const begun = hand.bad(record.cells)
  if (begun !== null) await rejections.add({ ...begun, reason: CUT })
  await rejections.add(record)
}

const withAttributes = (draft: RecipientDraft, more: NonNullable<RawRecord['more']>): RecipientDraft => {
  const texts = more.map(([name, text]) => [name, text.trim()] as const).filter(([, text]) => text !== '')
  return { ...draft, attributes: Object.fromEntries<string>([...Object.entries(draft.attributes), ...texts]) }
}

const merge = async (
  staged: StagedRecipients,
  rows: number,
  now: number,
  stop: AbortSignal,
  watch: ImportWatch,
  note: ImportNote | undefined,
): Promise<MergeCounts> => {
  const counts = await staged.merge(now, stop, (done) => watch.onSaved(done, rows), note)
  const done = counts.added + counts.changed + counts.unchanged
  if (done === rows) return counts
  throw new Fixable(
    'interrupted',
    `stopped: ${done} of ${rows} rows are saved`,
    'Run the same command again: what is saved already counts as unchanged. Or take it back: notify import undo.',
  )
}
