// The rows of a mailing brought to what it says now: looked at first, then changed in turns.
import type { Mailing, Plan } from '../domain/mailing.ts'
import type { RowEdit } from '../domain/mailing-edit.ts'
import { failPoint } from '../fail-point.ts'
import type { ChangedRows, EditStore, RowChange, RowPass } from '../store/edit-store.ts'
import { type PlannedZone, planZone } from './plan-mailing.ts'

/** What a pass changes, or would change. */
export interface Difference {
  /** Rows that wait for another instant or by another zone. */
  readonly moved: number
  /** Recipients that get a message now. */
  readonly joined: number
  /** Recipients that get none now. */
  readonly left: number
  /** Alike ones together, in the order in which they leave. */
  readonly changes: readonly RowChange[]
}

/** The rules of an edit: by its own instant, so that whoever finishes it comes to the same. */
export const passOf = (
  mailing: Mailing,
  edit: RowEdit,
): RowPass & { readonly zoneOf: (zone: string) => PlannedZone } => {
  const known = new Map<string, PlannedZone>()
  const { at, on, until, terms } = mailing
  const zoneOf = (zone: string): PlannedZone => {
    const planned =
      known.get(zone) ?? planZone(zone, { at, on, until, ifNoZone: terms.ifNoZone, ifPast: edit.ifPast }, edit.now)
    known.set(zone, planned)
    return planned
  }
  const { now, members, moves, hours, shifts } = edit
  return {
    ...{ mailing, now, members, moves, hours, shifts, zoneOf },
    ruleOf: (zone) => {
      const { rule, isPast } = zoneOf(zone)
      return { ...rule, isPast }
    },
  }
}

export const compareRows = (store: Pick<EditStore, 'compareRows'>, pass: RowPass): Promise<Difference> =>
  everyTurn((after) => store.compareRows(pass, after))

export const changeRows = (
  store: Pick<EditStore, 'changeRows'>,
  pass: RowPass,
  edit: RowEdit | null,
  onProgress: (rows: number) => void = () => undefined,
): Promise<Difference> => {
  let rows = 0
  return everyTurn(async (after) => {
    const changed = await store.changeRows(pass, edit, after)
    rows += changed.changes.reduce((sum, { count }) => sum + count, 0)
    onProgress(rows)
    failPoint('mid-edit')
    return changed
  })
}

const everyTurn = async (turn: (after: number) => Promise<ChangedRows>): Promise<Difference> => {
  const found = new Map<string, RowChange>()
  for (let after: number | null = 0; after !== null; ) {
    const { last, changes }: ChangedRows = await turn(after)
    for (const change of changes) {
      const key = JSON.stringify({ ...change, count: 0 })
      found.set(key, { ...change, count: change.count + (found.get(key)?.count ?? 0) })
    }
    after = last
  }
  const changes = [...found.values()].sort((a, b) => a.sendAt - b.sendAt || a.zone.localeCompare(b.zone, 'en'))
  const count = (kind: RowChange['kind']): number =>
    changes.reduce((sum, change) => sum + (change.kind === kind ? change.count : 0), 0)
  return { moved: count('moved'), joined: count('joined'), left: count('left'), changes }
}

/** The plan as the rows have it. What is to be known of a zone is kept, or told anew where it has a new instant. */
export const planAfter = async (
  store: Pick<EditStore, 'plannedRows'>,
  mailing: Mailing,
  zoneOf: (zone: string) => PlannedZone,
): Promise<Plan> => {
  const { zones, skipped } = await store.plannedRows(mailing.id)
  const notesOf = (zone: string, sendAt: number): readonly string[] => {
    const known = mailing.plan.zones.find((each) => each.zone === zone && each.sendAt === sendAt)
    if (known !== undefined) return known.notes
    const planned = zoneOf(zone)
    return planned.rule.sendAt === sendAt ? planned.notes : []
  }
  return {
    total: zones.reduce((sum, { count }) => sum + count, 0),
    zones: zones.map(({ zone, count, sendAt }) => ({ zone, count, sendAt, notes: notesOf(zone, sendAt) })),
    skipped,
  }
}
