// What `notify schedule` does: the flags -> a request, the plan -> the screen.
import { randomUUID } from 'node:crypto'
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import type { Audience } from '../../domain/mailing.ts'
import {
  checkAt,
  checkIfNoZone,
  checkIfPast,
  checkName,
  checkPace,
  checkText,
  checkUntil,
} from '../../domain/mailing-request.ts'
import { checkOn, isFarAhead } from '../../domain/on-date.ts'
import { examineText } from '../../flow/examine-text.ts'
import { forecastMailing, waitingOfPlan } from '../../flow/forecast-mailing.ts'
import { type Scheduled, type ScheduleRequest, scheduleMailing } from '../../flow/schedule-mailing.ts'
import type { Cli, CommonOptions } from '../cli.ts'
import type { AudienceOptions } from '../commands/audience-flags.ts'
import type { ScheduleOptions } from '../commands/schedule.ts'
import { openProgress } from '../screen/progress.ts'
import { printSchedule } from '../screen/schedule-screen.ts'
import { audienceOf } from './audience.ts'
import { confirm } from './confirm.ts'
import { gatewayRate } from './gateway-rate.ts'
import { operatorAct } from './operator-act.ts'
import { tellAddressBook } from './tell-address-book.ts'
import { checkVariables } from './text-variables.ts'
import { warnOfUnknownFilters } from './unknown-filters.ts'
import { warnOfPlaceholders } from './warn-of-placeholders.ts'

export const schedule = async (cli: Cli, app: App, options: ScheduleOptions): Promise<void> => {
  await scheduleAndTell(cli, app, options, await requestOf(cli, app, options, audienceOf(options)))
}

/** Schedules it and prints the plan. */
export const scheduleAndTell = async (
  cli: Cli,
  app: App,
  options: Pick<ScheduleOptions, keyof CommonOptions | 'yes'>,
  request: ScheduleRequest,
): Promise<void> => {
  tellAddressBook(cli, app, options)
  await askWhereFarAhead(cli, app, options, request)
  const progress = openProgress(cli, options, 'messages')
  const scheduled: Scheduled = await scheduleMailing(app, request, cli.signal, (rows) => progress.advance(rows))
  progress.end()
  if (!request.dryRun) await app.store.rememberHome() // the file that was scheduled in is the one that sends
  const waiting = waitingOfPlan(scheduled.mailing)
  const forecast = await forecastMailing(
    app,
    scheduled.mailing.id,
    waiting,
    gatewayRate(app, request.gateway),
    app.clock.now(),
  )
  const { text, headings = [], audience, addressKind } = request
  const examined = await examineText(app, { text, headings, audience, addressKind })
  printSchedule(cli, app, { ...options, dryRun: request.dryRun }, scheduled, forecast, examined)
}

/** A year that was mistyped is noticed by nobody, since nothing happens. */
const askWhereFarAhead = async (
  cli: Cli,
  app: App,
  options: Pick<ScheduleOptions, keyof CommonOptions | 'yes'>,
  { on, dryRun }: ScheduleRequest,
): Promise<void> => {
  if (dryRun || !isFarAhead(on, app.clock.now(), app.operatorZone)) return
  await confirm(cli, options, `${on} is more than a year ahead.`, 'Schedule it for that day?')
}

/** What the flags ask for, with what the configuration says where they say nothing. */
export const requestOf = async (
  cli: Cli,
  app: App,
  options: Omit<ScheduleOptions, keyof AudienceOptions>,
  audience: Audience,
): Promise<ScheduleRequest> => {
  await warnOfUnknownFilters(cli, app, options, audience)
  const at = checkAt(options.at)
  const gateway = await app.gateway(options.gateway ?? app.config.defaults.gateway)
  const text = options.text ?? app.config.defaults.text
  if (text === null) {
    throw new Fixable(
      'usage',
      'there is no text to send',
      'Say it with --text "…", or set [defaults] text in notify.toml.',
    )
  }
  const headings = await checkVariables(app, checkText(text, 'scheduled'), 'scheduled')
  await warnOfPlaceholders(cli, app, options, text)
  return {
    uid: randomUUID(),
    createdBy: operatorAct(cli, undefined).who,
    name: options.name === undefined ? null : checkName(options.name),
    text,
    headings,
    gateway: gateway.name,
    addressKind: gateway.addressKind,
    at,
    on: checkOn(options.on, app.clock.now(), app.operatorZone),
    until: checkUntil(options.until ?? defaultUntil(app, at), at),
    expires: options.expires,
    rowsPerSecond: checkPace(options.pace),
    ifPast: checkIfPast(options.ifPast),
    ifNoZone: checkIfNoZone(options.ifNoZone),
    audience,
    follow: options.follow === true,
    needsApproval: app.config.approval,
    dryRun: options.dryRun === true,
  }
}

/** The configured closing hour holds for mailings that open before it; a later one has its own (design.md 4.5). */
const defaultUntil = (app: App, at: string): string | undefined => {
  const { until } = app.config.defaults
  return until !== null && until > at ? until : undefined
}
