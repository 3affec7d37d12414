// What `notify stats` does: counts -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import { type CountByState, MESSAGE_STATES } from '../../domain/message.ts'
import { overview } from '../../flow/stats.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { StatsOptions } from '../commands/stats.ts'
import { drawDetail } from '../screen/detail-screen.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawOverview } from '../screen/overview-screen.ts'
import { detailJson, overviewJson, zoneJson } from '../screen/stats-json.ts'
import { drawPlain } from '../table.ts'
import { TABLE_ROWS } from './limit.ts'
import { mailingNamed } from './mailing-argument.ts'
import { tellHold } from './tell-hold.ts'

export const showOverview = async (cli: Cli, app: App, options: StatsOptions): Promise<void> => {
  const isForPrograms = options.json !== undefined || options.plain === true
  const stats = await overview(app, options.limit ?? (isForPrograms ? null : TABLE_ROWS))
  const json = overviewJson(stats)
  if (options.json !== undefined) return printJson(cli, json)
  if (options.plain === true) {
    const rows = json.mailings.map(flatten)
    return print(
      cli.out,
      drawPlain(['id', 'name', 'state', 'total', ...MESSAGE_STATES, 'firstSendAt', 'lastSendAt'], rows),
    )
  }
  print(cli.out, drawOverview(stats, lookOf(cli, options, cli.out)))
  await tellHold(cli, app, options)
  const [newest] = stats.mailings
  hint(
    cli,
    options,
    newest === undefined ? 'Next: notify schedule --at 10:00' : `Next: notify stats ${newest.mailing.id}`,
  )
}

export const showMailing = async (cli: Cli, app: App, options: StatsOptions, word: string): Promise<void> => {
  const detail = await app.store.mailingDetail(await mailingNamed(app.store, word))
  if (options.json !== undefined) return printJson(cli, detailJson(detail))
  if (options.plain === true) {
    const rows = detail.zones.map(zoneJson).map(flatten)
    return print(cli.out, drawPlain(['zone', 'sendAt', 'total', ...MESSAGE_STATES], rows))
  }
  print(cli.out, drawDetail(detail, app.operatorZone, options.limit ?? TABLE_ROWS, lookOf(cli, options, cli.out)))
  const { id } = detail.mailing
  const troubled = (['failed', 'unknown', 'expired'] as const).find((state) => detail.states[state] > 0)
  hint(cli, options, `Next: notify messages list ${id}${troubled === undefined ? '' : ` --state ${troubled}`}`)
}

/** The counts by state beside the rest, as columns. */
const flatten = <T extends { readonly states: CountByState }>({
  states,
  ...rest
}: T): Omit<T, 'states'> & CountByState => ({
  ...rest,
  ...states,
})
