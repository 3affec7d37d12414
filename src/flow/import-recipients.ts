// Raw records -> the address book: each one checked, all of them staged, then saved, or not a single one.
import type { Clock } from '../clock.ts'
import type { RejectedLine } from '../domain/district.ts'
import { Fixable } from '../domain/errors.ts'
import { type Column, recipientParser } from '../domain/recipient.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'
import type {
  MergeCounts,
  RecipientStore,
  RejectedRecipient,
  StagedRecipient,
  StagedRecipients,
} from '../store/recipient-store.ts'
import { ROW_BYTES, requireRoom } from './disk-room.ts'

/** A record as a table has it; `line`: where it begins, each line once and ever higher. */
export interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
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
}

/** What somebody outside may want to know while it goes on. */
export interface ImportWatch {
  onRead(rows: number): void
  onSaved(rows: number, of: number): void
  /** Rejected records whole, as they are found; null: nobody wants them back. */
  readonly onRejected: ((record: RejectedRecipient) => Promise<void>) | null
}

export interface RecipientsImported extends MergeCounts {
  readonly rows: number
  /** In line order. */
  readonly rejected: readonly RejectedLine[]
  /** False: because of bad rows nothing was saved, and the counts say what would have been. */
  readonly taken: boolean
}

interface Powers {
  readonly store: Pick<RecipientStore, 'stageRecipients'> & Pick<OutcomeStore, 'freeBytes'>
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
  const staged = await store.stageRecipients()
  try {
    const { rows, rejected } = await stage(staged, table, options.country, stop, watch)
    for (const conflict of await staged.rejectConflicts()) {
      rejected.push({ line: conflict.line, reason: conflict.reason })
      await watch.onRejected?.(conflict)
    }
    rejected.sort((a, b) => a.line - b.line)
    const taken = options.skipBad || rejected.length === 0
    if (taken && !options.dryRun) await requireRoom({ store }, rows - rejected.length, ROW_BYTES.recipient)
    const counts =
      taken && !options.dryRun
        ? await merge(staged, rows - rejected.length, clock.now(), stop, watch)
        : await staged.count()
    return { ...counts, rows, rejected, taken }
  } finally {
    await staged.close()
  }
}

const stage = async (
  staged: StagedRecipients,
  { columns, records }: RawTable,
  country: string,
  stop: AbortSignal,
  watch: ImportWatch,
): Promise<{ rows: number; rejected: RejectedLine[] }> => {
  const parse = recipientParser(columns, country)
  const rejected: RejectedLine[] = []
  let rows = 0
  for await (const batch of records) {
    if (stop.aborted) throw new Fixable('interrupted', 'stopped: nothing was imported')
    const good: StagedRecipient[] = []
    for (const { line, cells } of batch) {
      const parsed = parse(cells)
      if (parsed.ok) {
        good.push({ line, draft: parsed.draft, cells: watch.onRejected === null ? null : cells })
        continue
      }
      rejected.push({ line, reason: parsed.reason })
      await watch.onRejected?.({ line, reason: parsed.reason, cells })
    }
    await staged.add(good)
    rows += batch.length
    watch.onRead(rows)
  }
  return { rows, rejected }
}

const merge = async (
  staged: StagedRecipients,
  rows: number,
  now: number,
  stop: AbortSignal,
  watch: ImportWatch,
): Promise<MergeCounts> => {
  const counts = await staged.merge(now, stop, (done) => watch.onSaved(done, rows))
  const done = counts.added + counts.changed + counts.unchanged
  if (done === rows) return counts
  throw new Fixable(
    'interrupted',
    `stopped: ${done} of ${rows} rows are saved`,
    'Run the same command again: what is saved already counts as unchanged.',
  )
}
