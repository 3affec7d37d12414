// What a storm of the flow is made of: the gateway's moods with the ledger of what it took, and the deeds of operators.
import fc from 'fast-check'
import { expect } from 'vitest'
import { Fixable } from '../../src/domain/errors.ts'
import { paused, resumed } from '../../src/domain/gateway-changes.ts'
import type { Mailing } from '../../src/domain/mailing.ts'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import type { MailingWish } from '../../src/domain/mailing-edit.ts'
import { TROUBLE_STATES } from '../../src/domain/message.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { applyEdit, prepareEdit } from '../../src/flow/edit-mailing.ts'
import { prepareReplan } from '../../src/flow/replan-mailing.ts'
import { planRetry, retry } from '../../src/flow/retry.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { cancelMessage, messageNumbered, sendMessageNow } from '../../src/flow/steer-message.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import type { Outgoing } from '../../src/gateway/gateway.ts'
import { beat, claimOne, never, scheduleUsual, type World } from './world.ts'

export const PEOPLE = 12

/** What the gateway does with a request: does it take the message, and what does it say? */
const MOODS: readonly (readonly [takes: boolean, reply: Reply])[] = [
  [true, { kind: 'accepted', ref: null }],
  [true, { kind: 'unknown', reason: 'silence' }],
  [false, { kind: 'unknown', reason: 'answered 500' }],
  [false, { kind: 'unavailable', reason: 'connection refused' }],
  [false, { kind: 'unavailable', reason: 'answered 429', retryAfter: 2_000 }],
  [false, { kind: 'misconfigured', reason: 'answered 401' }],
  [false, { kind: 'refused', reason: 'no such number' }],
]

/** Steps of the operator, or of the world; those that an operator takes may be taken while both senders send. */
export type Deed =
  | { readonly do: 'pass' | 'pause' | 'resume' | 'cancel' | 'hold' | 'release' | 'stop gateway' | 'start gateway' }
  | { readonly do: 'schedule'; readonly at: string }
  | { readonly do: 'die'; readonly rows: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'mood'; readonly moods: readonly number[] }
  | { readonly do: 'leave' | 'move' | 'block' | 'remove' | 'travel'; readonly person: number }
  | { readonly do: 'edit' | 'die editing'; readonly wish: MailingWish; readonly beside: boolean }
  | { readonly do: 'replan'; readonly beside: boolean }
  | { readonly do: 'cancel'; readonly beside: boolean }
  | { readonly do: 'cancel one' | 'send one now'; readonly person: number; readonly beside: boolean }
  | { readonly do: 'retry'; readonly asNew: boolean; readonly beside: boolean }

const of = <T extends Deed['do']>(...words: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...words)
const person = fc.integer({ min: 1, max: PEOPLE })
const beside = fc.boolean()

const wish: fc.Arbitrary<MailingWish> = fc.oneof(
  fc.constantFrom('Come at ten', 'Come at {{ name }}', 'Hello {{ name }}').map((text) => ({ text })),
  fc.constantFrom('09:30', '10:15', '11:30').map((at) => ({ at })),
  fc.constantFrom('18:00', '22:30').map((until) => ({ until })),
  fc.constantFrom({ on: '2021-10-23', at: '10:00' }, { text: 'Later, {{ name }}', on: '2021-10-23' }),
  fc.constantFrom(['Europe/Moscow'], []).map((zones) => ({ audience: { ...EVERYBODY, zones } })),
)

export const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: of('pass', 'pass', 'pass', 'pause', 'resume', 'hold', 'release', 'stop gateway', 'start gateway').map(
      (act) => ({ do: act }),
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('10:00', '10:30', '11:00').map((at) => ({ do: 'schedule' as const, at })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }).map((rows) => ({ do: 'die' as const, rows })) },
  { weight: 4, arbitrary: fc.integer({ min: 100, max: 3_600_000 }).map((ms) => ({ do: 'wait' as const, ms })) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: MOODS.length - 1 }), { minLength: 1, maxLength: 6 })
      .map((moods) => ({ do: 'mood' as const, moods })),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: of('leave', 'move', 'move', 'block', 'remove', 'travel', 'travel'), person }),
  },
  { weight: 4, arbitrary: fc.record({ do: of('edit', 'edit', 'die editing'), wish, beside }) },
  { weight: 2, arbitrary: fc.record({ do: of('replan', 'replan', 'cancel'), beside }) },
  { weight: 2, arbitrary: fc.record({ do: of('cancel one', 'send one now'), person, beside }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('retry' as const), asNew: fc.boolean(), beside }) },
)

