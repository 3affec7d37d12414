// Recipients that joined after a mailing was scheduled get their rows. Nobody else's changes.
import { addDays } from '../domain/local-time.ts'
import type { Mailing } from '../domain/mailing.ts'
import { withJoined } from '../domain/plan-joined.ts'
import { sendInstant } from '../domain/send-time.ts'
import type { RowChange, RowPass } from '../store/edit-store.ts'
import type { Store } from '../store/store.ts'
import { type PlannedZone, planZone } from './plan-mailing.ts'
import type { SendingPowers } from './powers.ts'
import { planAfter } from './row-pass.ts'

/** Other rows are served between two looks. */
const PAUSE_MS = 1

/** `mark`: of the address book, as it was before it is looked at. Returns how many messages were added; stopped, the next goes on. */
export const followMailings = async (
  { store, clock, log }: Pick<SendingPowers, 'store' | 'clock' | 'log'>,
  mailings: readonly Mailing[],
  mark: number,
  stop: AbortSignal,
): Promise<number> => {
  let total = 0
  for (const mailing of mailings) {
    const zoneOf = joinersOf(mailing, clock.now())
    const joined = await addJoiners(store, passOf(mailing, clock.now(), zoneOf), () => clock.sleep(PAUSE_MS), stop)
    const count = joined.reduce((sum, each) => sum + (each.skip === null ? each.count : 0), 0)
    if (count > 0) log({ event: 'joined', mailing: mailing.id, count })
    await note(store, mailing, joined, stop.aborted ? null : mark, zoneOf)
    total += count
    if (stop.aborted) break
  }
  return total
}

/** The plan is counted on; where somebody else has changed it meanwhile, or somebody is in it already as skipped, all is counted anew. */
const note = async (
  store: Pick<Store, 'noteFollowed' | 'plannedRows' | 'findMailing'>,
  mailing: Mailing,
  joined: readonly RowChange[],
  mark: number | null,
  zoneOf: (zone: string) => PlannedZone,
): Promise<void> => {
  const notesOf = (zone: string, sendAt: number): readonly string[] => {
    const { rule, notes } = zoneOf(zone)
    return rule.sendAt === sendAt ? notes : []
  }
  const { id } = mailing
  const isNew = joined.every(({ was }) => was === null)
  const counted = (): Promise<boolean> =>
    store.noteFollowed({ id, plan: withJoined(mailing.plan, joined, notesOf) }, mark, mailing.plan)
  if (isNew && (await counted())) return
  const now = await store.findMailing(id)
  if (now?.state === 'active') await store.noteFollowed({ id, plan: await planAfter(store, now, zoneOf) }, mark, null)
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
  stop: AbortSignal,
): Promise<readonly RowChange[]> => {
  const joined: RowChange[] = []
  for (let after: number | null = 0; after !== null && !stop.aborted; ) {
    const { last, changes } = await store.compareRows(pass, after)
    if (last !== null && changes.length > 0) {
      for (let done: number | null = after; done !== null && done < last; ) {
        const changed = await store.changeRows(pass, null, done)
        joined.push(...changed.changes)
        done = changed.last
      }
    }
    after = last
    await pause()
  }
  return joined
}
