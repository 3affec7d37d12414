// Everything at once, in random order: two senders, an operator, a gateway of moods, deaths. Whatever happens, every row ends
// once and is counted once, nothing is lost, nothing has two effects. NOTIFY_SOAK=standard plays 500 of them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paused, resumed } from '../../src/domain/gateway-health.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import type { Outgoing } from '../../src/gateway/gateway.ts'
import { openStore } from '../../src/store/open.ts'
import { beat, claimOne, openWorld, scheduleUsual, type World } from '../support/world.ts'

const RUNS = process.env['NOTIFY_SOAK'] === undefined ? 25 : 500
const PEOPLE = 12

/** What the gateway does with a request: does it take the message, and what does it say? */
const MOODS: readonly (readonly [takes: boolean, reply: Reply])[] = [
  [true, { kind: 'accepted', ref: null }],
  [true, { kind: 'unknown', reason: 'silence' }],
  [false, { kind: 'unknown', reason: 'answered 500' }],
  [false, { kind: 'unavailable', reason: 'connection refused' }],
  [false, { kind: 'unavailable', reason: 'answered 429', retryAfter: 2_000 }],
  [false, { kind: 'misconfigured', reason: 'answered 401' }],
]

type Deed =
  | { readonly do: 'pass' | 'pause' | 'resume' | 'cancel' | 'hold' | 'release' | 'stop gateway' | 'start gateway' }
  | { readonly do: 'schedule'; readonly at: string }
  | { readonly do: 'die'; readonly rows: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'mood'; readonly moods: readonly number[] }
  | { readonly do: 'leave' | 'move'; readonly person: number }

const simple = fc.constantFrom<Deed['do']>(
  'pass',
  'pass',
  'pass',
  'pause',
  'resume',
  'cancel',
  'hold',
  'release',
  'stop gateway',
  'start gateway',
)
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: simple.map((act) => ({ do: act }) as Deed) },
  { weight: 2, arbitrary: fc.constantFrom('10:00', '10:30', '11:00').map((at) => ({ do: 'schedule', at }) as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }).map((rows) => ({ do: 'die', rows }) as const) },
  { weight: 4, arbitrary: fc.integer({ min: 100, max: 3_600_000 }).map((ms) => ({ do: 'wait', ms }) as const) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: MOODS.length - 1 }), { minLength: 1, maxLength: 6 })
      .map((moods) => ({ do: 'mood', moods }) as const),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: PEOPLE }).map((person) => ({ do: 'leave', person }) as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: PEOPLE }).map((person) => ({ do: 'move', person }) as const) },
)

interface Ledger {
  /** Key -> what it was asked to send, and how often it took it as a new message. */
  readonly seen: Map<string, { readonly bytes: string; effects: number; accepted: number }>
  moods: readonly number[]
}

const listen = (world: World): Ledger => {
  const ledger: Ledger = { seen: new Map(), moods: [0] }
  let turn = 0
  world.sms.answer = async (message: Outgoing) => {
    turn += 1
    if (turn % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
    const [takes, reply] = MOODS[ledger.moods[turn % ledger.moods.length] ?? 0] ?? [
      true,
      { kind: 'accepted', ref: null },
    ]
    const bytes = `${message.address}\n${message.text}\n${message.keyNumber}`
    const known = ledger.seen.get(message.key) ?? { bytes, effects: 0, accepted: 0 }
    expect(bytes).toBe(known.bytes) // the same key is the same bytes, for ever
    ledger.seen.set(message.key, known)
    if (takes && known.effects === 0) known.effects = 1
    if (reply.kind === 'accepted') known.accepted += 1
    return reply
  }
  return ledger
}

const by = (world: World) => ({ at: world.clock.now(), who: 'anna', why: null })
const never = new AbortController().signal
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, { stop: never, abort: never }))

