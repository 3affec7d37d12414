// A foreign SQLite database or a workbook, read by a process of its own (apart-child.ts), which can be ended whatever it is busy with.
import { type ChildProcess, fork } from 'node:child_process'
import { type ExitName, Fixable } from '../../domain/errors.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import { packagePath } from '../../package-path.ts'
import type { Mapping } from './columns.ts'
import { READING_WORD } from './reading-word.ts'

interface Wish {
  /** As people know the file. */
  readonly name: string
  readonly wants: 'recipients' | 'districts'
  readonly mappings: readonly Mapping[]
}

export interface SqliteOrder extends Wish {
  readonly kind: 'sqlite'
  readonly path: string
  readonly table: string | undefined
  readonly query: string | undefined
}

export interface WorkbookOrder extends Wish {
  readonly kind: 'workbook'
  readonly bytes: Uint8Array
  readonly encoding: string | undefined
  readonly sheet: string | undefined
}

export type Order = SqliteOrder | WorkbookOrder

export interface OpenedRows {
  readonly header: readonly string[]
  readonly table: string | null
  readonly form: string
}

export type Answer =
  | (OpenedRows & { readonly kind: 'opened' })
  | { readonly kind: 'rows'; readonly rows: readonly RawRecord[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly exit: ExitName; readonly message: string; readonly hint: string | undefined }
  | { readonly kind: 'broken'; readonly message: string }

/** A query that sorts first, and a large workbook, may say nothing for a while. */
const PATIENCE_MS = 120_000

const MIB = 1024 * 1024
/** In MiB: of the process, and of what its JavaScript makes. A sort of five million suppliers takes less; workbooks are read as a whole. */
const MEMORY = { sqlite: { most: 1024, heap: 256 }, workbook: { most: 2048, heap: 2048 } } as const
const MEMORY_SIGNAL = 'SIGUSR2'

export interface ApartRows extends OpenedRows {
  readonly records: AsyncIterable<readonly RawRecord[]>
  close(): Promise<void>
}

/** Fails with Fixable('usage' | 'input'), and with Fixable('interrupted') at `stop`; so do its records. */
export const readApart = async (order: Order, stop: AbortSignal, patienceMs = PATIENCE_MS): Promise<ApartRows> => {
  const { most, heap } = MEMORY[order.kind]
  const words = order.kind === 'workbook' ? 'ignore' : 'inherit' // SheetJS writes what it wonders about
  const child = fork(packagePath('dist/bin/notify.js'), [READING_WORD, String(most * MIB)], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', words, 'ipc'],
    execArgv: [`--max-old-space-size=${heap}`],
  })
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
  }
  const ask = asker(child, order, stop, patienceMs)
  try {
    const opened = await ask(order)
    if (opened.kind !== 'opened') throw new Error(`the reader of ${order.name} said ${opened.kind}`)
    const { header, table, form } = opened
    return { header, table, form, records: recordsOf(ask, close), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Ask = (order: Order | 'more') => Promise<Answer>

/** While one batch is saved, the next one is read. */
async function* recordsOf(ask: Ask, close: () => Promise<void>): AsyncGenerator<readonly RawRecord[]> {
  try {
    let next = ask('more')
    for (let answer = await next; answer.kind === 'rows'; answer = await next) {
      next = ask('more')
      next.catch(() => undefined) // told when it is waited for
      yield answer.rows
    }
  } finally {
    await close()
  }
}

const asker =
  (child: ChildProcess, asked: Order, stop: AbortSignal, patienceMs: number): Ask =>
  (order) =>
    new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer)
        stop.removeEventListener('abort', onStop)
        child.off('message', onAnswer).off('exit', onExit).off('error', onError)
        end()
      }
      const onAnswer = (answer: Answer): void =>
        settle(() => (answer.kind === 'failed' || answer.kind === 'broken' ? reject(errorOf(answer)) : resolve(answer)))
      const onStop = (): void => giveUp(new Fixable('interrupted', 'stopped: nothing was imported'))
      const onError = (error: Error): void => settle(() => reject(error))
      const onExit = (_: number | null, signal: NodeJS.Signals | null): void =>
        settle(() => reject(died(asked, signal)))
      const giveUp = (error: Fixable): void => {
        child.kill('SIGKILL')
        settle(() => reject(error))
      }
      const timer = setTimeout(() => giveUp(silent(asked, patienceMs)), patienceMs)
      stop.addEventListener('abort', onStop, { once: true })
      child.on('message', onAnswer).on('exit', onExit).on('error', onError)
      if (stop.aborted) onStop()
      else if (child.connected) child.send(order)
      else onExit(null, child.signalCode)
    })

const errorOf = (answer: Answer & { readonly kind: 'failed' | 'broken' }): Error =>
  answer.kind === 'failed' ? new Fixable(answer.exit, answer.message, answer.hint) : new Error(answer.message)

const SIMPLER = {
  sqlite: 'Check the view or --query; or save its rows as a table or CSV, and import that.',
  workbook: 'Save the sheet as CSV and import that.',
} as const

const silent = ({ name, kind }: Order, ms: number): Fixable =>
  new Fixable('input', `${name}: no row came for ${Math.round(ms / 1_000)} s`, SIMPLER[kind])

/** A heap that is full ends by SIGABRT. */
const died = ({ name, kind }: Order, signal: NodeJS.Signals | null): Error =>
  signal === MEMORY_SIGNAL || signal === 'SIGABRT'
    ? new Fixable(
        'input',
        `${name}: its rows take more than ${MEMORY[kind].most / 1024} GiB of memory to find`,
        SIMPLER[kind],
      )
    : new Fixable('input', `${name} cannot be read: its reader ended`, SIMPLER[kind])
