// Importing a table: all of it or nothing, unless told otherwise.
import { expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { Column } from '../../src/domain/recipient.ts'
import { type ImportOptions, type ImportWatch, importRecipients } from '../../src/flow/import-recipients.ts'
import type { RawRecord } from '../../src/flow/raw-table.ts'
import type { RecipientStore, RejectedRecipient } from '../../src/store/recipient-store.ts'
import { recipientStore } from '../../src/store/sqlite/recipients.ts'
import type { Store } from '../../src/store/store.ts'
import { temporaryConnection } from '../support/database.ts'

const clock: Clock = {
  now: () => 1000,
  monotonic: () => 0,
  sinceBoot: () => 0,
  sleep: async () => undefined,
  random: () => 0,
}

const COLUMNS: readonly Column[] = [
  { kind: 'field', field: 'phone' },
  { kind: 'field', field: 'name' },
]

const BLIND: ImportWatch = { onRead: () => undefined, onSaved: () => undefined, onRejected: null }

const openStore = async (): Promise<RecipientStore & Pick<Store, 'freeBytes' | 'inHand' | 'countLeft'>> => ({
  ...recipientStore(await temporaryConnection(clock), clock),
  freeBytes: async () => 2 ** 40,
  inHand: async () => [],
  countLeft: async () => ({ inHand: 0, gone: 0 }),
})

/** Records from line 2 on, two to a batch. */
async function* batches(rows: readonly (readonly string[])[]): AsyncGenerator<readonly RawRecord[]> {
  const records = rows.map((cells, i) => ({ line: i + 2, cells }))
  for (let i = 0; i < records.length; i += 2) yield records.slice(i, i + 2)
}

interface Change {
  readonly options?: Partial<ImportOptions>
  readonly watch?: Partial<ImportWatch>
  readonly stop?: AbortSignal
}

const run = (
  store: RecipientStore & Pick<Store, 'freeBytes' | 'inHand' | 'countLeft'>,
  rows: readonly (readonly string[])[],
  change: Change = {},
) =>
  importRecipients(
    { store, clock },
    { columns: COLUMNS, records: batches(rows) },
    { country: 'RU', skipBad: false, dryRun: false, ...change.options },
    change.stop ?? new AbortController().signal,
    { ...BLIND, ...change.watch },
  )

const GOOD = [
  ['89160000001', 'A'],
  ['8 916 000-00-02', 'B'],
  ['+79160000003', 'C'],
]

const MIXED = [...GOOD, ['89160000001', 'again'], ['8916ABC', 'letters'], ['8916000000', 'short']]

test('good rows are saved, and counted', async () => {
  const store = await openStore()
  expect(await run(store, GOOD)).toMatchObject({ rows: 3, added: 3, rejected: [], taken: true })
  expect(await store.countRecipients()).toBe(3)
  expect(await run(store, GOOD)).toMatchObject({ rows: 3, added: 0, changed: 0, unchanged: 3 })
})

test('with bad rows nothing is saved; each is named by its line, in order', async () => {
  const store = await openStore()
  expect(await run(store, MIXED)).toMatchObject({
    rows: 6,
    taken: false,
    rejected: [
      { line: 5, reason: 'the phone +79160000001 stands already at line 2' },
      { line: 6, reason: 'phone has letters' },
      { line: 7, reason: 'phone is too short' },
    ],
  })
  expect(await store.countRecipients()).toBe(0)
})

test('with skipBad the good ones are saved, and rejected records are handed back as they were read', async () => {
  const store = await openStore()
  const back: RejectedRecipient[] = []
  const onRejected = async (record: RejectedRecipient): Promise<void> => void back.push(record)
  const imported = await run(store, MIXED, { options: { skipBad: true }, watch: { onRejected } })
  expect(imported).toMatchObject({ rows: 6, added: 3, taken: true })
  expect(imported.rejected).toHaveLength(3)
  expect(back.map(({ line, cells }) => [line, cells])).toEqual([
    [6, ['8916ABC', 'letters']],
    [7, ['8916000000', 'short']],
    [5, ['89160000001', 'again']],
  ])
  expect(await store.countRecipients()).toBe(3)
})

test('a dry run counts the same and writes nothing', async () => {
  const store = await openStore()
  await run(store, GOOD.slice(0, 1))
  const dry = await run(store, GOOD, { options: { dryRun: true } })
  expect(dry).toMatchObject({ rows: 3, added: 2, changed: 0, unchanged: 1 })
  expect(await store.countRecipients()).toBe(1)
  expect(await run(store, GOOD)).toEqual(dry)
})

test('stopped while it reads, it has imported nothing; stopped while it saves, it says how far it came', async () => {
  const store = await openStore()
  const reading = new AbortController()
  await expect(
    run(store, GOOD, { stop: reading.signal, watch: { onRead: () => reading.abort() } }),
  ).rejects.toMatchObject({ exit: 'interrupted', message: 'stopped: nothing was imported' })
  expect(await store.countRecipients()).toBe(0)

  const saving = new AbortController()
  const many = Array.from({ length: 6000 }, (_, i) => [`8917${String(i).padStart(7, '0')}`, ''])
  await expect(
    run(store, many, { stop: saving.signal, watch: { onSaved: () => saving.abort() } }),
  ).rejects.toMatchObject({ exit: 'interrupted', message: 'stopped: 1000 of 6000 rows are saved' })
  expect(await run(store, many)).toMatchObject({ added: 5000, unchanged: 1000 })
})

test('a table that breaks in the middle leaves nothing behind, and the next one can be imported', async () => {
  const store = await openStore()
  const broken = async function* (): AsyncGenerator<readonly RawRecord[]> {
    yield* batches(GOOD)
    throw new Error('the disk is gone')
  }
  const options = { country: 'RU', skipBad: false, dryRun: false }
  const never = new AbortController().signal
  await expect(
    importRecipients({ store, clock }, { columns: COLUMNS, records: broken() }, options, never, BLIND),
  ).rejects.toThrow('the disk is gone')
  expect(await store.countRecipients()).toBe(0)
  expect(await run(store, GOOD)).toMatchObject({ added: 3 })
})

test('of more than 100,000 bad rows the first are named, and all are counted', async () => {
  const store = await openStore()
  const bad = Array.from({ length: 100_500 }, () => ['x', ''])
  const imported = await run(store, [...GOOD, ...bad], { options: { skipBad: true } })
  expect(imported).toMatchObject({ rows: 100_503, added: 3, rejectedRows: 100_500 })
  expect(imported.rejected).toHaveLength(100_000)
  expect(imported.rejected[0]).toEqual({ line: 5, reason: 'phone has no digits' })
})
