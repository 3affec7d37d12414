// A wall clock that was set is noticed: by it everything here is due, late or expired.
import type { SendingPowers } from './powers.ts'

/** Time servers correct by less; worth a warning. */
const WORTH_TELLING_MS = 300_000
/** Set forward so far, half a mailing would leave at a wrong hour, or expire: somebody has to look first. */
const TOO_FAR_MS = 6 * 3_600_000
/** Readings are compared over at least this long, and written no more often. */
const APART_MS = 60_000

type GuardPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>

/**
 * Compares the wall clock with the time since boot, against the last reading that any process noted. Set forward by more than
 * 6 h, everything is held until an operator looked; a machine that was off, or asleep, is no such thing.
 */
export const guardClock = async ({ store, clock, log, witness }: GuardPowers): Promise<void> => {
  const reading = { bootId: witness.self('daemon').bootId, wall: clock.now(), sinceBoot: clock.sinceBoot() }
  const last = await store.lastClock()
  const isSameBoot = last !== null && last.bootId === reading.bootId
  const jump = isSameBoot ? reading.wall - last.wall - (reading.sinceBoot - last.sinceBoot) : 0
  const hasJumped = Math.abs(jump) > WORTH_TELLING_MS
  if (isSameBoot && !hasJumped && reading.sinceBoot - last.sinceBoot < APART_MS) return
  if (hasJumped) {
    const held = jump > TOO_FAR_MS
    log({ event: 'clock-jumped', ms: jump, held })
    if (held) await store.hold({ at: reading.wall, who: 'notify', why: wordsOf(jump) })
  }
  await store.noteClock(reading)
}

/** Before each claim: the wall clock against the monotonic one, which costs nothing; where they part, `guardClock` looks. */
export const openClockWatch = (powers: GuardPowers): (() => Promise<void>) => {
  const ahead = (): number => powers.clock.now() - powers.clock.monotonic()
  let before = ahead()
  return async () => {
    const now = ahead()
    if (Math.abs(now - before) > WORTH_TELLING_MS) await guardClock(powers)
    before = now
  }
}

const wordsOf = (jump: number): string =>
  `the clock of this machine was set forward by ${Math.round(jump / 3_600_000)} h; check it`
