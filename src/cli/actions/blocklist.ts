// What `notify blocklist` does: blocked addresses -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { BlockedAddress } from '../../store/block-store.ts'
import { type Cli, print } from '../cli.ts'
import type { BlocklistOptions } from '../commands/block.ts'
import { dateTime } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { printJsonList } from '../screen/json-lines.ts'
import { lookOf } from '../screen/look.ts'
import { drawPlain, drawPlainRows, drawTable } from '../table.ts'
import { keyPages } from './key-pages.ts'
import { TABLE_ROWS } from './limit.ts'

const KEYS = ['address', 'blockedAt', 'blockedBy', 'reason'] as const

export const blocklist = async (cli: Cli, app: App, options: BlocklistOptions): Promise<void> => {
  const pages = (): AsyncGenerator<readonly ReturnType<typeof documentOf>[]> =>
    keyPages(cli, options.limit, '', (after, limit) => app.store.listBlocked({ after, limit }), keyOf, documentOf)
  if (options.json !== undefined) return printJsonList(cli, options.json, pages())
  if (options.plain === true) {
    print(cli.out, drawPlain(KEYS, []))
    for await (const page of pages()) print(cli.out, drawPlainRows(KEYS, page))
    return
  }
  const rows = await app.store.listBlocked({ after: '', limit: options.limit ?? TABLE_ROWS })
  const all = await app.store.countBlocked()
  print(cli.out, drawBlocked(rows, all - rows.length, app.operatorZone, lookOf(cli, options, cli.out)))
  hint(cli, options, 'Next: notify block ADDRESS, notify unblock ADDRESS')
}

const keyOf = ({ address }: BlockedAddress): string => address

const documentOf = ({ address, at, who, why }: BlockedAddress) => ({
  address,
  blockedAt: isoUtc(at),
  blockedBy: who,
  reason: why,
})

const drawBlocked = (
  rows: readonly BlockedAddress[],
  more: number,
  zone: string,
  look: ReturnType<typeof lookOf>,
): string => {
  if (rows.length === 0) return 'No address is blocked.'
  return drawTable(
    [
      { title: 'ADDRESS', cell: ({ address }) => address },
      { title: `SINCE (${zone})`, leavesFirst: 2, cell: ({ at }) => dateTime(at, zone) },
      { title: 'BY', leavesFirst: 1, cutTo: 12, cell: ({ who }) => who },
      { title: 'WHY', wrapTo: 16, cell: ({ why }) => why ?? '' },
    ],
    rows,
    look,
    more,
  )
}
