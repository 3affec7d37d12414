// Whether the wall clock was set, told by what was read and written before. Pure.
import { isoUtc } from './local-time.ts'

/** What a process read at one moment; `sinceBoot` means something within one boot. */
export interface ClockReading {
  readonly bootId: string
  readonly wall: number
  readonly sinceBoot: number
  /** Since a jump that holds everything, until an operator says that the clock is right. */
  readonly doubt?: ClockDoubt
}

export interface ClockDoubt {
  /** How far the clock has been set since then, all jumps together. */
  readonly off: number
  /** The furthest that it was ahead meanwhile. */
  readonly peak: number
  readonly why: string
}

export interface Jump {
  /** Below 0: set back. */
  readonly ms: number
  /** Why everything is held by it; null: it is only told. */
  readonly why: string | null
  /** By the time since boot. False: that began anew meanwhile, so it is reckoned from what was written last. */
  readonly isMeasured: boolean
}

/** Time servers correct by less; worth a warning. */
export const WORTH_TELLING_MS = 300_000
/** Set so far, half a mailing would leave at a wrong hour, or expire: somebody has to look first. */
const TOO_FAR_MS = 6 * 3_600_000
/**
 * Between two boots nobody measures the time. Machines are off over holidays, and some are used once a month; a clock whose
 * battery died, or whose year was mistyped, is off by years, and one in a wrong zone by hours. What expires by a clock that is
 * ahead by less can be brought back (notify retry --state expired).
 */
const LONGEST_OFF_MS = 35 * 86_400_000
/** Before the first version of this program: a clock that has lost the time shows 1970, 2000 or 2015. */
const TOO_EARLY = Date.UTC(2020, 0)

/** `newest`: the latest act that the database knows of; asked only where `last` is of another boot, or there is none. */
export const jumpSince = (last: ClockReading | null, now: ClockReading, newest: number | null): Jump | null => {
  if (last !== null && isSameBoot(last, now)) return jumpInLife(now.wall - last.wall - (now.sinceBoot - last.sinceBoot))
  const read = last?.wall ?? newest
  const ms = now.wall - Math.max(read ?? 0, TOO_EARLY)
  if (ms < -WORTH_TELLING_MS)
    return { ms, why: ms < -TOO_FAR_MS ? bootedBefore(now.wall, read) : null, isMeasured: false }
  const written = Math.max(read ?? now.wall, newest === null || newest > now.wall ? 0 : newest)
  const off = now.wall - written
  return off > LONGEST_OFF_MS ? { ms: off, why: offFor(written, now.wall), isMeasured: false } : null
}

/** A container that is started anew keeps the boot of its host, and may count its own time: that began anew, while time went on. */
const isSameBoot = (last: ClockReading, now: ClockReading): boolean =>
  last.bootId === now.bootId && (now.sinceBoot >= last.sinceBoot || now.wall < last.wall)

const jumpInLife = (ms: number): Jump | null => {
  if (Math.abs(ms) <= WORTH_TELLING_MS) return null
  return { ms, why: Math.abs(ms) > TOO_FAR_MS ? setBy(ms) : null, isMeasured: true }
}

/** What is doubted after a jump; undefined: nothing. */
export const doubtAfter = (before: ClockDoubt | undefined, { ms, why }: Jump): ClockDoubt | undefined => {
  if (before === undefined && why === null) return undefined
  const off = (before?.off ?? 0) + ms
  return { off, peak: Math.max(before?.peak ?? 0, off), why: why ?? before?.why ?? setBy(ms) }
}

/** Once the clock is said to be right: so far ahead was it when it was furthest ahead. */
export const aheadBy = ({ off, peak }: ClockDoubt): number => peak - off

const setBy = (ms: number): string =>
  `the clock of this machine was set ${ms > 0 ? 'forward' : 'back'} by ${Math.round(Math.abs(ms) / 3_600_000)} h; check it`

const second = (instant: number): string => isoUtc(Math.floor(instant / 1_000) * 1_000)

/** Why a clock cannot be believed that is to go on from what was written then; null: it can. */
export const whyTooEarly = (wall: number, written: number): string | null =>
  wall < Math.max(written, TOO_EARLY) - WORTH_TELLING_MS ? bootedBefore(wall, written) : null

const bootedBefore = (wall: number, read: number | null): string =>
  read === null || read < TOO_EARLY
    ? `the clock of this machine shows ${second(wall)}, which cannot be; set it`
    : `the clock of this machine shows ${second(wall)}, but something was written at ${second(read)}; check it`

const offFor = (written: number, wall: number): string =>
  `nothing was written from ${second(written)} to ${second(wall)}: this machine was off for ${Math.round((wall - written) / 86_400_000)} days, or its clock is wrong; check it`
