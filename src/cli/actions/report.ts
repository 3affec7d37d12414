// What `notify report` does: the day -> text for a mail, or JSON.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { addDays, isDate } from '../../domain/local-time.ts'
import { localDate } from '../../domain/send-time.ts'
import { reportDay } from '../../flow/report.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ReportOptions } from '../commands/report.ts'
import { lookOf } from '../screen/look.ts'
import { drawReport, reportJson } from '../screen/report-screen.ts'

export const report = async (cli: Cli, app: App, options: ReportOptions): Promise<void> => {
  const now = app.clock.now()
  const on = dayOf(options.date ?? 'today', localDate(now, app.operatorZone))
  const day = await reportDay({ store: app.store, plans: app.config.gateways }, on, app.operatorZone, now)
  if (options.json !== undefined) printJson(cli, reportJson(day))
  else print(cli.out, drawReport(day, lookOf(cli, options, cli.out)))
}

const dayOf = (raw: string, today: string): string => {
  if (raw === 'today') return today
  if (raw === 'yesterday') return addDays(today, -1)
  if (isDate(raw)) return raw
  throw new Fixable('usage', `--date "${raw}" is not a date`, 'Write today, yesterday or a date such as 2026-11-21.')
}
