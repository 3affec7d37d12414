// The plan on the screen: per zone, how many and when, on both clocks; or as JSON.
import type { App } from '../../app.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { MailingState, Plan, ZonePlan } from '../../domain/mailing.ts'
import { localClock } from '../../domain/send-time.ts'
import { visible } from '../../domain/visible.ts'
import type { Examined } from '../../flow/examine-text.ts'
import type { MailingForecast } from '../../flow/forecast-mailing.ts'
import type { Scheduled } from '../../flow/schedule-mailing.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import { type Column, drawPlain, drawTable } from '../table.ts'
import { drawBar } from './bars.ts'
import { examinedJson, examinedWords } from './examined-screen.ts'
import { forecastJson, forecastWords } from './forecast-screen.ts'
import { counted, dateTime, inBothZones } from './format.ts'
import { type Look, lookOf } from './look.ts'
import { mailingJson } from './mailing-json.ts'

export const printSchedule = (
  cli: Cli,
  app: App,
  options: CommonOptions & { readonly dryRun: boolean },
  scheduled: Scheduled,
  forecast: MailingForecast | null,
  examined: Examined,
): void => {
  const { mailing, plan } = scheduled
  if (options.json !== undefined) {
    return printJson(cli, {
      mailing: mailingJson(mailing),
      total: plan.total,
      zones: plan.zones.map(zoneJson),
      skipped: plan.skipped,
      forecast: forecastJson(forecast),
      ...examinedJson(examined),
    })
  }
  if (options.plain === true) return print(cli.out, drawPlain(PLAIN_KEYS, plan.zones.map(plainZone)))
  if (options.quiet === true) return
  const look = lookOf(cli, options, cli.out)
  print(cli.out, drawPlan(plan, app.operatorZone, look))
  print(cli.out, `\n${summary(scheduled, app.operatorZone, look, options.dryRun)}`)
  if (forecast !== null) print(cli.out, forecastWords(forecast, app.operatorZone))
  print(cli.out, examinedWords(examined, plan.total, look))
  if (cli.err.isTTY === true && mailing.id !== null) print(cli.err, nextSteps(mailing.state, mailing.id))
}

const nextSteps = (state: MailingState, id: number): string =>
  state === 'proposed'
    ? `Next: notify test ${id} --to ADDRESS · notify mailings approve ${id} · notify mailings cancel ${id}`
    : `Next: notify daemon · notify stats ${id} · notify mailings cancel ${id}`

/** The table of its zones, and what the operator should know of them. */
export const drawPlan = (plan: Plan, operatorZone: string, look: Look): string =>
  [drawTable(columns(plan, operatorZone, look), plan.zones, look), ...notesOf(plan, look)].join('\n')

const localIso = (instant: number, zone: string): string => {
  const { date, time } = localClock(instant, zone)
  return `${date} ${time}`
}

const zoneJson = (zone: ZonePlan) => ({
  zone: zone.zone,
  count: zone.count,
  sendAt: isoUtc(zone.sendAt),
  local: localIso(zone.sendAt, zone.zone),
  notes: zone.notes,
})

const PLAIN_KEYS = ['zone', 'count', 'sendAt', 'local', 'notes'] as const

const plainZone = (zone: ZonePlan): Record<(typeof PLAIN_KEYS)[number], string | number> => ({
  ...zoneJson(zone),
  notes: zone.notes.join('; '),
})

const columns = ({ zones }: Plan, operatorZone: string, look: Look): readonly Column<ZonePlan>[] => {
  const most = Math.max(...zones.map(({ count }) => count))
  const bar = (zone: ZonePlan, width: number): string => {
    const cells = Math.max(1, Math.round((zone.count / most) * width))
    return drawBar([{ count: zone.count, glyphs: ['█', '#'], paint: 'cyan' }], cells, look)
  }
  return [
    { title: 'ZONE', cell: ({ zone, notes }) => (notes.length === 0 ? zone : `${zone} *`), cutTo: 16 },
    {
      title: 'THEIR TIME',
      cell: ({ zone, sendAt }) => `${dateTime(sendAt, zone)} (${localClock(sendAt, zone).offset})`,
    },
    { title: operatorZone, cell: ({ sendAt }) => dateTime(sendAt, operatorZone) },
    { title: 'MESSAGES', align: 'right', cell: ({ count }) => look.count(count) },
    { title: '', draw: bar, widest: 20, narrowest: 6, leavesFirst: 1 },
  ]
}

const notesOf = ({ zones }: Plan, { word }: Look): readonly string[] =>
  zones.flatMap(({ zone, notes }) => notes.map((note) => `* ${zone}: ${word(note)}`))

const summary = ({ mailing, plan, existed }: Scheduled, operatorZone: string, look: Look, dryRun: boolean): string => {
  const [first] = plan.zones
  const where = first === undefined ? '' : `, first ${inBothZones(first.sendAt, first.zone, operatorZone)}`
  const skipped = plan.skipped.map(({ reason, count }) => `${look.count(count)} ${reason}`).join(', ')
  const what = `${counted(plan.total, 'message', look.count)} in ${counted(plan.zones.length, 'zone')}${where}`
  const rest = `${skipped === '' ? '.' : `. Skipped: ${skipped}.`}${waiting(mailing)}`
  if (existed)
    return `Nothing added: mailing ${mailing.id} "${visible(mailing.name)}" holds these already: ${what}${rest}`
  if (dryRun) return `Dry run: would schedule ${what}${rest}`
  return `Scheduled ${what} as mailing ${mailing.id} "${visible(mailing.name)}"${rest}`
}

const waiting = ({ state, id }: Scheduled['mailing']): string =>
  state === 'proposed' ? ` Nothing leaves yet: it waits for notify mailings approve ${id} by another person.` : ''
