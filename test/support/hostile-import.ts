// Hostile tables imported one after another, each held against its fate.
import { expect } from 'vitest'
import { planColumns } from '../../src/cli/input/columns.ts'
import { openCsv } from '../../src/cli/input/csv.ts'
import { Fixable } from '../../src/domain/errors.ts'
import { importRecipients, type RecipientsImported } from '../../src/flow/import-recipients.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { handStore } from '../../src/store/sqlite/hands.ts'
import { recipientStore } from '../../src/store/sqlite/recipients.ts'
import { handClock } from './clock.ts'
import { temporaryConnection } from './database.ts'
import { type GoodRow, type HostileTable, hostileTable } from './hostile-csv.ts'

const NEVER = new AbortController().signal

const clock = handClock('2021-10-21T18:50:00Z')

/** A hang shows here, not at the end of the whole test. */
const LONGEST_MS = 2_000

const QUIET = { onRead: () => undefined, onSaved: () => undefined, onRejected: null }

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

interface Told {
  readonly encoding?: string
  readonly delimiter?: string
}

/** The way of `notify import suppliers --skip-bad`. */
const importTable = async (
  connection: Connection,
  { bytes, chunk }: HostileTable,
  told: Told,
): Promise<RecipientsImported> => {
  const size = bytes.length > 100_000 ? 100_000 : chunk
  const name = '"x.csv"'
  const table = await openCsv(
    { name, path: null, size: null, chunks: inChunks(bytes, size), bytesRead: () => 0, stop: NEVER },
    told,
  )
  try {
    const columns = planColumns(table.header, [], name)
    const options = { country: 'RU', skipBad: true, dryRun: false }
    const raw = { columns, records: table.records }
    return await importRecipients(
      {
        store: { ...recipientStore(connection, clock), ...handStore(connection), freeBytes: async () => 2 ** 40 },
        clock,
      },
      raw,
      options,
      new AbortController().signal,
      QUIET,
    )
  } finally {
    await table.close()
  }
}

interface Kept {
  readonly phone: string
  readonly name: string
  readonly address: string
  readonly contact_person: string
  readonly attributes: string | null
}

const attributesOf = (json: string | null): Readonly<Record<string, string>> => {
  const attributes: Record<string, string> = JSON.parse(json ?? '{}')
  return attributes
}

const bookOf = ({ db }: Connection): GoodRow[] =>
  db
    .prepare<[], Kept>('select phone, name, address, contact_person, attributes from recipients order by id')
    .all()
    .map(({ phone, attributes, ...fields }) => ({
      phone,
      cells: { ...fields, ...attributesOf(attributes) },
    }))

/** Fixable: refused in words. Anything else that is thrown fails the test. */
const refusalOf = async (work: Promise<RecipientsImported>): Promise<RecipientsImported | Fixable> =>
  work.catch((error: unknown) => {
    if (error instanceof Fixable && error.exit === 'input') return error
    throw error
  })

const playTold = async (connection: Connection, table: HostileTable): Promise<void> => {
  const { encoding, delimiter, fate } = table
  const got = await refusalOf(importTable(connection, table, { encoding, delimiter }))
  if (fate.kind === 'refused') {
    expect(got instanceof Fixable ? got.message : got).toContain(fate.says)
    expect(bookOf(connection)).toEqual([])
    return
  }
  if (got instanceof Fixable) throw got
  expect(got.rejected.map(({ line }) => line)).toEqual(fate.badLines)
  expect([got.rows, got.added]).toEqual([fate.good.length + fate.badLines.length, fate.good.length])
  expect(bookOf(connection)).toEqual(fate.good)
}

/** Nobody says how it is written: it may be taken for something else, but all that is read is taken or rejected. */
const playUntold = async (connection: Connection, table: HostileTable): Promise<void> => {
  const got = await refusalOf(importTable(connection, table, {}))
  if (got instanceof Fixable) return
  expect(got.added + got.changed + got.unchanged + got.repeated + got.rejected.length).toBe(got.rows)
}

/** Plays so many tables, from this seed on. Says the seed of the one that fails. */
export const playHostileTables = async (count: number, first: number): Promise<void> => {
  const connection = await temporaryConnection(clock)
  for (let seed = first; seed < first + count; seed += 1) {
    const table = hostileTable(seed)
    for (const play of [playTold, playUntold]) {
      connection.db.exec('delete from recipients; delete from attribute_names')
      const began = performance.now()
      try {
        await play(connection, table)
      } catch (error) {
        const what = `hostileTable(${seed}), ${play.name}: ${table.encoding}, ${JSON.stringify(table.delimiter)}, ${table.faults.join(', ')}`
        throw new Error(what, { cause: error })
      }
      expect(performance.now() - began, `hostileTable(${seed})`).toBeLessThan(LONGEST_MS)
    }
  }
}
