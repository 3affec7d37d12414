// Imports that were made, and the way back from the last of them.
import type { OperatorAct } from './mailing-store.ts'

export interface MadeImport {
  readonly id: number
  readonly at: number
  readonly who: string
  readonly file: string
  /** saving: it is under way, or it was killed half way. */
  readonly state: 'saving' | 'saved' | 'undone'
  readonly added: number
  readonly changed: number
}

export interface UndoCounts {
  /** Added by the import, taken out. */
  readonly removed: number
  /** Changed by it, as before again. */
  readonly restored: number
  readonly kept: {
    /** Added by it, and some mailing has a message for them. */
    readonly withMessages: number
    /** Added or changed by it, and changed since. */
    readonly changedSince: number
    /** Changed by it; what they had before, a phone or an external id, is another's by now. */
    readonly takenByOthers: number
  }
}

export interface ImportStore {
  /** The newest import that did something; null: there was none. */
  lastImport(): Promise<MadeImport | null>
  /** What undoing it would do, without doing it. */
  countUndo(importId: number): Promise<UndoCounts>
  /**
   * Takes back what an import did, in turns with other writers: whom it added is removed, unless a mailing has a message for
   * them; whom it changed is as before, consent too. Who was changed since is left alone. Stops between two turns when told
   * to: then it is not yet undone, and the same again finishes it. Districts and names of attributes stay.
   */
  undoImport(importId: number, by: OperatorAct, stop: AbortSignal): Promise<UndoCounts & { readonly finished: boolean }>
}
