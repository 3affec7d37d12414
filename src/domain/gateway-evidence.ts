// Whose fault is it, the message's or the gateway's? What fails while others are taken is the message's own; what fails whichever
// message is sent is the gateway's. Pure: how many different messages it takes to tell.
import type { Reply } from './outcome.ts'

/** What it took so long ago says nothing of it now. */
const LATELY_MS = 600_000
/** So many failing in a row prove a gateway down that has taken nothing lately. */
export const LEAST = 3
/** One that has: of a list in which every fifth address is bad, so many fail in a row once in 400,000 times. */
const MANY = 8
/** Messages that failed before may be to blame themselves: of them it takes so many times more. */
const REPEATED = 3
/** The last witnesses are kept, so that none of them is the next probe. */
const KEPT = 64
/** About the last 20 replies are weighed, and more than half of them asked for a rest. */
const WEIGHT = 0.05
const MOST_ASKING = 0.5

/** A message that failed, and for how long the gateway asked to be left alone then, ms; 0: it did not. */
export interface Witness {
  readonly message: number
  readonly askedForMs: number
}

/** One that failed in this pass. */
export interface Failed extends Witness {
  /** At its first attempt, or before anything of it had left: what failed before may be to blame itself. */
  readonly isFresh: boolean
  /** Nothing of it had left, so it cannot be to blame. */
  readonly isBlameless: boolean
}

export const takesLately = (acceptedAt: number | null, now: number): boolean =>
  acceptedAt !== null && Math.abs(now - acceptedAt) < LATELY_MS

/** Of messages that failed in a row, each once. `inFlight`: as many as may be in flight there fail together when it goes down. */
export const provesDown = (failed: readonly Failed[], isTaking: boolean, inFlight: number): boolean => {
  const cohort = Math.max(isTaking ? MANY : LEAST, inFlight)
  return failed.length >= REPEATED * cohort || failed.filter(({ isFresh }) => isFresh).length >= cohort
}

/** What failed when a pass came to its end without a yes: too few to prove anything, and yet nothing speaks against it. */
export const suggestsDown = (failed: readonly Failed[], isTaking: boolean): boolean =>
  failed.some(({ isFresh, isBlameless }) => isBlameless || (isFresh && !isTaking))

/** None, where one of them cannot be to blame: then it is certain that it is not these messages. */
export const witnessesAmong = (failed: readonly Failed[]): readonly Witness[] =>
  failed.some(({ isBlameless }) => isBlameless)
    ? []
    : failed.map(({ message, askedForMs }) => ({ message, askedForMs }))

/** It failed before, and the gateway has taken others: that it fails says nothing of the gateway. */
export const isKnownToFail = (attempts: number, acceptedAt: number | null): boolean =>
  attempts > 1 && acceptedAt !== null

/** Nothing of the message had left when it failed, so it cannot be to blame. */
export const isBlameless = (reply: Reply): boolean =>
  (reply.kind === 'unavailable' || reply.kind === 'misconfigured') && reply.blameless === true

/** How long the gateway asked to be left alone, ms; 0: it did not, or not for how long. */
export const askedFor = (reply: Reply): number => (reply.kind === 'unavailable' ? (reply.retryAfter ?? 0) : 0)

/** The share of late replies that asked for a rest, after one more. */
export const askingAfter = (share: number, asks: boolean): number => share + WEIGHT * ((asks ? 1 : 0) - share)

export const tooManyAsk = (share: number): boolean => share > MOST_ASKING

/** Witnesses and these, each once, the last ones last. */
export const withWitnesses = (before: readonly Witness[], more: readonly Witness[]): readonly Witness[] => {
  const added = new Set(more.map(({ message }) => message))
  return [...before.filter(({ message }) => !added.has(message)), ...more].slice(-KEPT)
}

/**
 * Too few messages brought its rest about to believe that it is down: one that it takes meanwhile ends it, and nothing is loaded
 * slowly after. Without any witness what happened is believed.
 */
export const isDoubtful = ({ witnesses }: { readonly witnesses: readonly Witness[] }): boolean =>
  witnesses.length > 0 && witnesses.length < MANY

/** Too few were told to come later, of those that failed, to believe that it means all. */
export const isAskedByFew = (witnesses: readonly Witness[]): boolean => {
  const asked = witnesses.filter(({ askedForMs }) => askedForMs > 0).length
  return witnesses.length > 0 && (asked < LEAST || asked <= witnesses.length / 2)
}
