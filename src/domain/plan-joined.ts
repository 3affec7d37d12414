// The plan of a mailing when some more belong to it: counted on, so that nobody counts a million rows for ten of them. Pure.
import type { Plan, ZonePlan } from './mailing.ts'

/** Rows that were added alike; `skip`: why they are not sent. */
export interface Joined {
  readonly zone: string
  readonly sendAt: number
  readonly skip: string | null
  readonly count: number
}

/** `notesOf`: what is to be known of a zone that was not in the plan. */
export const withJoined = (
  plan: Plan,
  joined: readonly Joined[],
  notesOf: (zone: string, sendAt: number) => readonly string[],
): Plan => {
  const zones = new Map(plan.zones.map((zone) => [zone.zone, zone]))
  const skipped = new Map(plan.skipped.map(({ reason, count }) => [reason, count]))
  let { total } = plan
  for (const { zone, sendAt, skip, count } of joined) {
    if (skip !== null) {
      skipped.set(skip, (skipped.get(skip) ?? 0) + count)
      continue
    }
    total += count
    const known = zones.get(zone) ?? { zone, count: 0, sendAt, notes: notesOf(zone, sendAt) }
    zones.set(zone, { ...known, count: known.count + count, sendAt: Math.min(known.sendAt, sendAt) })
  }
  return {
    total,
    zones: [...zones.values()].toSorted(inOrder),
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
  }
}

const inOrder = (a: ZonePlan, b: ZonePlan): number => a.sendAt - b.sendAt || (a.zone < b.zone ? -1 : 1)
