// A wall clock that was set is noticed: by it everything here is due, late or expired.
import { aheadBy, type ClockReading, doubtAfter, type Jump, jumpSince, WORTH_TELLING_MS } from '../domain/clock-jump.ts'
import { Fixable } from '../domain/errors.ts'
import { ITSELF } from '../domain/hold.ts'
import type { SendingPowers } from './powers.ts'

/** Readings are compared over at least this long, and written no more often. */
const APART_MS = 60_000

export type GuardPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>
type Eyes = Pick<GuardPowers, 'clock' | 'witness'> & {
  readonly store: Pick<GuardPowers['store'], 'lastClock' | 'newestAct'>
}

/** How far the wall clock is from where the last reading lets expect it; null: it goes on from there. Writes nothing. */
export const lookAtClock = async ({
  store,
  clock,
  witness,
}: Eyes): Promise<{
  readonly last: ClockReading | null
  readonly reading: ClockReading
  readonly jump: Jump | null
}> => {
  const last = await store.lastClock()
  const { bootId } = witness.self('daemon')
  const reading = { bootId, wall: clock.now(), sinceBoot: clock.sinceBoot() }
  const newest = last?.bootId === bootId ? null : await store.newestAct()
  return { last, reading, jump: jumpSince(last, reading, newest) }
}

/** Several lanes of one process see the same jump at once: the first mends for all of them. */
const watching = new WeakMap<GuardPowers['store'], Promise<void>>()

/**
 * Compares the wall clock with the time since boot, against the last reading that any process noted. Set by more than 6 h, either
 * way, everything is held until an operator looked; set back by less, what was written by the clock that was ahead is mended.
 * Where nothing jumped, nothing is written.
 */
export const watchClock = (powers: GuardPowers): Promise<void> => {
  const { store } = powers
  const looking = watching.get(store) ?? look(powers).finally(() => watching.delete(store))
  watching.set(store, looking)
  return looking
}

const look = async (powers: GuardPowers): Promise<void> => {
  const { store, log } = powers
  const { last, reading, jump } = await lookAtClock(powers)
  if (jump === null) return
  if (jump.why !== null) await store.hold({ at: reading.wall, who: ITSELF, why: jump.why })
  const doubt = doubtAfter(last?.doubt, jump)
  if (doubt === undefined && jump.ms < 0) await mend(powers, -jump.ms, 0)
  const isFirst = await store.noteClock({ ...reading, ...(doubt === undefined ? {} : { doubt }) }, last)
  if (!isFirst) return
  const reason = jump.isMeasured || jump.why === null ? {} : { reason: jump.why }
  log({ event: 'clock-jumped', ms: jump.ms, held: jump.why !== null, ...reason })
}

/** The same, by who is at work: the reading is noted as well, once a minute. */
export const guardClock = async (powers: GuardPowers): Promise<void> => {
  await watchClock(powers)
  const { store, clock, witness } = powers
  const last = await store.lastClock()
  const { bootId } = witness.self('daemon')
  const sinceBoot = clock.sinceBoot()
  if (last?.bootId === bootId && sinceBoot - last.sinceBoot < APART_MS) return
  const { doubt } = last ?? {}
  await store.noteClock({ bootId, wall: clock.now(), sinceBoot, ...(doubt === undefined ? {} : { doubt }) }, last)
}

/**
 * Before each claim: the wall clock against the monotonic one, which costs nothing; where they part, and before the first claim,
 * `guardClock` looks (one small read).
 */
export const openClockWatch = (powers: GuardPowers): (() => Promise<void>) => {
  const ahead = (): number => powers.clock.now() - powers.clock.monotonic()
  let before = Number.NEGATIVE_INFINITY
  return async () => {
    const now = ahead()
    if (Math.abs(now - before) > WORTH_TELLING_MS) await guardClock(powers)
    before = now
  }
}

/** Until an operator says that it is right. */
export const isClockDoubted = async (powers: GuardPowers): Promise<boolean> => {
  await watchClock(powers)
  return (await powers.store.lastClock())?.doubt !== undefined
}

/** Fixable('state') where an operator has to look at the clock first: nothing is planned, ended or thrown away by it. */
export const refuseFalseClock = async (powers: GuardPowers, dryRun = false): Promise<void> => {
  if (!dryRun) await watchClock(powers)
  const { last, jump } = await lookAtClock(powers)
  const why = jump?.why ?? last?.doubt?.why
  if (why !== undefined)
    throw new Fixable('state', why, 'When the clock of this machine is right (date shows it): notify release.')
}

/**
 * An operator says that the clock is right: what was written while it was ahead is mended. Fixable('state') where nobody can have
 * told them that it jumped: then everything is held for that from now on.
 */
export const trustClock = async (powers: GuardPowers): Promise<void> => {
  const { store, clock } = powers
  const [before, hold] = [await store.lastClock(), await store.readHold()]
  await watchClock(powers)
  const last = await store.lastClock()
  if (last?.doubt === undefined) return
  const { doubt, ...reading } = last
  if (before?.doubt === undefined || (hold !== null && hold.by !== ITSELF)) {
    const by = { at: clock.now(), who: ITSELF, why: doubt.why }
    if ((await store.readHold())?.by !== ITSELF) await store.release(by)
    await store.hold(by)
    throw new Fixable('state', doubt.why, 'When it is right (date shows it), say notify release once more.')
  }
  const ahead = aheadBy(doubt)
  if (ahead > WORTH_TELLING_MS) await mend(powers, ahead, clock.now())
  await store.noteClock(reading, last)
}

/**
 * Where the sending went on by the clock that was ahead, any doubt may have been noted by it, also one that lies in the past by
 * now (`doubtedAfter` 0): an hour too early a gateway is thought to have forgotten a key, never too late.
 */
const mend = async ({ store, clock }: GuardPowers, byMs: number, doubtedAfter: number): Promise<void> => {
  const { soundDueAt } = await import('../domain/set-back.ts') // luxon is not for a pass with nothing due
  const now = clock.now()
  await store.mendSetBack({ now, byMs, doubtedAfter, dueAt: (row, mailing) => soundDueAt(row, mailing, now) })
}
