// What `notify mailings replan` does: looks at every mailing that waits, shows what moves, asks, and moves it.
import type { App } from '../../app.ts'
import { refuseFalseClock } from '../../flow/clock-guard.ts'
import { applyEdit, changesAnything, type PreparedEdit } from '../../flow/edit-mailing.ts'
import { prepareReplan } from '../../flow/replan-mailing.ts'
import { clearUp } from '../../flow/worker.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ReplanOptions } from '../commands/mailings-edit.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawReplan, replanJson, replanSummary } from '../screen/replan-screen.ts'
import { canAsk, confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'

const WAITING = ['proposed', 'active', 'paused'] as const

export const replan = async (cli: Cli, app: App, options: ReplanOptions, word: string | undefined): Promise<void> => {
  const isTried = options.dryRun === true
  await refuseFalseClock(app, isTried)
  if (!isTried) await clearUp(app) // an edit that was interrupted is finished first
  const prepared = await prepareAll(app, word)
  await show(cli, options, prepared)
  const done = isTried ? prepared : await moveAll(cli, app, options, prepared)
  if (options.json !== undefined)
    return printJson(cli, { mailings: done.map(replanJson), ...(isTried ? { dryRun: true } : {}) })
  if (options.quiet === true) return
  print(cli.out, replanSummary(done, isTried ? 'Dry run: would move' : 'Moved', lookOf(cli, options, cli.out)))
  hint(cli, options, 'Next: notify mailings')
}

const prepareAll = async (app: App, word: string | undefined): Promise<readonly PreparedEdit[]> => {
  const mailings =
    word === undefined
      ? (await app.store.listMailings({ states: WAITING })).toReversed()
      : [await mailingNamed(app.store, word)]
  const prepared: PreparedEdit[] = []
  for (const mailing of mailings) prepared.push(await prepareReplan(app, mailing))
  return prepared
}

/** What moves, before it is asked for or done; beside the answer where that is for programs. */
const show = async (cli: Cli, options: ReplanOptions, prepared: readonly PreparedEdit[]): Promise<void> => {
  const asks = options.dryRun !== true && options.yes !== true && canAsk(cli, options)
  const look = lookOf(cli, options, cli.out)
  const drawn = drawReplan(prepared, look)
  const isForPeople = options.json === undefined && options.quiet !== true
  if (drawn !== '' && (isForPeople || asks)) print(isForPeople ? cli.out : cli.err, drawn)
  if (options.dryRun !== true && prepared.some(changesAnything))
    await confirm(cli, options, replanSummary(prepared, 'Would move', look), 'Move them?')
}

const moveAll = async (
  cli: Cli,
  app: App,
  options: ReplanOptions,
  prepared: readonly PreparedEdit[],
): Promise<readonly PreparedEdit[]> => {
  const done: PreparedEdit[] = []
  for (const each of prepared) {
    if (!changesAnything(each)) {
      done.push(each)
      continue
    }
    const { mailing, difference, taken } = await applyEdit(
      app,
      each,
      'mailing replanned',
      operatorAct(cli, options.reason),
    )
    done.push({ ...each, after: mailing, difference, taken })
  }
  return done
}
