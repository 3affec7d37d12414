// The ledger's book: one line of JSON a request, only ever appended to, each line there before its request is answered.
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface Entry {
  /** 1, 2, 3, … in the order in which requests came. */
  readonly n: number
  /** Epoch ms, and ms on the clock that all processes of a boot share (monotonicMs). */
  readonly wall: number
  readonly mono: number
  /** The bearer token: tests give every process a token of its own. */
  readonly by: string
  /** The id in the path, and the Idempotency-Key header; null: not there, or not read. */
  readonly key: string | null
  readonly header: string | null
  /** Of the bytes of the body. */
  readonly hash: string
  readonly phone: string | null
  /** What it is about to be answered; 0: nothing, or not all of it. */
  readonly status: number
  /** It counts as taken here, whatever is answered. */
  readonly took: boolean
  /** The first taking of its key, or, by a naive gateway, any taking. */
  readonly effect: boolean
  /** The whole yes of the contract is about to be answered. */
  readonly yes: boolean
}

/** The whole yes to request `n` went out: a second line, so that the first one need not wait for it. */
export interface Answered {
  readonly answered: number
  readonly mono: number
}

/** Milliseconds since some instant that is the same for every process of this boot. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** Every line, in order; of a book that is not there, none. */
export async function* readBook(file: string): AsyncGenerator<Entry | Answered> {
  if (!existsSync(file)) return
  for await (const line of createInterface({ input: createReadStream(file) })) {
    yield JSON.parse(line) as Entry | Answered
  }
}

/** The requests alone. */
export const requestsIn = async (file: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = []
  for await (const line of readBook(file)) if ('n' in line) entries.push(line)
  return entries
}
