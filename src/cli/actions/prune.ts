// What `notify prune` does around the flow: what it asks, and what it says.
import type { App } from '../../app.ts'
import { parseDuration } from '../../domain/duration.ts'
import { Fixable } from '../../domain/errors.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { refuseFalseClock } from '../../flow/clock-guard.ts'
import { type Pruned, type PrunePlan, planPrune, prune } from '../../flow/prune.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { PruneOptions } from '../commands/prune.ts'
import { counted, dateTime } from '../screen/format.ts'
import { lookOf } from '../screen/look.ts'
import { openProgress } from '../screen/progress.ts'
import { confirm } from './confirm.ts'
import { operatorAct } from './operator-act.ts'
import { warnOfLog } from './warn-of-log.ts'

const DAY = 86_400_000

/** A gateway may know the key of what was sent a day ago: such a message is no past yet. */
const checkAge = (raw: string): number => {
  const ms = parseDuration(raw)
  if (ms !== null && ms >= DAY) return ms
  throw new Fixable('usage', `--older-than "${raw}" is not a length of time of at least a day`, 'Write it like 180d.')
}

export const pruneOld = async (cli: Cli, app: App, options: PruneOptions): Promise<void> => {
  await refuseFalseClock(app, options.dryRun) // ahead, it would take what is new for old
  const before = app.clock.now() - checkAge(options.olderThan)
  const plan = await planPrune(app, before)
  const { count } = lookOf(cli, options, cli.out)
  const what = wordsOf(plan, count)
  const since = `${dateTime(before, app.operatorZone)} ${app.operatorZone}`
  if (options.dryRun === true) {
    const { messages, leftovers } = plan
    const would: Pruned = { ...leftovers, mailings: plan.mailings.length, messages, freedBytes: 0, logEmptied: true }
    return answer(cli, options, before, would, `Dry run: ${what} older than ${since} would go.`)
  }
  if (plan.mailings.length > 0) {
    await confirm(cli, options, `${what} older than ${since} are deleted; this cannot be undone.`, 'Delete them?')
  }
  const progress = openProgress(cli, options, 'messages')
  const pruned = await prune(
    app,
    plan,
    operatorAct(cli, options.reason),
    (done) => progress.advance(done, done / plan.messages),
    cli.signal,
  )
  progress.end()
  warnOfLog(cli, app, pruned.logEmptied)
  const room = `${(pruned.freedBytes / 1024 / 1024).toFixed(1)} MiB`
  const gone = `${counted(pruned.mailings, 'mailing', count)} with ${counted(pruned.messages, 'message', count)}`
  const rest = `${counted(pruned.recipients, 'removed recipient', count)}, ${counted(pruned.acts, 'lone act', count)}`
  const told = cli.signal.aborted ? 'Stopped; the next prune goes on there. ' : ''
  const isNothing = pruned.messages + pruned.mailings + pruned.recipients + pruned.acts === 0
  answer(
    cli,
    options,
    before,
    pruned,
    isNothing && told === ''
      ? `Nothing is older than ${since}.`
      : `${told}Pruned ${gone}, ${rest}: ${room} of the file are free for new rows (the file itself does not shrink).`,
  )
}

const wordsOf = ({ mailings, messages }: PrunePlan, count: (count: number) => string): string =>
  `${counted(mailings.length, 'mailing', count)} with ${counted(messages, 'message', count)}`

const answer = (cli: Cli, options: PruneOptions, before: number, pruned: Pruned, sentence: string): void => {
  const { mailings, messages, recipients, acts, freedBytes } = pruned
  if (options.json !== undefined) {
    const dryRun = options.dryRun === true
    return printJson(cli, { dryRun, before: isoUtc(before), mailings, messages, recipients, acts, freedBytes })
  }
  if (options.quiet !== true) print(cli.out, sentence)
}
