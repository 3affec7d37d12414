// What `notify mailings list` and `show` do: mailings -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { MailingsOptions } from '../commands/mailings.ts'
import { hint } from '../screen/hint.ts'
import { printJsonList } from '../screen/json-lines.ts'
import { lookOf } from '../screen/look.ts'
import { countedMailingJson, mailingJson } from '../screen/mailing-json.ts'
import { drawMailing } from '../screen/mailing-screen.ts'
import { drawMailings } from '../screen/mailings-screen.ts'
import { drawPlain } from '../table.ts'
import { TABLE_ROWS } from './limit.ts'
import { mailingNamed } from './mailing-argument.ts'
import { tellHold } from './tell-hold.ts'

export const listMailings = async (cli: Cli, app: App, options: MailingsOptions): Promise<void> => {
  const all = await app.store.listMailings(options.state === undefined ? {} : { states: [options.state] })
  const isForPrograms = options.json !== undefined || options.plain === true
  const mailings = all.slice(0, options.limit ?? (isForPrograms ? all.length : TABLE_ROWS))
  const rows = mailings.map((mailing) => ({ ...mailingJson(mailing), reason: mailing.reason }))
  if (options.json !== undefined) return printJsonList(cli, options.json, inPages([rows]))
  if (options.plain === true) {
    const keys = ['id', 'name', 'state', 'at', 'on', 'until', 'expiresAt', 'gateway', 'reason', 'uid'] as const
    return print(cli.out, drawPlain(keys, rows))
  }
  const look = lookOf(cli, options, cli.out)
  print(cli.out, drawMailings(mailings, all.length - mailings.length, app.operatorZone, look))
  await tellHold(cli, app, options)
  const [newest] = mailings
  hint(
    cli,
    options,
    newest === undefined ? 'Next: notify schedule --at 10:00' : `Next: notify mailings show ${newest.id}`,
  )
}

async function* inPages<T>(pages: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* pages
}

export const showMailing = async (cli: Cli, app: App, options: CommonOptions, word: string): Promise<void> => {
  const mailing = await mailingNamed(app.store, word)
  const counts = await app.store.mailingCounts(mailing)
  const { text, terms, plan, createdAt, createdBy, approvedBy } = mailing
  const json = {
    ...countedMailingJson(counts),
    text,
    createdAt: isoUtc(createdAt),
    createdBy,
    approvedBy,
    audience: terms.audience,
    follow: terms.follow,
    zones: plan.zones.map(({ zone, count, sendAt, notes }) => ({ zone, count, sendAt: isoUtc(sendAt), notes })),
  }
  if (options.json !== undefined) return printJson(cli, json)
  if (options.plain === true) {
    const { states, audience: _, zones: __, ...values } = json
    return print(
      cli.out,
      drawPlain(
        ['name', 'value'],
        Object.entries({ ...values, ...states }).map(([name, value]) => ({ name, value })),
      ),
    )
  }
  print(cli.out, drawMailing(counts, app.operatorZone, lookOf(cli, options, cli.out)))
  hint(cli, options, `Next: notify stats ${mailing.id}`)
}
