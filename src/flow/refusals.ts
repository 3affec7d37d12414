// A mailing that is refused again and again is paused, loudly: a wrong setting must not burn 200,000 rows (design.md 6).
import type { Mailing } from '../domain/mailing.ts'
import type { Reply } from '../domain/outcome.ts'
import type { SendingPowers } from './powers.ts'
import type { Steering } from './steering.ts'
import type { Tally } from './tally.ts'

const LAST = 100
/** Fewer say nothing. */
const LEAST = 20
const MOST_REFUSED = 0.2

export interface Refusals {
  /** True while this pass pauses the mailing: what is still in hand goes back. */
  hasPaused(mailing: Mailing): boolean
  /** undefined: nothing to wait for. */
  note(mailing: Mailing, reply: Reply): Promise<void> | undefined
}

/** Counts the last 100 replies that decide a message, per mailing, as this pass sees them. */
export const openRefusals = (
  { store, clock, log }: SendingPowers,
  gateway: string,
  tally: Tally,
  steering: Pick<Steering, 'lookAnew'>,
): Refusals => {
  const recent = new Map<number, boolean[]>()
  const paused = new Set<number>()

  const pause = async (mailing: Mailing, refused: number, of: number, reason: string): Promise<void> => {
    paused.add(mailing.id)
    const why = `${refused} of its last ${of} messages were refused (${reason})`
    await store.pauseMailing(mailing.id, { at: clock.now(), who: 'notify', why })
    log({ event: 'mailing-paused', mailing: mailing.id, reason: why })
    await steering.lookAnew() // from here on the mailing is what the operator makes of it
    paused.delete(mailing.id)
    recent.delete(mailing.id)
    const next = `look, then notify mailings resume ${mailing.id}`
    tally.trouble(gateway, `mailing ${mailing.id} "${mailing.name}" is paused: ${why}; ${next}`)
  }

  return {
    hasPaused: ({ id }) => paused.has(id),
    note: (mailing, reply) => {
      if (reply.kind !== 'accepted' && reply.kind !== 'refused') return undefined
      const last = recent.get(mailing.id) ?? []
      recent.set(mailing.id, last)
      last.push(reply.kind === 'refused')
      if (last.length > LAST) last.shift()
      if (reply.kind === 'accepted' || paused.has(mailing.id) || last.length < LEAST) return undefined
      const refused = last.filter(Boolean).length
      return refused > last.length * MOST_REFUSED ? pause(mailing, refused, last.length, reply.reason) : undefined
    },
  }
}
