// An operator takes back the last import.
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import type { Erased, EraseStore } from '../store/erase-store.ts'
import type { HandStore } from '../store/hand-store.ts'
import type { ImportStore, MadeImport, UndoCounts } from '../store/import-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import { withInFlight } from './in-flight.ts'

interface Powers {
  readonly store: ImportStore & EraseStore & Pick<HandStore, 'inHand' | 'countLeft'>
  readonly clock: Clock
}

/** The import that can be taken back. Fails with Fixable('notFound') where there is none, with Fixable('state') where it is done already. */
export const importToUndo = async ({ store }: Pick<Powers, 'store'>): Promise<MadeImport> => {
  const made = await store.lastImport()
  if (made === null) throw new Fixable('notFound', 'there is no import to take back')
  if (made.state !== 'undone') return made
  throw new Fixable(
    'state',
    `the last import, ${made.file}, is taken back already`,
    'Only the last one can be: imports before it stay.',
  )
}

/** Takes it back; interrupted, what is done stays done, and the same again finishes it. */
export const undoImport = async (
  powers: Powers,
  made: MadeImport,
  by: OperatorAct,
  stop: AbortSignal,
): Promise<UndoCounts & Erased & { readonly inFlight: number }> => {
  const { store } = powers
  const { finished, ...counts } = await withInFlight(powers, () => store.undoImport(made.id, by, stop))
  const logEmptied = await store.emptyLog()
  if (finished) return { ...counts, logEmptied }
  throw new Fixable(
    'interrupted',
    `stopped: ${counts.removed} recipients are removed, ${counts.restored} as before`,
    'Run notify import undo again: it goes on where this one ended.',
  )
}
