// What `notify recipients list` and `show` do: the address book -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { RecipientsOptions } from '../commands/recipients.ts'
import { hint } from '../screen/hint.ts'
import { printJsonList } from '../screen/json-lines.ts'
import { lookOf } from '../screen/look.ts'
import {
  actJson,
  plainRecipient,
  RECIPIENT_KEYS,
  recipientJson,
  recipientMessageJson,
} from '../screen/recipient-json.ts'
import { drawRecipient } from '../screen/recipient-screen.ts'
import { drawRecipients } from '../screen/recipients-screen.ts'
import { drawPlain, drawPlainRows } from '../table.ts'
import { keyPages } from './key-pages.ts'
import { TABLE_ROWS } from './limit.ts'
import { recipientNamed } from './recipient-argument.ts'
import { filterOf } from './recipient-filter.ts'

export const list = async (cli: Cli, app: App, options: RecipientsOptions): Promise<void> => {
  const filter = filterOf(options)
  const first = options.after ?? 0
  const pages = (): AsyncGenerator<readonly ReturnType<typeof recipientJson>[]> =>
    keyPages(
      cli,
      options.limit,
      first,
      (after, limit) => app.store.listRecipients(filter, { after, limit }),
      ({ id }: Recipient) => id,
      recipientJson,
    )
  if (options.json !== undefined) return printJsonList(cli, options.json, pages())
  if (options.plain === true) {
    print(cli.out, drawPlain(RECIPIENT_KEYS, []))
    for await (const page of pages()) print(cli.out, drawPlainRows(RECIPIENT_KEYS, page.map(plainRecipient)))
    return
  }
  const limit = options.limit ?? TABLE_ROWS
  const rows = await app.store.listRecipients(filter, { after: first, limit })
  // from the middle on nobody knows how many come behind
  const all = rows.length < limit ? rows.length : first > 0 ? null : await app.store.countMatching(filter)
  print(cli.out, drawRecipients(rows, all === null ? null : all - rows.length, lookOf(cli, options, cli.out)))
  const [one] = rows
  hint(
    cli,
    options,
    one === undefined ? 'Next: notify import suppliers FILE' : `Next: notify recipients show ${one.id}`,
  )
}

/** Messages and acts that are shown: the last ones. */
const MOST_SHOWN = 20

export const show = async (cli: Cli, app: App, options: CommonOptions, word: string): Promise<void> => {
  const recipient = await recipientNamed(app, word)
  const [waiting, messages, acts] = [
    await app.store.countWaiting(recipient.id),
    await app.store.messagesOf(recipient.id, MOST_SHOWN),
    await app.store.actsOn(recipient.id, MOST_SHOWN),
  ]
  const json = recipientJson(recipient)
  if (options.json !== undefined) {
    return printJson(cli, { ...json, waiting, messages: messages.map(recipientMessageJson), acts: acts.map(actJson) })
  }
  if (options.plain === true) {
    const values = Object.entries({ ...plainRecipient(json), waiting }).map(([name, value]) => ({ name, value }))
    return print(cli.out, drawPlain(['name', 'value'], values))
  }
  const look = lookOf(cli, options, cli.out)
  print(cli.out, drawRecipient({ recipient, waiting, messages, acts }, app.operatorZone, look))
  hint(cli, options, `Next: notify recipients edit ${recipient.id}`)
}
