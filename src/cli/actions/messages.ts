// What `notify messages list` does: the rows of a mailing, or of all -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import { keyOf } from '../../domain/key.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { Mailing } from '../../domain/mailing.ts'
import type { MessageFilter, MessageRow } from '../../store/message-store.ts'
import { type Cli, print } from '../cli.ts'
import type { MessagesOptions } from '../commands/messages.ts'
import { hint } from '../screen/hint.ts'
import { printJsonList } from '../screen/json-lines.ts'
import { lookOf } from '../screen/look.ts'
import { drawMessages } from '../screen/messages-screen.ts'
import { drawPlain, drawPlainRows } from '../table.ts'
import { TABLE_ROWS } from './limit.ts'
import { mailingNamed } from './mailing-argument.ts'
import { recipientOrStub } from './recipient-argument.ts'

export const listMessages = async (cli: Cli, app: App, options: MessagesOptions, word?: string): Promise<void> => {
  const mailing = word === undefined ? null : await mailingNamed(app.store, word)
  const filter = await filterOf(app, mailing, options)
  if (options.json !== undefined) return printJsonList(cli, options.json, jsonPages(cli, app, filter, options))
  if (options.plain === true) return printPlain(cli, jsonPages(cli, app, filter, options))
  const rows = await app.store.listMessages({ ...filter, limit: options.limit ?? TABLE_ROWS })
  const more = (await totalOf(app, mailing, filter)) - rows.length
  const list = { rows, more: Math.max(0, more), ofAll: mailing === null }
  print(cli.out, drawMessages(list, app.operatorZone, lookOf(cli, options, cli.out)))
  const [first] = rows
  hint(
    cli,
    options,
    mailing === null && first !== undefined
      ? `Next: notify messages show ${first.id}`
      : `Next: notify stats ${mailing?.id ?? ''}`.trimEnd(),
  )
}

/** While a mailing is being scheduled nothing is counted yet but by its rows. */
const totalOf = async ({ store }: App, mailing: Mailing | null, filter: MessageFilter): Promise<number> => {
  if (mailing?.state !== 'planning' || filter.error !== undefined || filter.recipientId !== undefined)
    return store.countMessages(filter)
  const { states, total } = await store.mailingCounts(mailing)
  return filter.state === undefined ? total : states[filter.state]
}

const KEYS = [
  'id',
  'key',
  'recipient',
  'address',
  'zone',
  'sendAt',
  'dueAt',
  'state',
  'reason',
  'attempts',
  'settledAt',
  'gatewayRef',
  'mailing',
  'resend',
  'keyNumber',
] as const

type MessageJson = Readonly<Record<(typeof KEYS)[number], string | number | null>>

const messageJson = (row: MessageRow, installationId: string): MessageJson => {
  const { key, keyNumber } = keyOf(row, { installationId, mailingUid: row.mailingUid })
  return {
    id: String(row.id),
    key,
    recipient: String(row.recipientId),
    address: row.address,
    zone: row.zone,
    sendAt: isoUtc(row.sendAt),
    dueAt: row.dueAt === null ? null : isoUtc(row.dueAt),
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    settledAt: row.settledAt === null ? null : isoUtc(row.settledAt),
    gatewayRef: row.gatewayRef,
    mailing: String(row.mailingId),
    resend: row.resend,
    keyNumber,
  }
}

const PAGE_ROWS = 1_000

async function* jsonPages(
  cli: Cli,
  { store }: App,
  filter: MessageFilter,
  { limit = Infinity }: MessagesOptions,
): AsyncGenerator<readonly MessageJson[]> {
  let after: MessageRow | null = null
  for (let left = limit; left > 0; ) {
    const rows: readonly MessageRow[] = await store.listMessages({ ...filter, after, limit: Math.min(PAGE_ROWS, left) })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => messageJson(row, store.installationId))
    after = last
    left -= rows.length
    await cli.clock.sleep(0) // between pages a reader that has gone is heard
    if (cli.unread.aborted) return
  }
}

const filterOf = async (
  app: App,
  mailing: Mailing | null,
  { state, error, recipient }: MessagesOptions,
): Promise<MessageFilter> => ({
  ...(mailing === null ? {} : { mailingId: mailing.id }),
  ...(state === undefined ? {} : { state }),
  ...(error === undefined ? {} : { error }),
  ...(recipient === undefined ? {} : { recipientId: (await recipientOrStub(app, recipient)).id }),
})

const printPlain = async (cli: Cli, pages: AsyncIterable<readonly MessageJson[]>): Promise<void> => {
  print(cli.out, drawPlain(KEYS, []))
  for await (const page of pages) print(cli.out, drawPlainRows(KEYS, page))
}
