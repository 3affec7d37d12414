// Recipients that joined after a mailing was scheduled get their rows. Nobody else's changes.
import { addDays } from '../domain/local-time.ts'
import type { Mailing } from '../domain/mailing.ts'
import { sendInstant } from '../domain/send-time.ts'
import type { RowPass } from '../store/edit-store.ts'
import type { Store } from '../store/store.ts'
import { type PlannedZone, planZone } from './plan-mailing.ts'
import type { SendingPowers } from './powers.ts'
import { planAfter } from './row-pass.ts'

/** Other rows are served between two looks. */
const PAUSE_MS = 1

/** `mark`: of the address book, as it was before it is looked at. Returns how many messages were added. */
export const followMailings = async (
  { store, clock, log }: Pick<SendingPowers, 'store' | 'clock' | 'log'>,
  mailings: readonly Mailing[],
  mark: number,
): Promise<number> => {
  let total = 0
  for (const mailing of mailings) {
    const zoneOf = joinersOf(mailing, clock.now())
    const count = await addJoiners(store, passOf(mailing, clock.now(), zoneOf), () => clock.sleep(PAUSE_MS))
    if (count > 0) log({ event: 'joined', mailing: mailing.id, count })
    const plan = count > 0 ? await planAfter(store, mailing, zoneOf) : mailing.plan
    await store.noteFollowed({ ...mailing, plan }, mark)
    total += count
  }
  return total
}

const passOf = (mailing: Mailing, now: number, zoneOf: (zone: string) => PlannedZone): RowPass => ({
  ...{ mailing, now, members: 'add', moves: false, hours: false, shifts: false },
  ruleOf: (zone) => {
    const { rule, isPast } = zoneOf(zone)
    return { ...rule, isPast }
  },
})

/** Where the hour is past: at once while the mailing is open there on its day, else no more. */
const joinersOf = (mailing: Mailing, now: number): ((zone: string) => PlannedZone) => {
  const { at, on, until, terms } = mailing
  const closingDay = until <= at ? addDays(on, 1) : on
  return (zone) => {
    const planned = planZone(zone, { at, on, until, ifNoZone: terms.ifNoZone, ifPast: 'skip' }, now)
    const { rule, isPast } = planned
    if (!isPast || now >= sendInstant(closingDay, until, rule.rowZone).at) return planned
    return { ...planned, rule: { ...rule, sendAt: now, skip: null } }
  }
}

/** Looked for without the lock: most looks find nobody. */
const addJoiners = async (
  store: Pick<Store, 'compareRows' | 'changeRows'>,
  pass: RowPass,
  pause: () => Promise<void>,
): Promise<number> => {
  let count = 0
  for (let after: number | null = 0; after !== null; ) {
    const { last, changes } = await store.compareRows(pass, after)
    if (last !== null && changes.length > 0) {
      for (let done: number | null = after; done !== null && done < last; ) {
        const changed = await store.changeRows(pass, null, done)
        count += changed.changes.reduce((sum, change) => sum + (change.kind === 'joined' ? change.count : 0), 0)
        done = changed.last
      }
    }
    after = last
    await pause()
  }
  return count
}
