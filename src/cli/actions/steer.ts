// What `notify mailings pause | resume | cancel` do, and what they say.
import type { App } from '../../app.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { visible } from '../../domain/visible.ts'
import { allowCancel, cancelMailing, pauseMailing, resumeMailing, type Steered } from '../../flow/steer-mailing.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { SteerOptions } from '../commands/mailings.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { countedMailingJson } from '../screen/mailing-json.ts'
import { confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'

export const pause = async (cli: Cli, app: App, options: SteerOptions, word: string): Promise<void> => {
  const steered = await pauseMailing(app, await mailingNamed(app.store, word), operatorAct(cli, options.reason))
  const held = messages(cli, options, steered.rows)
  await answer(cli, app, options, steered.mailing, () =>
    steered.changed
      ? `Paused ${called(steered.mailing)}: ${held} wait. What is in hand finishes.`
      : `${called(steered.mailing)} was paused already: ${held} wait.`,
  )
  hint(cli, options, `Next: notify mailings resume ${steered.mailing.id}`)
}

export const resume = async (cli: Cli, app: App, options: SteerOptions, word: string): Promise<void> => {
  const steered = await resumeMailing(app, await mailingNamed(app.store, word), operatorAct(cli, options.reason))
  const { at, until } = steered.mailing
  const going = messages(cli, options, steered.rows)
  await answer(cli, app, options, steered.mailing, () =>
    steered.changed
      ? `Resumed ${called(steered.mailing)}: ${going} go on. Late ones leave between ${at} and ${until} on their clocks.`
      : `${called(steered.mailing)} was not paused: ${going} go on.`,
  )
  hint(cli, options, `Next: notify stats ${steered.mailing.id}`)
}

export const cancel = async (cli: Cli, app: App, options: SteerOptions, word: string): Promise<void> => {
  const mailing = await mailingNamed(app.store, word)
  await allowCancel(app, mailing)
  const { states } = await app.store.mailingCounts(mailing)
  const waiting = messages(cli, options, states.scheduled)
  if (options.dryRun === true) {
    return answer(
      cli,
      app,
      options,
      mailing,
      () => `Dry run: ${called(mailing)} would be cancelled: ${waiting} would never be sent.`,
    )
  }
  const nothingLeft = mailing.state === 'cancelled' && states.scheduled === 0
  if (!nothingLeft) {
    await confirm(
      cli,
      options,
      `${waiting} of ${called(mailing)} will never be sent; this cannot be undone.`,
      'Cancel it?',
    )
  }
  const steered = await cancelMailing(app, mailing, operatorAct(cli, options.reason))
  await answer(cli, app, options, steered.mailing, () => cancelled(steered, messages(cli, options, steered.rows)))
  hint(cli, options, `Next: notify stats ${mailing.id}`)
}

const cancelled = ({ mailing, changed }: Steered, rows: string): string =>
  changed
    ? `Cancelled ${called(mailing)}: ${rows} will not be sent. What is in hand finishes.`
    : `${called(mailing)} was cancelled already.`

const called = ({ id, name }: Mailing): string => `mailing ${id} "${visible(name)}"`

const messages = (cli: Cli, options: CommonOptions, count: number): string =>
  counted(count, 'message', lookOf(cli, options, cli.out).count)

/** The changed row for programs, a sentence for people, nothing with --quiet. */
const answer = async (
  cli: Cli,
  app: App,
  options: CommonOptions,
  mailing: Mailing,
  say: () => string,
): Promise<void> => {
  if (options.json !== undefined) return printJson(cli, countedMailingJson(await app.store.mailingCounts(mailing)))
  if (options.quiet === true) return
  const sentence = say()
  print(cli.out, sentence.charAt(0).toUpperCase() + sentence.slice(1))
}
