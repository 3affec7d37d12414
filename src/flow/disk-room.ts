// Room on the disk, looked at before it is needed: what was sent has to be written down.
import { Fixable } from '../domain/errors.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'
import type { SendingPowers } from './powers.ts'

const MIB = 1024 * 1024
/** With less than this nothing is claimed. */
const CLAIM_FLOOR = 4 * MIB
/** With less than this, and what they need, no rows are added: the sending goes on longer than the adding. */
const ADD_FLOOR = 16 * MIB
const LOOK_MS = 1_000

/** Bytes on the disk for a row with its indexes: 249 and 96 as they are added; a message takes as much again when it is sent. */
export const ROW_BYTES = { recipient: 300, message: 200 } as const

/** What hinders a claim, as of at most a second ago; null: nothing. */
export const openDiskRoom = (
  { store, clock }: Pick<SendingPowers, 'store' | 'clock'>,
  workerId: number,
): (() => Promise<string | null>) => {
  let lookedAt = Number.NEGATIVE_INFINITY
  let trouble: string | null = null
  return async () => {
    if (clock.monotonic() - lookedAt < LOOK_MS) return trouble
    lookedAt = clock.monotonic()
    const free = await store.freeBytes()
    if (free < CLAIM_FLOOR) trouble = `the disk is nearly full: ${inMib(free)} free`
    else if (trouble !== null) {
      trouble = null
      await store.reserveJournal(workerId) // there may have been no room for it before
    }
    return trouble
  }
}

/** Fails with Fixable where there is no room for these rows. */
export const requireRoom = async (
  { store }: { readonly store: Pick<OutcomeStore, 'freeBytes'> },
  rows: number,
  bytesPerRow: number,
): Promise<void> => {
  const free = await store.freeBytes()
  const needed = ADD_FLOOR + rows * bytesPerRow
  if (free >= needed) return
  throw new Fixable(
    'failed',
    `the disk is nearly full: ${inMib(free)} free, about ${inMib(needed)} are needed; nothing was changed`,
    'Free some space, then run the command again.',
  )
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`
