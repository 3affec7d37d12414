// Raw records -> the address book: each one checked, all of them staged, then saved, or not a single one.
import type { Clock } from '../clock.ts'
import type { RejectedLine } from '../domain/district.ts'
import { Fixable } from '../domain/errors.ts'
import type { OnConflict } from '../domain/on-conflict.ts'
import { type Column, type RecipientDraft, recipientParser } from '../domain/recipient.ts'
import { sizeFault } from '../domain/row-size.ts'
import type { HandStore } from '../store/hand-store.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'
import type {
  ImportNote,
  MergeCounts,
  RecipientStore,
  RejectedRecipient,
  StagedChange,
  StagedRecipient,
  StagedRecipients,
} from '../store/recipient-store.ts'
import { consentGuard } from './consent-guard.ts'
import { ROW_BYTES, requireRoom } from './disk-room.ts'
import { withInFlight } from './in-flight.ts'
import { openRejections, type Rejections } from './rejections.ts'
import { openRemovedPeople, type RemovedPeople } from './removed-people.ts'

/** A record as a table has it; `line`: where it begins, each line once and ever higher. */
export interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
  /** Attributes that the columns do not tell of, with their texts. */
  readonly more?: readonly (readonly [name: string, text: string])[]
  /** Why it is to be rejected, whatever its cells say. */
  readonly fault?: string
}

export interface RawTable {
  readonly columns: readonly Column[]
  readonly records: AsyncIterable<readonly RawRecord[]>
}

export interface ImportOptions {
  /** Of phones written without a country. */
  readonly country: string
  /** Saves the good rows although there are bad ones. */
  readonly skipBad: boolean
  readonly dryRun: boolean
  /** What becomes of somebody known of whom a record says something else; default: update. */
  readonly onConflict?: OnConflict | undefined
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
  const staged = await store.stageRecipients(options.onConflict)
  try {
    const rejections = openRejections(watch.onRejected)
    const revive = options.revive === true
    const people = await openRemovedPeople(store, revive)
    const rows = await stage(staged, table, options.country, stop, watch, rejections, people)
    const conflicts = await addConflicts(staged, rejections)
    await watch.onChecked?.()
    const { count: rejectedRows, kept: rejected } = rejections.end()
    const taken = options.skipBad || rejectedRows === 0
    const removed = people.count()
    const good = rows - rejectedRows - (revive ? 0 : removed)
    if (taken && !options.dryRun) await requireRoom({ store }, good, ROW_BYTES.recipient)
    const counts =
      taken && !options.dryRun
        ? await withInFlight({ store, clock }, () => merge(staged, good, clock.now(), stop, watch, options.note))
        : { ...(await staged.count()), inFlight: 0 }
    if (taken && !options.dryRun) await people.saved()
    const changes = options.dryRun ? await staged.changes(MOST_CHANGES) : []
    return { ...counts, rows, rejectedRows, conflicts, rejected, removed, taken, changes }
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
): Promise<number> => {
  const parse = recipientParser(columns, country)
  const refuseUnsaid = consentGuard(columns)
  let rows = 0
  for await (const batch of records) {
    if (stop.aborted) throw new Fixable('interrupted', 'stopped: nothing was imported')
    const good: StagedRecipient[] = []
    for (const { line, cells, more, fault } of batch) {
      refuseUnsaid(line, cells, more)
      const reason = fault ?? (more === undefined ? null : sizeFault([...cells, ...more.map(([, text]) => text)]))
      const parsed = reason === null ? parse(cells) : ({ ok: false, reason } as const)
      if (!parsed.ok) {
        await rejections.add({ line, reason: parsed.reason, cells })
        continue
      }
      const draft = more === undefined ? parsed.draft : withAttributes(parsed.draft, more)
      if (!people.staysOut(draft)) good.push({ line, draft, cells: watch.onRejected === null ? null : cells })
    }
    await staged.add(good)
    rows += batch.length
    watch.onRead(rows)
  }
  return rows
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
