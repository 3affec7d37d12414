// What `notify reconcile` does: shows what is in doubt since a restore, and decides about it.
import type { App } from '../../app.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { type Choice, choiceOf, type Decided, type Doubts, decide, readDoubts } from '../../flow/reconcile.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ReconcileOptions } from '../commands/reconcile.ts'
import { DOUBT_KEYS, doubtRow, drawDoubts } from '../screen/doubts-screen.ts'
import { counted, dateTime } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawPlain } from '../table.ts'
import { confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'

export const reconcile = async (
  cli: Cli,
  app: App,
  options: ReconcileOptions,
  word: string | undefined,
): Promise<void> => {
  const choice = choiceOf(options)
  const mailing = word === undefined ? null : await mailingNamed(app.store, word)
  const doubts = await readDoubts(app, mailing)
  if (choice === undefined) return show(cli, app, options, doubts)
  const count = inDoubt(doubts)
  const messages = counted(count, 'message', lookOf(cli, options, cli.err).count)
  if (count > 0) await confirm(cli, options, harmOf(choice, messages), 'Do it?')
  const decided = await decide(app, doubts, choice, operatorAct(cli, options.reason))
  tell(cli, options, doubts, decided)
}

const inDoubt = ({ mailings }: Doubts): number => mailings.reduce((sum, { count }) => sum + count, 0)

const harmOf = (choice: Choice, messages: string): string =>
  choice === 'repeat'
    ? `${messages} will be sent once more, with the same keys: a gateway that does not honour keys sends twice what it took.`
    : `${messages} will stay unknown: whoever did not get one gets none.`

const show = (cli: Cli, app: App, options: ReconcileOptions, doubts: Doubts): void => {
  const { restoredTo, mailings } = doubts
  const rows = mailings.map(doubtRow)
  if (options.json !== undefined) return printJson(cli, jsonOf(doubts, { repeated: 0, left: 0 }))
  if (options.plain === true) return print(cli.out, drawPlain(DOUBT_KEYS, rows))
  const look = lookOf(cli, options, cli.out)
  const zone = app.operatorZone
  if (restoredTo === null || mailings.length === 0) return print(cli.out, 'Nothing is in doubt.')
  const since = `the backup of ${dateTime(restoredTo, zone)} ${zone}`
  const title = `${counted(inDoubt(doubts), 'message', look.count)} may have been sent since ${since}.`
  print(cli.out, `${title}\n\n${drawDoubts(mailings, zone, look)}`)
  hint(cli, options, 'Next: notify reconcile --repeat, or --leave')
}

const tell = (cli: Cli, options: ReconcileOptions, doubts: Doubts, { repeated, left, rest }: Decided): void => {
  if (options.json !== undefined) {
    const done = { restoredTo: rest === 0 ? null : doubts.restoredTo, mailings: [] }
    return printJson(cli, { ...jsonOf(done, { repeated, left }), inDoubt: rest })
  }
  if (options.quiet === true) return
  const look = lookOf(cli, options, cli.out)
  const parts = [
    ...(repeated === 0 ? [] : [`${counted(repeated, 'message', look.count)} will be sent once more.`]),
    ...(left === 0 ? [] : [`${counted(left, 'message', look.count)} stay unknown.`]),
    rest === 0
      ? 'Nothing is in doubt any more; everything is held until notify release.'
      : `${counted(rest, 'message', look.count)} of other mailings are in doubt still.`,
  ]
  const nothingWas = doubts.restoredTo === null
  print(cli.out, nothingWas ? 'Nothing is in doubt.' : parts.join(' '))
}

const jsonOf = (doubts: Doubts, counts: Pick<Decided, 'repeated' | 'left'>) => ({
  restoredTo: doubts.restoredTo === null ? null : isoUtc(doubts.restoredTo),
  inDoubt: inDoubt(doubts),
  ...counts,
  mailings: doubts.mailings.map(doubtRow),
})
