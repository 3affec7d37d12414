// The process that reads a foreign SQLite database or a workbook for another one: what has no end stops nobody but this.
import { Worker } from 'node:worker_threads'
import { EXIT, Fixable } from '../../domain/errors.ts'
import type { Answer, Order, SqliteOrder, WorkbookOrder } from './apart.ts'
import { fitsTable } from './fitting.ts'
import { chooseRows } from './sqlite.ts'
import { openReadOnly, sqliteTrouble } from './sqlite-open.ts'

/**
 * SQLite hears nobody while it looks for the next row, SheetJS none while it reads. So a thread beside it ends the process when its parent is gone, and by a
 * signal of its own (MEMORY_SIGNAL of apart.ts) when it takes too much memory.
 */
const WATCH = `
  const { workerData: { parent, most } } = require('node:worker_threads')
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    Atomics.wait(never, 0, 0, 100)
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
    if (process.memoryUsage.rss() > most) process.kill(process.pid, 'SIGUSR2')
  }`

/** Answers the parent: first to an order, then to each call for more. Ends when the parent lets go of it. */
export const readForParent = (proc: NodeJS.Process): number => {
  new Worker(WATCH, { eval: true, workerData: { parent: proc.ppid, most: Number(proc.argv[3]) } }).unref()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) proc.on(signal, () => undefined) // the parent says when it is over
  let answers: AsyncIterator<Answer> | undefined
  const send = (answer: Answer): void => void proc.send?.(answer)
  proc.on('disconnect', () => proc.exit())
  proc.on('message', (order: Order | 'more') => {
    if (order !== 'more') answers = order.kind === 'sqlite' ? fromSqlite(order) : fromWorkbook(order)
    if (answers !== undefined) void nextOf(answers).then(send, (error: unknown) => send(failure(error)))
  })
  return EXIT.done // once it ends
}

const nextOf = async (answers: AsyncIterator<Answer>): Promise<Answer> => {
  const next = await answers.next()
  return next.done === true ? { kind: 'end' } : next.value
}

const failure = (error: unknown): Answer => {
  if (error instanceof Fixable) return { kind: 'failed', exit: error.exit, message: error.message, hint: error.hint }
  return { kind: 'broken', message: error instanceof Error ? error.message : String(error) }
}

async function* fromSqlite({ path, name, wants, table, query, mappings }: SqliteOrder): AsyncGenerator<Answer> {
  const { db, close } = await openReadOnly(path, name)
  try {
    db.pragma('temp_store = memory') // what a sort without end takes is memory, which is bounded, and no disk
    const options = { table, query, wants, fits: fitsTable(wants, mappings) }
    const { header, records, ...chosen } = chooseRows(db, options, path, name)
    yield { kind: 'opened', header, ...chosen }
    for await (const rows of records) yield { kind: 'rows', rows }
  } catch (error) {
    throw sqliteTrouble(error, name)
  } finally {
    await close()
  }
}

async function* fromWorkbook({ bytes, ...order }: WorkbookOrder): AsyncGenerator<Answer> {
  const { readWorkbook } = await import('./workbook-rows.ts')
  const { records, ...opened } = readWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), order)
  yield { kind: 'opened', ...opened }
  for (const rows of records) yield { kind: 'rows', rows }
}