const act = async (world: World, other: World, ledger: Ledger, deed: Deed, count: number): Promise<void> => {
  const mailings = await world.store.listMailings({ states: ['active', 'paused'] })
  const one = mailings[count % Math.max(1, mailings.length)]
  switch (deed.do) {
    case 'pass':
      await Promise.all([pass(world), pass(other)])
      break
    case 'schedule':
      if (mailings.length < 4)
        await scheduleUsual(world, {
          uid: `uid-${count}`,
          text: `No. ${count}`,
          at: deed.at,
          ifPast: 'next-day',
          expires: '4d',
        })
      break
    case 'pause':
      if (one?.state === 'active') await world.store.pauseMailing(one.id, by(world))
      break
    case 'resume':
      if (one?.state === 'paused') await world.store.resumeMailing(one.id, by(world))
      break
    case 'cancel':
      if (one !== undefined && count % 3 === 0) await world.store.cancelMailing(one.id, by(world))
      break
    case 'hold':
      await world.store.hold(by(world))
      break
    case 'release':
      await world.store.release(by(world))
      break
    case 'stop gateway':
      await world.store.changeGateway('sms', (health) => paused(health, world.clock.now(), 'anna', null))
      break
    case 'start gateway':
      await world.store.changeGateway('sms', (health) => resumed(health, world.clock.now(), null))
      break
    case 'wait':
      world.clock.advance(deed.ms)
      break
    case 'mood':
      ledger.moods = deed.moods
      break
    case 'leave':
      world.sql.prepare('update recipients set unsubscribed = 1 where id = ?').run(deed.person)
      break
    case 'move':
      world.sql
        .prepare("update recipients set phone = '+79990' || ? || id, name = name || '!' where id = ?")
        .run(100_000 + count, deed.person)
      break
    case 'die': {
      const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
      for (let i = 0; i < deed.rows; i += 1) await claimOne(world, worker)
      world.dead.add(worker)
      await clearUp(world)
      break
    }
    default:
      deed satisfies never
  }
}

/** Everybody lets go, the gateway is well again, and days pass. */
const calmDown = async (world: World, ledger: Ledger): Promise<void> => {
  ledger.moods = [0]
  await world.store.release(by(world))
  await world.store.changeGateway('sms', (health) => resumed(health, world.clock.now(), null))
  for (const { id } of await world.store.listMailings({ states: ['paused'] })) {
    await world.store.resumeMailing(id, by(world))
  }
  for (let hour = 0; hour < 140; hour += 1) {
    await pass(world)
    world.clock.advance(3_600_000)
  }
}

const check = async (world: World, ledger: Ledger): Promise<void> => {
  expect(await world.store.miscounted()).toEqual([])
  const mailings = Number(world.sql.prepare('select count(*) from mailings').pluck().get())
  const states = world.states()
  const total = Object.values(states).reduce((sum, count) => sum + count, 0)
  expect(total).toBe(mailings * PEOPLE)
  expect(states.scheduled).toBeUndefined()
  expect(states.sending).toBeUndefined()
  const accepted = [...ledger.seen.values()].filter((entry) => entry.accepted > 0).length
  expect(states.sent ?? 0).toBeLessThanOrEqual(accepted) // no phantom
  const effects = [...ledger.seen.values()].reduce((sum, entry) => sum + entry.effects, 0)
  // taken, and yet not called sent: it is called unknown, or somebody ended it meanwhile, and never unsent
  expect(effects - (states.sent ?? 0)).toBeLessThanOrEqual((states.unknown ?? 0) + skippedInDoubt(world))
}

const skippedInDoubt = (world: World): number =>
  Number(
    world.sql
      .prepare("select count(*) from messages where state = 'skipped' and doubt_since is not null")
      .pluck()
      .get(),
  )

test(`${RUNS} storms of random deeds: every row ends once, one effect a key, one text a key`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 40 }), async (deeds) => {
      const world = await openWorld()
      world.add(Array.from({ length: PEOPLE }, (_, i) => ({ name: `Person ${i}` })))
      const ledger = listen(world)
      const store = await openStore(world.file, world.clock)
      const other: World = { ...world, store }
      try {
        await scheduleUsual(world, { text: 'Hello {{ name }}', expires: '4d' })
        world.clock.moveTo('2021-10-22T07:00:00Z')
        for (const [i, each] of deeds.entries()) await act(world, other, ledger, each, i + 1)
        await calmDown(world, ledger)
        await check(world, ledger)
      } finally {
        await store.close()
      }
    }),
    { numRuns: RUNS },
  )
}, 1_200_000)