export interface Ledger {
  /** Key -> what it was asked to send, and how often it took it as a new message. */
  readonly seen: Map<string, { readonly bytes: string; readonly text: string; effects: number; accepted: number }>
  moods: readonly number[]
  /** Messages that were scheduled. */
  scheduled: number
  /** Messages that an operator sent under a new key although they may have arrived. */
  renewed: number
}

export const listen = (world: World): Ledger => {
  const ledger: Ledger = { seen: new Map(), moods: [0], scheduled: PEOPLE, renewed: 0 }
  let turn = 0
  world.sms.answer = async (message: Outgoing) => {
    turn += 1
    if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
    const [takes, reply] = MOODS[ledger.moods[turn % ledger.moods.length] ?? 0] ?? [
      true,
      { kind: 'accepted', ref: null },
    ]
    const bytes = `${message.address}\n${message.text}\n${message.keyNumber}`
    const known = ledger.seen.get(message.key) ?? { bytes, text: message.text, effects: 0, accepted: 0 }
    expect(bytes).toBe(known.bytes) // the same key is the same bytes, for ever
    ledger.seen.set(message.key, known)
    if (takes && known.effects === 0) known.effects = 1
    if (reply.kind === 'accepted') known.accepted += 1
    return reply
  }
  return ledger
}

export const by = (world: World) => ({ at: world.clock.now(), who: 'anna', why: null })
export const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

export interface Storm {
  readonly world: World
  /** The same file by another connection. */
  readonly other: World
  readonly ledger: Ledger
}

/** One deed; `count` is its number, by which it chooses. */
export const act = async (storm: Storm, deed: Deed, count: number): Promise<void> => {
  const { world, other } = storm
  const mailings = await world.store.listMailings({})
  const living = mailings.filter(({ state }) => state === 'active' || state === 'paused')
  const one = living[count % Math.max(1, living.length)]
  const senders = 'beside' in deed && deed.beside ? [pass(world), pass(other)] : []
  const choice = { one, living, mailings, count }
  await whileTimePasses(world, Promise.all([...senders, refusable(() => perform(storm, deed, choice))]))
}

const TURNS_A_STEP = 200
const STEP_MS = 250

/** A sender that takes rows of a mailing that is being edited rests a quarter of a second, which must end. */
const whileTimePasses = async (world: World, work: Promise<unknown>): Promise<void> => {
  const during = { isOver: false }
  const over = work.finally(() => {
    during.isOver = true
  })
  over.catch(() => undefined) // it is awaited below
  for (let turn = 1; !during.isOver; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    if (turn % TURNS_A_STEP === 0) world.clock.advance(STEP_MS)
  }
  await over
}

/** What is not allowed in this state is refused, and changes nothing. */
const refusable = async (body: () => Promise<unknown>): Promise<void> => {
  try {
    await body()
  } catch (error) {
    if (!(error instanceof Fixable)) throw error
  }
}

interface Choice {
  readonly one: Mailing | undefined
  readonly living: readonly Mailing[]
  readonly mailings: readonly Mailing[]
  readonly count: number
}

const perform = async (storm: Storm, deed: Deed, choice: Choice): Promise<unknown> => {
  const { world, other, ledger } = storm
  const { store, clock, sql } = world
  const { one, living, count } = choice
  switch (deed.do) {
    case 'pass':
      return Promise.all([pass(world), pass(other)])
    case 'wait':
      return clock.advance(deed.ms)
    case 'mood':
      ledger.moods = deed.moods
      return undefined
    case 'schedule':
      return living.length < 4 && scheduleOne(storm, deed.at, count)
    case 'pause':
      return one?.state === 'active' && store.pauseMailing(one.id, by(world))
    case 'resume':
      return one?.state === 'paused' && store.resumeMailing(one.id, by(world))
    case 'cancel':
      return one !== undefined && count % 3 === 0 && store.cancelMailing(one.id, by(world))
    case 'hold':
      return store.hold(by(world))
    case 'release':
      return store.release(by(world))
    case 'stop gateway':
      return store.changeGateway('sms', (health) => paused(health, clock.now(), 'anna', null))
    case 'start gateway':
      return store.changeGateway('sms', (health) => resumed(health, clock.now(), null))
    case 'leave':
    case 'move':
    case 'block':
    case 'remove':
    case 'travel':
      return sql.prepare(BOOK[deed.do]).run({ person: deed.person, count })
    case 'die':
      return dieHolding(world, deed.rows)
    case 'edit':
    case 'die editing':
    case 'replan':
    case 'cancel one':
    case 'send one now':
    case 'retry':
      return operate(storm, deed, choice)
    default:
      return deed satisfies never
  }
}

