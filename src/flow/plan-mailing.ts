// Audience x zones -> the plan: how many, in which zone, at which instant. Nothing is written.
import { Fixable } from '../domain/errors.ts'
import { addDays } from '../domain/local-time.ts'
import type { AddressKind, Audience, IfNoZone, IfPast, Plan, ZonePlan } from '../domain/mailing.ts'
import { nextOpening, sendInstant } from '../domain/send-time.ts'
import { NO_ZONE, SHARED } from '../domain/skip-reasons.ts'
import type { AudienceGroup, MailingStore, RowRule } from '../store/mailing-store.ts'

export interface PlanRequest {
  readonly on: string
  readonly at: string
  readonly until: string
  readonly ifPast: IfPast
  readonly ifNoZone: IfNoZone
  readonly audience: Audience
  readonly addressKind: AddressKind
}

type ZoneRequest = Pick<PlanRequest, 'on' | 'at' | 'until' | 'ifPast' | 'ifNoZone'>

export interface PlannedAudience {
  readonly plan: Plan
  /** How the rows of each zone are written. */
  readonly rules: readonly RowRule[]
}

/** Fails with Fixable when a zone is missing or the time is past and the request says `fail`, or when nobody is left to write to. */
export const planMailing = async (
  { store }: { readonly store: MailingStore },
  request: PlanRequest,
  now: number,
): Promise<PlannedAudience> => {
  const groups = await store.planAudience(request.audience, request.addressKind)
  await refuseWithoutZone(store, request, groups)
  const zones = [...new Set(groups.map((group) => group.zone ?? ''))]
  const planned = zones.map((zone) => planZone(zone, request, now))
  refusePast(planned, groups, request)
  const plan = countPlan(planned, groups)
  if (plan.total === 0) {
    const why = plan.skipped.map(({ reason, count }) => `${count} ${reason}`).join(', ')
    throw new Fixable(
      'input',
      why === '' ? 'nobody to write to: no recipient matches' : `nobody to write to: ${why}`,
      'See who is there with another filter, or add recipients with notify import suppliers FILE.',
    )
  }
  return { plan, rules: planned.map(({ rule }) => rule) }
}

export interface PlannedZone {
  readonly rule: RowRule
  readonly isPast: boolean
  readonly notes: readonly string[]
}

/** When a zone is written to, by what is asked and the instant at which it is asked. */
export const planZone = (zone: string, request: ZoneRequest, now: number): PlannedZone => {
  const { ifNoZone, ifPast, on, at, until } = request
  const rowZone = zone === '' && typeof ifNoZone === 'object' ? ifNoZone.zone : zone
  if (rowZone === '') {
    return { rule: { zone, rowZone, sendAt: sendInstant(on, at, 'UTC').at, skip: NO_ZONE }, isPast: false, notes: [] }
  }
  const first = sendInstant(on, at, rowZone)
  const notes = first.note === null ? [] : [NOTES[first.note]]
  const rule = { zone, rowZone, sendAt: first.at, skip: null }
  if (first.at >= now) return { rule, isPast: false, notes }
  if (ifPast === 'skip') return { rule: { ...rule, skip: 'past' }, isPast: true, notes }
  const sendAt = ifPast === 'now' ? nextOpening(now, at, until, rowZone) : nextDay(request, rowZone, now)
  return {
    rule: { ...rule, sendAt },
    isPast: true,
    notes: [...notes, sendAt === now ? 'past: at once' : 'past: the next day'],
  }
}

const NOTES = {
  gap: 'this local time does not exist on that day: moved forward by the gap',
  overlap: 'this local time exists twice on that day: the first of the two',
  'missing day': 'that day does not exist there: the next instant that does',
} as const

const nextDay = ({ on, at }: ZoneRequest, zone: string, now: number): number => {
  for (let days = 1; ; days += 1) {
    const instant = sendInstant(addDays(on, days), at, zone).at
    if (instant >= now) return instant
  }
}

/** Consent first, then who is not to be written to here, the zone's own reason, the address: the order in which rows get theirs. */
const skipOf = (group: AudienceGroup, rule: RowRule): string | null => {
  if (group.unsubscribed) return 'unsubscribed'
  if (group.blocked) return 'blocked'
  if (group.isDouble) return SHARED
  return rule.skip ?? (group.hasAddress ? null : 'no address')
}

const mayBeWrittenTo = (group: AudienceGroup): boolean => !(group.unsubscribed || group.blocked || group.isDouble)

const countPlan = (planned: readonly PlannedZone[], groups: readonly AudienceGroup[]): Plan => {
  const zones = new Map<string, ZonePlan>()
  const skipped = new Map<string, number>()
  for (const { rule, notes } of planned) {
    for (const group of groups.filter((each) => (each.zone ?? '') === rule.zone)) {
      const reason = skipOf(group, rule)
      if (reason !== null) {
        skipped.set(reason, (skipped.get(reason) ?? 0) + group.count)
        continue
      }
      const known = zones.get(rule.rowZone)
      zones.set(rule.rowZone, {
        zone: rule.rowZone,
        sendAt: rule.sendAt,
        notes,
        count: group.count + (known?.count ?? 0),
      })
    }
  }
  return {
    total: [...zones.values()].reduce((sum, zone) => sum + zone.count, 0),
    zones: [...zones.values()].sort((a, b) => a.sendAt - b.sendAt || a.zone.localeCompare(b.zone, 'en')),
    skipped: [...skipped].map(([reason, count]) => ({ reason, count })),
  }
}

const refuseWithoutZone = async (
  store: MailingStore,
  { audience, addressKind, ifNoZone }: PlanRequest,
  groups: readonly AudienceGroup[],
): Promise<void> => {
  const without = groups.filter((group) => group.zone === null && mayBeWrittenTo(group))
  const count = without.reduce((sum, group) => sum + group.count, 0)
  if (count === 0 || ifNoZone !== 'fail') return
  const names = await store.firstWithoutZone(audience, addressKind, 5)
  const told = `${names.join(', ')}${count > names.length ? ', …' : ''}`
  throw new Fixable(
    'input',
    count === 1
      ? `1 recipient has no zone, so nothing is scheduled: ${told}`
      : `${count} recipients have no zone, so nothing is scheduled: ${told}`,
    'Load zones with notify import timezones FILE (or --preset ru), give one with notify districts edit NAME --zone ZONE or notify recipients edit WHO --zone ZONE, or say --if-no-zone skip or --if-no-zone ZONE.',
  )
}

const refusePast = (planned: readonly PlannedZone[], groups: readonly AudienceGroup[], request: PlanRequest): void => {
  if (request.ifPast !== 'fail') return
  const past = planned.filter((zone) => zone.isPast).map(({ rule }) => rule)
  const reachable = groups.filter((group) => mayBeWrittenTo(group) && group.hasAddress)
  const counts = past
    .map((rule) => {
      const here = reachable.filter((group) => (group.zone ?? '') === rule.zone)
      return { zone: rule.rowZone, count: here.reduce((sum, group) => sum + group.count, 0) }
    })
    .filter(({ count }) => count > 0)
  if (counts.length === 0) return
  const list = counts.map(({ zone, count }) => `${zone} (${count})`).join(', ')
  throw new Fixable(
    'input',
    `${request.at} on ${request.on} is already past in ${list}; nothing is scheduled`,
    'Say --if-past now, --if-past next-day or --if-past skip, or choose another --on.',
  )
}
