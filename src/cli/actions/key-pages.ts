// A long list for programs, page by page and by key: flat in memory, and nobody waits for a reader.
import { Fixable } from '../../domain/errors.ts'
import type { Cli } from '../cli.ts'

const PAGE_ROWS = 1_000

/** All rows behind `first`, or the first `limit` of them. Ends when the reader has gone; Fixable('interrupted') after `stop`, where there is something to clear away. */
export async function* keyPages<Row, Key, Out>(
  { clock, unread, stop }: Pick<Cli, 'clock' | 'unread'> & { readonly stop?: AbortSignal },
  limit: number | undefined,
  first: Key,
  read: (after: Key, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
  documentOf: (row: Row) => Out,
): AsyncGenerator<readonly Out[]> {
  let after = first
  for (let left = limit ?? Infinity; left > 0; ) {
    const rows = await read(after, Math.min(PAGE_ROWS, left))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(documentOf)
    after = keyOf(last)
    left -= rows.length
    await clock.sleep(0) // between pages a signal, or a reader that has gone, is heard
    if (unread.aborted) return
    if (stop?.aborted === true) throw new Fixable('interrupted', 'stopped before the end of the list')
  }
}
