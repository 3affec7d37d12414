// What `notify retry` does, and what it says.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { checkExpiresFromNow } from '../../domain/mailing-request.ts'
import { TROUBLE_STATES } from '../../domain/message.ts'
import { visible } from '../../domain/visible.ts'
import { refuseFalseClock } from '../../flow/clock-guard.ts'
import {
  type PlannedRetry,
  perhapsTwice,
  planRetry,
  retriedOf,
  retry as retryAll,
  USUAL_STATES,
} from '../../flow/retry.ts'
import type { RetryCounts } from '../../store/retry-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { RetryOptions } from '../commands/retry.ts'
import { counted, dateTime } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { type Look, lookOf } from '../screen/look.ts'
import { mailingJson } from '../screen/mailing-json.ts'
import { addressOf } from './address.ts'
import { confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'

export const retry = async (cli: Cli, app: App, options: RetryOptions, word: string): Promise<void> => {
  await refuseFalseClock(app, options.dryRun)
  const mailing = await mailingNamed(app.store, word)
  const by = operatorAct(cli, options.reason)
  const order = {
    states: options.state === undefined ? USUAL_STATES : [...new Set(options.state)],
    error: options.error ?? null,
    to: options.to === undefined ? null : await toAddress(app, options.to),
    limit: options.limit ?? null,
    asNew: options.asNew === true,
    expiresAt: checkExpiresFromNow(options.expires, by.at),
  }
  const planned = await planRetry(app, mailing, order, by)
  const isNothing = retriedOf(planned.counts) === 0
  if (options.dryRun === true || isNothing) return tell(cli, app, options, mailing, planned.counts)
  if (perhapsTwice(planned) > 0) await confirm(cli, options, harmOf(planned, lookOf(cli, options, cli.err)), 'Do it?')
  const retried = await retryAll(app, planned, cli.signal)
  tell(cli, app, options, retried.mailing, retried.counts)
  hint(cli, options, `Next: notify stats ${mailing.id}`)
}

const toAddress = async (app: App, raw: string): Promise<string> => {
  const address = await addressOf(raw, app.config.country)
  if (address.ok) return address.address
  throw new Fixable('usage', `--to "${raw}": ${address.reason}`, 'Write one phone or e-mail address.')
}

const harmOf = (planned: PlannedRetry, look: Look): string => {
  const { counts, rules, mailing } = planned
  const why =
    counts.byFate.renew > 0 || rules.honoursKey
      ? 'they get new keys'
      : `gateway "${mailing.gateway}" does not honour keys`
  return `${counted(perhapsTwice(planned), 'message', look.count)} of ${called(mailing)} may have arrived already, and ${why}: whoever got it gets it twice.`
}

const called = ({ id, name }: Mailing): string => `mailing ${id} "${visible(name)}"`

/** What was done, or would be, for programs and for people. */
const tell = (cli: Cli, app: App, options: RetryOptions, mailing: Mailing, counts: RetryCounts): void => {
  const { byState, byFate } = counts
  const dryRun = options.dryRun === true
  if (options.json !== undefined) {
    return printJson(cli, {
      mailing: mailingJson(mailing),
      retried: retriedOf(counts),
      byState,
      sameKey: byFate.repeat,
      forgotten: byFate.forgotten,
      dryRun,
    })
  }
  if (options.quiet === true) return
  const look = lookOf(cli, options, cli.out)
  const lines = [
    `${dryRun ? 'Dry run: ' : ''}${sentence(mailing, counts, app.operatorZone, look, dryRun)}`,
    ...(byFate.repeat === 0
      ? []
      : [`${look.count(byFate.repeat)} of them may have arrived already: they keep their keys and their texts.`]),
    ...(byFate.forgotten === 0
      ? []
      : [
          `${counted(byFate.forgotten, 'message', look.count)} may have arrived, and the gateway has forgotten the keys by now: left as they are. With --as-new they are sent, and whoever got it gets it twice.`,
        ]),
    ...(mailing.state === 'paused' && retriedOf(counts) > 0
      ? [`The mailing stays paused: notify mailings resume ${mailing.id}`]
      : []),
  ]
  print(cli.out, lines.join('\n'))
}

const sentence = (mailing: Mailing, counts: RetryCounts, zone: string, look: Look, dryRun: boolean): string => {
  const retried = retriedOf(counts)
  if (retried === 0) return `${dryRun ? 'nothing' : 'Nothing'} to retry in ${called(mailing)}.`
  const states = TROUBLE_STATES.filter((state) => counts.byState[state] > 0)
  const parts = states.map((state) => `${look.count(counts.byState[state])} ${state}`).join(', ')
  const what = `${counted(retried, 'message', look.count)} of ${called(mailing)} (${parts})`
  if (dryRun) return `${what} would be sent once more.`
  const { at, until, expiresAt } = mailing
  return `${what} will be sent once more, between ${at} and ${until} on their clocks, until ${dateTime(expiresAt, zone)} ${zone}.`
}
