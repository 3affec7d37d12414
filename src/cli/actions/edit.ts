// What `notify mailings edit` does: the flags -> a wish, what it changes -> the screen, a question, the change.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { isDate } from '../../domain/local-time.ts'
import { EVERYBODY, type Mailing } from '../../domain/mailing.ts'
import type { MailingWish } from '../../domain/mailing-edit.ts'
import { checkAt, checkIfPast, checkName, checkText } from '../../domain/mailing-request.ts'
import { checkOn } from '../../domain/on-date.ts'
import { refuseFalseClock } from '../../flow/clock-guard.ts'
import {
  type AppliedEdit,
  applyEdit,
  changesAnything,
  type PreparedEdit,
  prepareEdit,
} from '../../flow/edit-mailing.ts'
import { clearUp } from '../../flow/worker.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { EditOptions } from '../commands/mailings-edit.ts'
import { drawEdit, editJson, editSummary } from '../screen/edit-screen.ts'
import { hint } from '../screen/hint.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { lookOf } from '../screen/look.ts'
import { openProgress } from '../screen/progress.ts'
import { audienceOf, replacedAudience } from './audience.ts'
import { canAsk, confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'
import { checkVariables } from './text-variables.ts'
import { warnOfUnknownFilters } from './unknown-filters.ts'
import { warnOfPlaceholders } from './warn-of-placeholders.ts'

export const edit = async (cli: Cli, app: App, options: EditOptions, word: string): Promise<void> => {
  await refuseFalseClock(app, options.dryRun)
  if (options.dryRun !== true) await clearUp(app) // an edit that was interrupted is finished first
  const mailing = await mailingNamed(app.store, word)
  const by = operatorAct(cli, options.reason)
  const wish = await wishOf(app, options, mailing)
  if (wish.text !== undefined) await warnOfPlaceholders(cli, app, options, wish.text)
  if (wish.audience !== undefined) await warnOfUnknownFilters(cli, app, options, wish.audience)
  const approvalOf = app.config.approval ? by.who : null
  const prepared = await prepareEdit(app, mailing, wish, { ifPast: checkIfPast(options.ifPast), approvalOf })
  if (!changesAnything(prepared)) return tell(cli, app, options, prepared, { ...prepared, mailing, inFlight: 0 })
  if (options.dryRun === true) {
    draw(cli, app, options, prepared)
    return tell(cli, app, options, prepared, { ...prepared, mailing: prepared.after, inFlight: 0 })
  }
  draw(cli, app, options, prepared)
  const look = lookOf(cli, options, cli.out)
  await confirm(cli, options, editSummary('Would edit', prepared, prepared.difference, look), 'Change it?')
  const progress = openProgress(cli, options, 'messages')
  const done = await applyEdit(app, prepared, 'mailing edited', by, (rows) => progress.advance(rows))
  progress.end()
  tell(cli, app, options, prepared, done)
  hint(cli, options, `Next: notify mailings show ${mailing.id}`)
}

/** The difference, before anything is asked or done; beside the answer where that is for programs. */
const draw = (cli: Cli, app: App, options: EditOptions, prepared: PreparedEdit): void => {
  if (options.quiet === true) return
  if (options.json === undefined) print(cli.out, drawEdit(prepared, app.operatorZone, lookOf(cli, options, cli.out)))
  else if (canAsk(cli, options) && options.yes !== true)
    print(cli.err, drawEdit(prepared, app.operatorZone, lookOf(cli, options, cli.err)))
}

const tell = (cli: Cli, _app: App, options: EditOptions, asked: PreparedEdit, done: AppliedEdit): void => {
  const prepared = { ...asked, taken: done.taken }
  if (options.json !== undefined)
    return printJson(cli, {
      ...editJson(prepared, done.mailing, done.difference),
      inFlight: done.inFlight,
      ...(options.dryRun === true ? { dryRun: true } : {}),
    })
  if (options.quiet === true) return
  const look = lookOf(cli, options, cli.out)
  const verb = options.dryRun === true ? 'Dry run: would edit' : 'Edited'
  const { id, name } = prepared.before
  print(
    cli.out,
    changesAnything(prepared)
      ? `${editSummary(verb, prepared, done.difference, look)}${inFlightSaid(done.inFlight, look.count)}`
      : `Nothing to change: mailing ${id} "${name}" says so already.`,
  )
}

const wishOf = async (app: App, options: EditOptions, mailing: Mailing): Promise<MailingWish> => {
  const { text, at, on, until, expires, name } = options
  const headings = text === undefined ? [] : await checkVariables(app, checkText(text, 'changed'), 'changed')
  const given = audienceOf(options)
  const isGiven = options.everybody === true || JSON.stringify(given) !== JSON.stringify(EVERYBODY)
  const base = options.everybody === true ? EVERYBODY : mailing.terms.audience
  const wish = {
    ...(text === undefined ? {} : { text, headings }),
    ...(at === undefined ? {} : { at: checkAt(at) }),
    ...(on === undefined ? {} : { on: onOf(app, on) }),
    ...(until === undefined ? {} : { until }),
    ...(expires === undefined ? {} : { expires }),
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(isGiven ? { audience: replacedAudience(base, given) } : {}),
  }
  if (Object.keys(wish).length > 0) return wish
  throw new Fixable(
    'usage',
    'nothing is to be changed',
    'Say what: --text, --at, --on, --until, --expires, --name, or a filter such as --tag.',
  )
}

/** A day that is past is allowed: what waits then begins at once. */
const onOf = (app: App, raw: string): string => (isDate(raw) ? raw : checkOn(raw, app.clock.now(), app.operatorZone))
