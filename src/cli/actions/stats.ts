// What `notify stats` does: counts -> JSON, TAB-separated values, or a screen.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { type CountByState, MESSAGE_STATES } from '../../domain/message.ts'
import { forecastMailing, type MailingForecast, waitingOf } from '../../flow/forecast-mailing.ts'
import { tellTroubles, tellTroublesOf } from '../../flow/mailing-troubles.ts'
import { overview } from '../../flow/stats.ts'
import type { MailingDetail } from '../../store/answer-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { StatsOptions } from '../commands/stats.ts'
import { drawDetail } from '../screen/detail-screen.ts'
import { excelCsv } from '../screen/excel-csv.ts'
import { forecastJson } from '../screen/forecast-screen.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawOverview } from '../screen/overview-screen.ts'
import { detailJson, overviewJson, zoneJson } from '../screen/stats-json.ts'
import { troubleJson } from '../screen/trouble-json.ts'
import { drawTroubles } from '../screen/troubles-screen.ts'
import { drawPlain } from '../table.ts'
import { gatewayRate } from './gateway-rate.ts'
import { TABLE_ROWS } from './limit.ts'
import { mailingNamed } from './mailing-argument.ts'
import { showGroups } from './stats-by.ts'
import { watch } from './stats-watch.ts'
import { tellHold } from './tell-hold.ts'

const MOST_TROUBLES = 5

const MAILING_KEYS = ['id', 'name', 'state', 'total', ...MESSAGE_STATES, 'firstSendAt', 'lastSendAt'] as const
const ZONE_KEYS = ['zone', 'sendAt', 'total', ...MESSAGE_STATES, 'latenessP50', 'latenessP99', 'latenessMax'] as const

export const showStats = async (cli: Cli, app: App, options: StatsOptions, word: string | undefined): Promise<void> => {
  refuseTwoForms(options)
  const show = async (screen: Cli): Promise<boolean> => {
    const mailing = word === undefined ? null : await mailingNamed(app.store, word)
    if (options.by !== undefined) await showGroups(screen, app, options, options.by, mailing)
    else await (mailing === null ? showOverview(screen, app, options) : showMailing(screen, app, options, mailing))
    return mailing === null || !['done', 'cancelled'].includes(mailing.state)
  }
  if (options.watch === undefined) await show(cli)
  else await watch(cli, app, options, show)
}

const refuseTwoForms = ({ csv, json, plain, watch: again }: StatsOptions): void => {
  if ([csv, json, plain].filter((form) => form !== undefined && form !== false).length > 1)
    throw new Fixable('usage', '--csv, --json and --plain exclude each other', 'Say one of them.')
  if (again !== undefined && (csv === true || json !== undefined || plain === true))
    throw new Fixable(
      'usage',
      '--watch is for people: it goes with neither --csv, --json nor --plain',
      'Leave one out.',
    )
}

const showOverview = async (cli: Cli, app: App, options: StatsOptions): Promise<void> => {
  const isForPrograms = options.json !== undefined || options.plain === true || options.csv === true
  const stats = await overview(app, options.limit ?? (isForPrograms ? null : TABLE_ROWS))
  const json = overviewJson(stats)
  const troubles = options.csv === true ? [] : await tellTroubles(app.store, app.clock.now(), MOST_TROUBLES)
  if (options.json !== undefined) return printJson(cli, { ...json, troubles: troubles.map(troubleJson) })
  const rows = json.mailings.map(flatten)
  if (options.csv === true) return void cli.out.write(excelCsv(MAILING_KEYS, rows))
  if (options.plain === true) return print(cli.out, drawPlain(MAILING_KEYS, rows))
  const look = lookOf(cli, options, cli.out)
  print(cli.out, `${drawOverview(stats, look)}\n${drawTroubles(troubles, look)}`)
  await tellHold(cli, app, options)
  const [newest] = stats.mailings
  hint(
    cli,
    options,
    newest === undefined ? 'Next: notify schedule --at 10:00' : `Next: notify stats ${newest.mailing.id}`,
  )
}

const showMailing = async (cli: Cli, app: App, options: StatsOptions, mailing: Mailing): Promise<void> => {
  const detail = await app.store.mailingDetail(mailing)
  const rows = detail.zones.map(plainZone)
  if (options.csv === true) return void cli.out.write(excelCsv(ZONE_KEYS, rows))
  if (options.plain === true) return print(cli.out, drawPlain(ZONE_KEYS, rows))
  const forecast = await forecastOf(app, detail)
  const troubles = await tellTroublesOf(app.store, mailing.id)
  if (options.json !== undefined)
    return printJson(cli, {
      ...detailJson(detail),
      forecast: forecastJson(forecast),
      troubles: troubles.map(troubleJson),
    })
  const about = { operatorZone: app.operatorZone, limit: options.limit ?? TABLE_ROWS, forecast }
  const look = lookOf(cli, options, cli.out)
  print(cli.out, `${drawDetail(detail, about, look)}\n${drawTroubles(troubles, look)}`)
  const { id } = detail.mailing
  const troubled = (['failed', 'unknown', 'expired'] as const).find((state) => detail.states[state] > 0)
  hint(cli, options, `Next: notify messages list ${id}${troubled === undefined ? '' : ` --state ${troubled}`}`)
}

const plainZone = (zone: MailingDetail['zones'][number]) => {
  const { lateness, ...counts } = zoneJson(zone)
  return Object.assign(flatten(counts), {
    latenessP50: lateness?.p50 ?? null,
    latenessP99: lateness?.p99 ?? null,
    latenessMax: lateness?.max ?? null,
  })
}

const forecastOf = async (app: App, detail: MailingDetail): Promise<MailingForecast | null> => {
  const { id, state, gateway } = detail.mailing
  if (state !== 'active') return null // of one that is held back nobody knows
  return forecastMailing(app, id, waitingOf(detail), gatewayRate(app, gateway), app.clock.now())
}

/** The counts by state beside the rest, as columns. */
const flatten = <T extends { readonly states: CountByState }>({
  states,
  ...rest
}: T): Omit<T, 'states'> & CountByState => ({
  ...rest,
  ...states,
})
