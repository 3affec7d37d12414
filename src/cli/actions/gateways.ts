// What `notify gateways list | pause | resume` do, and what they say.
import type { App } from '../../app.ts'
import { checkDuration } from '../../domain/duration.ts'
import { Fixable } from '../../domain/errors.ts'
import { nearest } from '../../domain/nearest.ts'
import { type GatewayReport, reportGateways } from '../../flow/gateways.ts'
import { pauseGateway, resumeGateway } from '../../flow/steer-gateway.ts'
import { type Cli, type CommonOptions, jsonText, print, printJson } from '../cli.ts'
import type { SteerGatewayOptions } from '../commands/gateways.ts'
import { counted, dateTime } from '../screen/format.ts'
import { GATEWAY_KEYS, gatewayJson } from '../screen/gateway-json.ts'
import { drawGateways } from '../screen/gateways-screen.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawPlain } from '../table.ts'
import { operatorAct } from './operator-act.ts'
import { tellHold } from './tell-hold.ts'

const reportAll = (app: App): Promise<readonly GatewayReport[]> =>
  reportGateways(app, app.config.gateways, app.clock.now())

export const listGateways = async (cli: Cli, app: App, options: CommonOptions): Promise<void> => {
  const reports = await reportAll(app)
  const rows = reports.map((report) => gatewayJson(report, app.clock.now()))
  if (options.json === 'lines') return print(cli.out, rows.map((row) => jsonText(row)).join('\n'))
  if (options.json !== undefined) return printJson(cli, rows)
  if (options.plain === true) return print(cli.out, drawPlain(GATEWAY_KEYS, rows))
  print(cli.out, drawGateways(reports, app.operatorZone, lookOf(cli, options, cli.out)))
  await tellHold(cli, app, options)
  const paused = reports.find(({ health }) => health.pausedAt !== null)
  if (paused !== undefined) hint(cli, options, `Next: notify gateways resume ${paused.name}`)
}

export const pause = async (cli: Cli, app: App, options: SteerGatewayOptions, word: string): Promise<void> => {
  const { name } = await gatewayNamed(app, word)
  const changed = await pauseGateway(app, name, operatorAct(cli, options.reason))
  const report = await gatewayNamed(app, name)
  const since = dateTime(report.health.pausedAt ?? 0, app.operatorZone)
  answer(cli, app, options, report, (waiting) =>
    changed
      ? `Paused gateway "${name}": ${waiting} wait. What is in flight finishes.`
      : `Gateway "${name}" was paused already, by ${report.health.pausedBy ?? '?'} at ${since} ${app.operatorZone}: ${waiting} wait.`,
  )
  hint(cli, options, `Next: notify gateways resume ${name} --ramp 5m`)
}

export const resume = async (cli: Cli, app: App, options: SteerGatewayOptions, word: string): Promise<void> => {
  const ramp = options.ramp === undefined ? 0 : checkDuration('--ramp', options.ramp)
  const { name, plan, state, health } = await gatewayNamed(app, word)
  const resumption = { rampMs: ramp === 0 ? null : ramp, concurrency: plan?.concurrency ?? 1 }
  const changed = await resumeGateway(app, name, resumption, operatorAct(cli, options.reason))
  const report = await gatewayNamed(app, name)
  const restedWords = state === 'resting' ? 'Ended the rest of' : 'Set the speed of'
  const did = health.pausedAt === null ? restedWords : 'Resumed'
  answer(cli, app, options, report, (waiting) =>
    changed
      ? `${did} gateway "${name}": ${waiting} go on, ${speedWords(report, app.operatorZone)}.`
      : `Gateway "${name}" was not paused: ${waiting} go on.`,
  )
  hint(cli, options, 'Next: notify gateways')
}

const speedWords = ({ plan, fullSpeedAt }: GatewayReport, zone: string): string => {
  if (plan === null) return 'once it is configured'
  if (fullSpeedAt === null) return 'at full speed at once'
  return `slowly at first, at full speed from ${dateTime(fullSpeedAt, zone)} ${zone} on`
}

/** Configured, or known by its row, or used by a mailing; Fixable('notFound') with the nearest name. */
const gatewayNamed = async (app: App, word: string): Promise<GatewayReport> => {
  const reports = await reportAll(app)
  const report = reports.find(({ name }) => name === word)
  if (report !== undefined) return report
  const names = reports.map(({ name }) => name)
  const near = nearest(word, names)
  const help = near === null ? `There are: ${names.join(', ')}.` : `Did you mean "${near}"?`
  throw new Fixable('notFound', `there is no gateway "${word}"`, `${help} See notify gateways.`)
}

/** The changed row for programs, a sentence for people, nothing with --quiet. */
const answer = (
  cli: Cli,
  app: App,
  options: CommonOptions,
  report: GatewayReport,
  say: (waiting: string) => string,
): void => {
  if (options.json !== undefined) return printJson(cli, gatewayJson(report, app.clock.now()))
  if (options.quiet === true) return
  print(cli.out, say(counted(report.waiting, 'message', lookOf(cli, options, cli.out).count)))
}
