// The plan -> message rows, in chunks, all or nothing. Run twice, it adds nothing.
import { Fixable } from '../domain/errors.ts'
import type { Mailing, Plan } from '../domain/mailing.ts'
import { checkExpires } from '../domain/mailing-request.ts'
import { failPoint } from '../fail-point.ts'
import type { MailingDraft, MailingWords, RowRule } from '../store/mailing-store.ts'
import { refuseFalseClock } from './clock-guard.ts'
import { ROW_BYTES, requireRoom } from './disk-room.ts'
import { type PlannedAudience, type PlanRequest, planMailing } from './plan-mailing.ts'
import type { SendingPowers } from './powers.ts'
import { rollBack } from './roll-back.ts'
import { openRowPace, type RowPace } from './row-pace.ts'
import { asWorker, clearUp } from './worker.ts'

export interface ScheduleRequest extends PlanRequest {
  readonly uid: string
  /** Who asks for it. */
  readonly createdBy: string
  /** Recipients that join later are added. */
  readonly follow: boolean
  /** null: named after its date and hour. */
  readonly name: string | null
  readonly text: string
  /** Headings of several words that the text names. */
  readonly headings?: readonly string[]
  readonly gateway: string
  readonly expires: string | undefined
  /** Rows written a second at most; null: no bound. */
  readonly rowsPerSecond: number | null
  /** Its rows wait until a second person has approved it. */
  readonly needsApproval: boolean
  readonly dryRun: boolean
}

export interface Scheduled {
  readonly mailing: Omit<Mailing, 'id' | 'createdAt'> & { readonly id: number | null }
  readonly plan: Plan
  /** True: the same mailing stood there already, and nothing was added. */
  readonly existed: boolean
}

type SchedulingPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'witness'>

/** Schedules the mailing, or finds it scheduled. Stopped or failed, it takes back what it wrote: never a part is sent. */
export const scheduleMailing = async (
  powers: SchedulingPowers,
  request: ScheduleRequest,
  stop: AbortSignal,
  onProgress: (rows: number) => void = () => undefined,
): Promise<Scheduled> => {
  const { store, clock } = powers
  await refuseFalseClock(powers, request.dryRun)
  if (!request.dryRun) await clearUp(powers)
  const same = await store.findSameMailing(wordsOf(request))
  if (same !== null) return existing(same)
  const mark = await store.changeMark()
  const planned = await planMailing(powers, request, clock.now())
  const draft = draftOf(request, planned.plan)
  if (request.dryRun) {
    const name = draft.name ?? `${draft.on} ${draft.at}`
    return {
      mailing: { ...draft, name, id: null, state: 'planning', reason: null, textNo: 1, approvedBy: null },
      plan: planned.plan,
      existed: false,
    }
  }
  await requireRoom(powers, planned.plan.total, ROW_BYTES.message)
  return asWorker(powers, 'schedule', async (workerId) => {
    const { mailing, isNew } = await store.addMailing(draft, workerId, clock.now())
    if (!isNew) return existing(mailing)
    try {
      const active = await writeRows(powers, mailing, request, { ...planned, mark }, stop, onProgress)
      return { mailing: active, plan: active.plan, existed: false }
    } catch (error) {
      await rollBack(store, mailing)
      throw error
    }
  })
}

/** The same mailing stood there already, or is being scheduled by another process at this moment. */
const existing = (mailing: Mailing): Scheduled => {
  if (mailing.state !== 'planning') return { mailing, plan: mailing.plan, existed: true }
  throw new Fixable(
    'state',
    `mailing "${mailing.name}" is being scheduled by another process at this moment`,
    'See it with notify mailings; nothing was added.',
  )
}

/** Rows of everybody in the audience. Who joins, or changes zone, while they are written is looked for again at the end. */
const writeRows = async (
  powers: SchedulingPowers,
  mailing: Mailing,
  request: ScheduleRequest,
  first: PlannedAudience & { readonly mark: number },
  stop: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<Mailing> => {
  const { store, clock } = powers
  let { plan, rules, mark } = first
  const pace = openRowPace(clock, request.rowsPerSecond)
  for (let before = 0, written = 0; ; before = written) {
    written += await writeChunks(powers, { mailing, rules, pace, before }, stop, onProgress)
    const changed = await store.changeMark()
    if (changed === mark || (before > 0 && written === before)) break
    mark = changed
    ;({ plan, rules } = await planMailing(powers, request, clock.now()))
  }
  const state = request.needsApproval ? 'proposed' : 'active'
  const finished: Mailing = { ...mailing, plan, expiresAt: draftOf(request, plan).expiresAt, state }
  await store.activateMailing(finished)
  return finished
}

interface Pass {
  readonly mailing: Mailing
  readonly rules: readonly RowRule[]
  readonly pace: RowPace
  /** Rows of earlier passes. */
  readonly before: number
}

/** One pass over the address book. Rows that are there stay as they are; returns how many were added. */
const writeChunks = async (
  { store }: Pick<SchedulingPowers, 'store'>,
  { mailing, rules, pace, before }: Pass,
  stop: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<number> => {
  let written = 0
  for (let after = 0; ; ) {
    if (stop.aborted) {
      throw new Fixable(
        'interrupted',
        `stopped: mailing "${mailing.name}" is not scheduled, nothing of it will be sent`,
      )
    }
    const { last, added } = await store.addMessages(mailing, rules, after, pace.chunkRows)
    written += added
    failPoint('mid-enqueue')
    if (last === null) return written
    after = last
    onProgress(before + written)
    await pace.wait(before + written, stop)
  }
}

const wordsOf = ({ name, text, gateway, at, on, until, audience }: ScheduleRequest): MailingWords => ({
  name,
  text,
  gateway,
  at,
  on,
  until,
  terms: { audience },
})

const draftOf = (request: ScheduleRequest, plan: Plan): MailingDraft => {
  const lastSendAt = Math.max(...plan.zones.map((zone) => zone.sendAt))
  const { uid, audience, ifPast, ifNoZone, addressKind, follow, headings = [], createdBy } = request
  return {
    ...wordsOf(request),
    uid,
    expiresAt: checkExpires(request.expires, lastSendAt),
    terms: { audience, ifPast, ifNoZone, addressKind, follow, ...(headings.length === 0 ? {} : { headings }) },
    plan,
    createdBy,
  }
}
