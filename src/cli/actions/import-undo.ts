// What `notify import undo` does, and what it says.
import type { App } from '../../app.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { visible } from '../../domain/visible.ts'
import { importToUndo, undoImport } from '../../flow/undo-import.ts'
import type { MadeImport, UndoCounts } from '../../store/import-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ImportUndoOptions } from '../commands/import-undo.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { lookOf } from '../screen/look.ts'
import { confirm } from './confirm.ts'
import { operatorAct } from './operator-act.ts'
import { warnOfLog } from './warn-of-log.ts'

export const runUndo = async (cli: Cli, app: App, options: ImportUndoOptions): Promise<void> => {
  const made = await importToUndo(app)
  const foreseen = await app.store.countUndo(made.id)
  if (options.dryRun === true) return tell(cli, options, made, { ...foreseen, inFlight: 0 })
  const harm = `${inWords(cli, options, made, foreseen, 'will')} This cannot be undone.`
  await confirm(cli, options, harm, 'Take the import back?')
  const { logEmptied, ...counts } = await undoImport(app, made, operatorAct(cli, options.reason), cli.signal)
  warnOfLog(cli, app, logEmptied)
  tell(cli, options, made, counts)
  hint(cli, options, 'Next: notify import suppliers FILE --dry-run')
}

const tell = (
  cli: Cli,
  options: ImportUndoOptions,
  made: MadeImport,
  counts: UndoCounts & { readonly inFlight: number },
): void => {
  const dryRun = options.dryRun === true
  if (options.json !== undefined) {
    return printJson(cli, {
      import: {
        id: String(made.id),
        file: made.file,
        at: isoUtc(made.at),
        who: made.who,
        finished: made.state !== 'saving',
      },
      dryRun,
      ...counts,
    })
  }
  if (options.quiet === true) return
  print(
    cli.out,
    `${dryRun ? 'Dry run: ' : ''}${inWords(cli, options, made, counts, dryRun ? 'would' : 'did')}${inFlightSaid(counts.inFlight)}`,
  )
}

const DONE = {
  will: ['The import of', 'will be removed', 'will be as before', 'will stay as they are'],
  would: ['the import of', 'would be removed', 'would be as before', 'would stay as they are'],
  did: ['Took back the import of', 'removed', 'as before again', 'kept as they are'],
} as const

/** 'Took back the import of list.csv: 298 recipients removed, 2 as before again, 5 kept as they are (4 have messages, 1 changed since).' */
const inWords = (
  cli: Cli,
  options: ImportUndoOptions,
  { file }: MadeImport,
  { removed, restored, kept }: UndoCounts,
  tense: keyof typeof DONE,
): string => {
  const { count } = lookOf(cli, options, cli.out)
  const [what, gone, before, stay] = DONE[tense]
  const reasons = [
    ...(kept.withMessages > 0 ? [`${count(kept.withMessages)} have messages`] : []),
    ...(kept.changedSince > 0 ? [`${count(kept.changedSince)} changed since`] : []),
    ...(kept.takenByOthers > 0 ? [`of ${count(kept.takenByOthers)} the phone or the id is another's by now`] : []),
  ]
  const all = kept.withMessages + kept.changedSince + kept.takenByOthers
  const parts = [
    `${counted(removed, 'recipient', count)} ${gone}`,
    `${count(restored)} ${before}`,
    ...(all > 0 ? [`${count(all)} ${stay} (${reasons.join(', ')})`] : []),
  ]
  return `${what} "${visible(file)}": ${parts.join(', ')}.`
}
