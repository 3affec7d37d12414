// The plan -> message rows, in chunks, all or nothing. Run twice, it adds nothing.
import { Fixable } from '../domain/errors.ts'
import type { Mailing, Plan } from '../domain/mailing.ts'
import { checkExpires } from '../domain/mailing-request.ts'
import type { MailingDraft } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { type PlannedAudience, type PlanRequest, planMailing } from './plan-mailing.ts'
import type { SendingPowers } from './powers.ts'
import { rollBack } from './roll-back.ts'
import { asWorker } from './worker.ts'

/** Rows a transaction writes, and the pause after it in which other writers get their turn. */
const CHUNK_ROWS = 5_000
const CHUNK_PAUSE_MS = 1

export interface ScheduleRequest extends PlanRequest {
  readonly uid: string
  /** null: named after its date and hour. */
  readonly name: string | null
  readonly text: string
  readonly gateway: string
  readonly expires: string | undefined
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
  const same = await findSame(powers.store, request)
  if (same !== null) return { mailing: same, plan: same.plan, existed: true }
  const planned = await planMailing(powers, request, powers.clock.now())
  const draft = await draftOf(powers.store, request, planned.plan)
  if (request.dryRun) {
    return { mailing: { ...draft, id: null, state: 'planning', reason: null }, plan: planned.plan, existed: false }
  }
  const mailing = await asWorker(powers, 'schedule', async (workerId) => {
    const added = await powers.store.addMailing(draft, workerId, powers.clock.now())
    try {
      return await writeRows(powers, added, request, planned, stop, onProgress)
    } catch (error) {
      await rollBack(powers.store, added)
      throw error
    }
  })
  return { mailing, plan: mailing.plan, existed: false }
}

const writeRows = async (
  powers: SchedulingPowers,
  mailing: Mailing,
  request: ScheduleRequest,
  first: PlannedAudience,
  stop: AbortSignal,
  onProgress: (rows: number) => void,
): Promise<Mailing> => {
  const { store, clock } = powers
  let { plan, rules } = first
  let written = 0
  for (let mark = await store.changeMark(); ; ) {
    for (let after: number | null = 0; after !== null; ) {
      if (stop.aborted) {
        throw new Fixable(
          'interrupted',
          `stopped: mailing "${mailing.name}" is not scheduled, nothing of it will be sent`,
        )
      }
      const chunk: { last: number | null; added: number } = await store.addMessages(mailing, rules, after, CHUNK_ROWS)
      after = chunk.last
      written += chunk.added
      onProgress(written)
      if (after !== null) await clock.sleep(CHUNK_PAUSE_MS)
    }
    // Somebody else wrote meanwhile, perhaps recipients or zones: look again. Rows that are there stay as they are.
    const changed = await store.changeMark()
    if (changed === mark) break
    mark = changed
    const again = await planMailing(powers, request, clock.now())
    if (rowsOf(again.plan) <= written) break
    plan = again.plan
    rules = again.rules
  }
  await store.activateMailing(mailing.id, plan)
  return { ...mailing, plan, state: 'active' }
}

const rowsOf = ({ total, skipped }: Plan): number => skipped.reduce((sum, { count }) => sum + count, total)

/** The same text at the same hour for the same audience is the same mailing, unless the operator names it otherwise. */
const findSame = async (store: Store, request: ScheduleRequest): Promise<Mailing | null> => {
  const living = await store.listMailings({ states: ['active', 'paused', 'done'] })
  const same = living.find((mailing) => isSame(mailing, request))
  if (same !== undefined) return same
  const taken = living.find((mailing) => mailing.name === request.name)
  if (taken === undefined) return null
  throw new Fixable(
    'state',
    `a mailing named "${taken.name}" exists already (${taken.id}, ${taken.state}) and says something else`,
    `Give this one another --name, or end that one first: notify mailings cancel ${taken.id}`,
  )
}

const isSame = (mailing: Mailing, request: ScheduleRequest): boolean =>
  (request.name === null || request.name === mailing.name) &&
  mailing.on === request.on &&
  mailing.at === request.at &&
  mailing.until === request.until &&
  mailing.text === request.text &&
  mailing.gateway === request.gateway &&
  JSON.stringify(mailing.terms.audience) === JSON.stringify(request.audience)

const draftOf = async (store: Store, request: ScheduleRequest, plan: Plan): Promise<MailingDraft> => {
  const lastSendAt = Math.max(...plan.zones.map((zone) => zone.sendAt))
  const { uid, text, gateway, at, on, until, audience, ifPast, ifNoZone, addressKind } = request
  return {
    uid,
    name: request.name ?? (await freeName(store, `${on} ${at}`)),
    text,
    gateway,
    at,
    on,
    until,
    expiresAt: checkExpires(request.expires, lastSendAt),
    terms: { audience, ifPast, ifNoZone, addressKind },
    plan,
  }
}

const freeName = async (store: Store, wanted: string): Promise<string> => {
  const taken = new Set(
    (await store.listMailings({ states: ['planning', 'active', 'paused', 'done'] })).map((m) => m.name),
  )
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} (${number})`
    if (!taken.has(name)) return name
  }
}
