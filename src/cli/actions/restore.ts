// What `notify restore` does around the flow: what it asks, and what it says afterwards.
import { resolve } from 'node:path'
import { isoUtc } from '../../domain/local-time.ts'
import { visible } from '../../domain/visible.ts'
import { type InPlace, prepareRestore, putInPlace } from '../../flow/restore.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { RestoreOptions } from '../commands/restore.ts'
import { counted, dateTime } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { confirm } from './confirm.ts'
import { operatorAct } from './operator-act.ts'

export const restore = async (cli: Cli, options: RestoreOptions, word: string): Promise<void> => {
  const { openRestoreDesk } = await import('../../app.ts')
  const { config: configFile, tz: operatorZone } = options
  const desk = await openRestoreDesk({ configFile, operatorZone, env: cli.env, cwd: cli.cwd, clock: cli.clock })
  const backup = resolve(cli.cwd, word)
  const prepared = await prepareRestore(desk, backup)
  const { madeAt } = prepared.staged
  const made = `${dateTime(madeAt, desk.operatorZone)} ${desk.operatorZone}`
  const database = desk.restore.location
  let inPlace: InPlace
  try {
    const harm = `${visible(database)} becomes what it was at ${made}; what is known since then is not in it.`
    await confirm(cli, options, harm, 'Restore it?')
    inPlace = await putInPlace(prepared, operatorAct(cli, `from ${backup}`))
  } finally {
    await prepared.staged.discard()
  }
  const { kept, inDoubt, carried } = inPlace
  const { unfinished } = prepared
  if (options.json !== undefined) {
    return printJson(cli, {
      database,
      backup,
      backupTime: isoUtc(madeAt),
      kept,
      inDoubt,
      takenBack: unfinished,
      carried,
      held: true,
    })
  }
  if (options.quiet !== true) {
    const title = `Restored ${visible(database)} from the backup of ${made}. Everything is held.`
    print(cli.out, [title, ...saying(inPlace, unfinished, lookOf(cli, options, cli.out).count)].join('\n'))
  }
  hint(cli, options, inDoubt === 0 ? 'Next: notify release' : 'Next: notify reconcile')
}

const saying = (
  { kept, inDoubt, carried }: InPlace,
  unfinished: readonly string[],
  count: (count: number) => string,
): string[] => [
  ...(kept === null ? [] : [`The file that was there is kept as ${visible(kept)}`]),
  inDoubt === 0
    ? 'Nothing was due since then: nothing is in doubt.'
    : `${counted(inDoubt, 'message', count)} may have been sent since then: notify reconcile shows them.`,
  ...unfinished.map((name) => `Mailing "${visible(name)}" was being scheduled then: it is taken back.`),
  ...(kept === null ? [] : [carriedWords(carried, count)]),
  carried === null
    ? 'Mailings scheduled since then, and who unsubscribed since then, are not in it: import the list again before you release.'
    : 'Mailings scheduled since then, and recipients who came since then, are not in it: import the list again before you release.',
]

const carriedWords = (carried: InPlace['carried'], count: (count: number) => string): string =>
  carried === null
    ? 'It cannot be read, so nobody who unsubscribed or was blocked since then is known.'
    : `Taken over from it: ${count(carried.unsubscribed)} unsubscribed, ${count(carried.blocked)} blocked, ${count(carried.removed)} removed since then.`