/** What happens to people meanwhile. */
const BOOK = {
  leave: 'update recipients set unsubscribed = 1 where id = @person and @count > 0',
  move: "update recipients set phone = '+79990' || (100000 + @count) || id, name = name || '!' where id = @person",
  block:
    "insert or ignore into blocked (address, at, who) select phone, 1, 'anna' from recipients where id = @person and phone is not null and @count > 0",
  remove: 'update recipients set removed_at = 1, phone = null, name = null where id = @person and @count > 0',
  travel: "update recipients set zone = iif(@count % 2, 'Asia/Yakutsk', 'Europe/Kaliningrad') where id = @person",
}

type Operation = Extract<Deed, { readonly beside: boolean }>

const operate = async (
  { world, ledger }: Storm,
  deed: Exclude<Operation, { readonly do: 'cancel' }>,
  { one, mailings, count }: Choice,
): Promise<unknown> => {
  switch (deed.do) {
    case 'edit':
      return one === undefined ? undefined : editOne(world, one, deed.wish)
    case 'die editing':
      return one === undefined ? undefined : dieEditing(world, one, deed.wish)
    case 'replan':
      return one === undefined
        ? undefined
        : applyEdit(world, await prepareReplan(world, one), 'mailing replanned', by(world))
    case 'cancel one':
      return cancelMessage(world, await messageNumbered(world, deed.person), by(world))
    case 'send one now':
      return sendMessageNow(world, await messageNumbered(world, deed.person), by(world))
    case 'retry':
      return retryOne(world, ledger, mailings[count % mailings.length], deed.asNew)
    default:
      return deed satisfies never
  }
}

/** A message for everybody who is in the address book by now. */
const scheduleOne = async ({ world, ledger }: Storm, at: string, count: number): Promise<void> => {
  const people = Number(world.sql.prepare('select count(*) from recipients where removed_at is null').pluck().get())
  await scheduleUsual(world, { uid: `uid-${count}`, text: `No. ${count}`, at, ifPast: 'next-day', expires: '4d' })
  ledger.scheduled += people
}

const TERMS = { ifPast: 'now', approvalOf: null } as const

const editOne = async (world: World, mailing: Mailing, wanted: MailingWish): Promise<unknown> =>
  applyEdit(world, await prepareEdit(world, mailing, wanted, TERMS), 'mailing edited', by(world))

/** A process that dies between the two halves of an edit: whoever comes next finishes it. */
const dieEditing = async (world: World, mailing: Mailing, wanted: MailingWish): Promise<unknown> => {
  const { before, after, edit } = await prepareEdit(world, mailing, wanted, TERMS)
  const plannerId = await world.store.addWorker(world.witness.self('schedule'), beat(world))
  try {
    await world.store.saveEdit(before, after, edit === null ? null : { edit, plannerId }, 'mailing edited', by(world))
  } finally {
    world.dead.add(plannerId)
  }
  return clearUp(world)
}

const retryOne = async (world: World, ledger: Ledger, mailing: Mailing | undefined, asNew: boolean): Promise<void> => {
  if (mailing === undefined) return
  const order = { states: TROUBLE_STATES, to: null, limit: null, error: null, expiresAt: null, asNew }
  const planned = await planRetry(world, mailing, order, by(world))
  const { counts } = await retry(world, planned, never.stop)
  ledger.renewed += counts.byFate.renew
}

/** A worker that takes rows and dies. */
const dieHolding = async (world: World, rows: number): Promise<unknown> => {
  const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
  for (let i = 0; i < rows; i += 1) await claimOne(world, worker)
  world.dead.add(worker)
  return clearUp(world)
}
