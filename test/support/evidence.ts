// What a run left behind, to be checked, and the breaches that are found in it.
import type { KeyMode } from './ledger.ts'
import type { Watched } from './row-watch.ts'

/** A process that was killed. Instants are of monotonicMs. */
export interface Death {
  /** Its token, by which the ledger knows it. */
  readonly by: string
  readonly pid: number
  readonly startedAt: number
  readonly killedAt: number
  /** When it was gone for certain. */
  readonly goneAt: number
}

export interface Evidence {
  readonly book: string
  readonly database: string
  readonly keys: KeyMode
  /** Recipients imported, times mailings. */
  readonly imported: number
  /** Messages that one process may have in flight. */
  readonly concurrency: number
  /** From an answer to its commit; default 20 ms (design.md 6). A machine that has other work needs longer. */
  readonly flushMs?: number
  readonly deaths: readonly Death[]
  readonly watched?: Watched
  /** What `notify stats --json` said at the end. */
  readonly stats?: string
  /** Attempts that the program's own log tells of. */
  readonly logged?: number
  /** What else went wrong, in sentences. */
  readonly troubles?: readonly string[]
  /** Printed with every breach: the seed, and the command line that plays it again. */
  readonly replay: string
}

export interface Breaches {
  /** Of one kind only the first three are told, and how many there are. */
  add(kind: string, what: string): void
  all(): readonly string[]
}

export const openBreaches = (): Breaches => {
  const kinds = new Map<string, { count: number; readonly first: string[] }>()
  return {
    add: (kind, what) => {
      const known = kinds.get(kind) ?? { count: 0, first: [] }
      kinds.set(kind, known)
      known.count += 1
      if (known.count <= 3) known.first.push(what)
    },
    all: () => [...kinds].map(([kind, { count, first }]) => `${kind} (${count}): ${first.join('; ')}`),
  }
}
