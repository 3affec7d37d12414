// Holds the ledger's book against the database: I1 to I9 of the fault catalogue, as far as they can be seen from outside.
import { checkRepeats } from './checker-repeats.ts'
import { checkKeys, checkRows, countStates, readRows } from './checker-rows.ts'
import { type Breaches, type Evidence, openBreaches } from './evidence.ts'
import { type Book, readStories } from './ledger-stories.ts'

export interface Findings {
  readonly rows: number
  readonly states: Readonly<Record<string, number>>
  readonly requests: number
  readonly effects: number
  /** Rows without an end, or without a row at all. */
  readonly lost: number
  /** Effects beyond one a message. */
  readonly doubles: number
  /** Requests after one of the same key that was answered yes. */
  readonly repeats: number
  readonly kills: number
  /** Of the repeats, those that were not answered yet at the kill, and those that were, but were not written down. */
  readonly inFlight: number
  readonly unwritten: number
  /** Longest time from an answer to the kill before which it was not written down, ms. */
  readonly longestUnwritten: number
  /** Of the kill that left most repeats behind. */
  readonly mostRepeats: number
  /** How many all kills together may have left (I3). */
  readonly repeatBound: number
  /** Longest that rows of a killed process were seen in its hand, ms. */
  readonly longestRescue: number
  readonly breaches: readonly string[]
}

/** Dead owners are found, and their rows are due again, within this. */
const RESCUE_MS = 2_000

/** Throws with every breach, the seed and the command line; resolves with the figures when all is sound. */
export const expectSound = async (evidence: Evidence): Promise<Findings> => {
  const findings = await check(evidence)
  if (findings.breaches.length === 0) return findings
  const { breaches, ...figures } = findings
  throw new Error(`${breaches.join('\n')}\n${JSON.stringify(figures)}\nTo play it again: ${evidence.replay}`)
}

export const check = async (evidence: Evidence): Promise<Findings> => {
  const book = await readStories(evidence.book)
  const rows = readRows(evidence.database)
  const breaches = openBreaches()
  const states = countStates(rows.all)
  const lost = checkRows(evidence, rows, states, book, breaches)
  const doubles = checkKeys(evidence, rows.all, book, breaches)
  const repeats = checkRepeats(evidence, book, breaches)
  checkWatched(evidence, breaches)
  checkLog(evidence, book, repeats.bound, breaches)
  return {
    rows: rows.all.size,
    states,
    requests: book.requests,
    effects: book.effects,
    lost,
    doubles,
    repeats: repeats.count,
    kills: evidence.deaths.length,
    inFlight: repeats.inFlight,
    unwritten: repeats.unwritten,
    longestUnwritten: repeats.longestUnwritten,
    mostRepeats: repeats.most,
    repeatBound: repeats.bound,
    longestRescue: evidence.watched?.longestRescue ?? 0,
    breaches: [...(evidence.troubles ?? []), ...breaches.all()],
  }
}

/** I5, I6, I7, I8: what was seen while it went on. */
const checkWatched = ({ watched }: Evidence, breaches: Breaches): void => {
  if (watched === undefined) return
  for (const { kind, what } of watched.breaches) breaches.add(kind, what)
  if (watched.longestRescue > RESCUE_MS)
    breaches.add('I7', `rows stayed in the hand of a dead process for ${Math.round(watched.longestRescue)} ms`)
}

/** I9: what the ledger counts beyond our own log is what a kill may have left unwritten. */
const checkLog = ({ logged }: Evidence, { requests }: Book, bounds: number, breaches: Breaches): void => {
  if (logged === undefined) return
  const beyond = requests - logged
  if (beyond < 0 || beyond > bounds)
    breaches.add(
      'I9',
      `the ledger has ${requests} requests, our log ${logged}: at most ${Math.floor(bounds)} more are allowed`,
    )
}
