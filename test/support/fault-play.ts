// Plays faults of a gateway: a real database, the engine, a real HTTP gateway, a real server that is broken; then it is mended.
import { expect } from 'vitest'
import type { HttpGatewayConfig } from '../../src/config.ts'
import { type GatewayHealth, stateOf } from '../../src/domain/gateway-health.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { openHttpGateway } from '../../src/gateway/http.ts'
import { openGatewayInChild } from './gateway-in-child.ts'
import { closedPort, gatewayServer, probeConfig, TOKEN, TOKEN_ENV, yes } from './gateway-server.ts'
import { never, openWorld, scheduleUsual, type World } from './world.ts'

/** What is broken. */
export interface Broken {
  readonly url: string
  /** Every whole request that reached it. */
  readonly requests: readonly string[]
  /** Requests and connections at a place where none may arrive. */
  readonly elsewhere?: () => number
  /** An authority that is to be trusted beside those of the system. */
  readonly authorityFile?: string
}

/** What can be seen. */
export interface Shown {
  /** The replies of the gateway in the first pass, each kind once, in their order. */
  readonly reply: string
  /** The first row that is not sent after the first pass; where all are: sent. */
  readonly row: string
  /** Whole requests that reached the server in the first pass. */
  readonly requests: string
  /** Rows that were not tried in the first pass and cost nothing. */
  readonly untried: number
  readonly gateway: string
  /** All rows, once it is mended; and how many keys were sent more than once. */
  readonly mended: string
}

export interface Play {
  readonly broken: () => Promise<Broken>
  readonly config?: Partial<HttpGatewayConfig>
  /** Default: 5, one at once. */
  readonly people?: number
  /** Mended after this; default: at once. */
  readonly mendedAfterMs?: number
}

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const MOST_PASSES = 100

const dueFor = async (people: number): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

/** One pass with the broken server, then passes with a good one until nothing is due. Fails where one key has two bodies. */
export const playFault = async ({ broken, config, people = 5, mendedAfterMs = 0 }: Play): Promise<Shown> => {
  const world = await dueFor(people)
  const { url, requests, elsewhere, authorityFile } = await broken()
  const sick = recording(
    await openSick(probeConfig(url, { concurrency: 1, deadlineMs: 10_000, ...config }), authorityFile),
  )
  await pass(world, sick.gateway)
  await sick.gateway.close()
  const shown = {
    reply: [...new Set(sick.replies)].join(', '),
    row: worstRow(world),
    requests: String(requests.length),
    untried: untried(world),
    gateway: await gatewayWords(world),
  }
  expect(elsewhere?.() ?? 0).toBe(0)
  const healthy = await gatewayServer(yes)
  const mended = await openHttpGateway(
    'sms',
    probeConfig(healthy.url, { deadlineMs: 10_000, ...keyRules(config) }),
    TOKEN_ENV,
  )
  world.clock.advance(mendedAfterMs)
  for (let passes = 0; passes < MOST_PASSES; passes += 1) {
    await pass(world, mended)
    const next = await world.store.nextDueAt('sms', world.clock.now())
    if (next === null) break
    world.clock.moveTo(Math.max(next, world.clock.now() + 1_000))
  }
  await mended.close()
  return { ...shown, mended: endWords(world, [...requests, ...healthy.requests]) }
}

/** 100 through a gateway that works, beside one that does not answer before they are all taken. */
export const playBeside = async (): Promise<Shown> => {
  const world = await dueFor(100)
  await scheduleUsual(world, { gateway: 'slow', text: 'Good evening', uid: 'uid-of-the-slow-one' })
  let left = 100
  let meanwhile = 0
  const waiting: (() => unknown)[] = []
  const slow = await gatewayServer((socket, request) =>
    left > 0 ? waiting.push(() => yes(socket, request)) : yes(socket, request),
  )
  const fast = await gatewayServer((socket, request) => {
    left -= 1
    yes(socket, request)
    if (left > 0) return
    meanwhile = slow.requests.length
    for (const go of waiting) go()
  })
  const open = (name: string, url: string): Promise<Gateway> =>
    openHttpGateway(name, probeConfig(url, { concurrency: 8, deadlineMs: 20_000 }), TOKEN_ENV)
  const [slowly, fastly] = [await open('slow', slow.url), await open('sms', fast.url)]
  const powers = { ...world, gateway: async (name: string) => (name === 'slow' ? slowly : fastly) }
  const { troubles } = await asWorker(powers, 'run-due', (id) => runDue(powers, id, never))
  await Promise.all([slowly.close(), fastly.close()])
  const gateway = [...troubles].length === 0 ? 'up' : String([...troubles])
  const mended = endWords(world, [...slow.requests, ...fast.requests])
  return {
    reply: 'accepted',
    row: worstRow(world),
    requests: `${meanwhile} at the silent one`,
    untried: 0,
    gateway,
    mended,
  }
}

const OUTAGE_MS = 600_000

/** Nobody listens for ten minutes; passes go on, one every ten seconds. Then it is back, and takes 250 ms for a message. */
export const playOutage = async (): Promise<Shown> => {
  const world = await dueFor(60)
  const terms = { concurrency: 1, deadlineMs: 10_000 }
  const { gateway, replies } = recording(
    await openHttpGateway('sms', probeConfig(await closedPort(), terms), TOKEN_ENV),
  )
  await pass(world, gateway)
  const before = replies.length
  const back = world.clock.now() + OUTAGE_MS
  while (world.clock.now() < back) {
    world.clock.advance(10_000)
    await pass(world, gateway)
  }
  const shown = {
    reply: [...new Set(replies)].join(', '),
    row: worstRow(world),
    requests: `0, ${replies.length - before} probes`,
    untried: untried(world),
    gateway: await gatewayWords(world),
  }
  const healthy = await gatewayServer(yes)
  const mended = await openHttpGateway('sms', probeConfig(healthy.url, { ...terms, concurrency: 16 }), TOKEN_ENV)
  const most = await drainSlowly(world, mended)
  await Promise.all([gateway.close(), mended.close()])
  return { ...shown, mended: `${endWords(world, healthy.requests)}; in flight, by 10 s: ${most.join(', ')}` }
}

/** The most that was in flight in each ten seconds after the probe. */
const drainSlowly = async (world: World, gateway: Gateway): Promise<readonly number[]> => {
  const most: number[] = []
  let inFlight = 0
  let began: number | undefined
  const send: Gateway['send'] = async (message, signal) => {
    inFlight += 1
    const decade = began === undefined ? 0 : Math.floor((world.clock.now() - began) / 10_000)
    most[decade] = Math.max(most[decade] ?? 0, inFlight)
    const reply = await gateway.send(message, signal)
    world.clock.advance(250 / inFlight)
    inFlight -= 1
    began ??= world.clock.now()
    return reply
  }
  for (;;) {
    await pass(world, { ...gateway, send })
    const next = await world.store.nextDueAt('sms', world.clock.now())
    if (next === null) return most
    world.clock.moveTo(Math.max(next, world.clock.now() + 1_000))
  }
}

const openSick = (config: HttpGatewayConfig, authorityFile: string | undefined): Promise<Gateway> =>
  authorityFile === undefined
    ? openHttpGateway('sms', config, TOKEN_ENV)
    : openGatewayInChild(config, TOKEN_ENV, authorityFile)

const keyRules = ({ honoursKey, onUnknown, keyRetentionMs }: Partial<HttpGatewayConfig> = {}) => ({
  ...(honoursKey === undefined ? {} : { honoursKey }),
  ...(onUnknown === undefined ? {} : { onUnknown }),
  ...(keyRetentionMs === undefined ? {} : { keyRetentionMs }),
})

const recording = (gateway: Gateway): { readonly gateway: Gateway; readonly replies: Reply['kind'][] } => {
  const replies: Reply['kind'][] = []
  const send: Gateway['send'] = async (message, signal) => {
    const reply = await gateway.send(message, signal)
    replies.push(reply.kind)
    return reply
  }
  return { gateway: { ...gateway, send }, replies }
}

const pass = (world: World, gateway: Gateway): Promise<unknown> => {
  const powers = { ...world, gateway: async () => gateway }
  return asWorker(powers, 'run-due', (id) => runDue(powers, id, never))
}

// ---------------------------------------------------------------- in words

interface Row {
  readonly state: string
  readonly attempts: number
  readonly reason: string | null
}

const worstRow = ({ sql }: World): string => {
  const row = sql
    .prepare("select state, attempts, reason from messages order by state = 'sent', id limit 1")
    .get() as Row
  if (row.state === 'sent') return 'sent'
  expect(row.reason ?? '').not.toContain(TOKEN)
  return `${row.state}, attempts ${row.attempts}: ${row.reason ?? '-'}`
}

const untried = ({ sql }: World): number =>
  Number(
    sql
      .prepare("select count(*) from messages where state = 'scheduled' and attempts = 0 and reason is null")
      .pluck()
      .get(),
  )

const gatewayWords = async (world: World): Promise<string> => {
  const [health] = await world.store.listGateways()
  const [mailing] = await world.store.listMailings({})
  const words = health === undefined ? 'up' : healthWords(health, world.clock.now())
  return mailing?.state === 'paused' ? `${words}; the mailing is paused` : words
}

const healthWords = (health: GatewayHealth, now: number): string => {
  const state = stateOf(health, now, 1)
  if (state !== 'resting') return state
  return `rests ${((health.restsUntil ?? now) - now) / 1_000} s, ${health.failures === 0 ? 'as it asked' : 'then a probe'}`
}

/** '4 sent, 1 failed; 2 repeated'. */
const endWords = (world: World, requests: readonly string[]): string => {
  const bodies = new Map<string, string[]>()
  for (const request of requests) {
    const key = /^idempotency-key: (.+)\r$/im.exec(request)?.[1] ?? ''
    bodies.set(key, [...(bodies.get(key) ?? []), request.replace(/^host: .+\r\n/im, '')])
  }
  for (const same of bodies.values()) expect(new Set(same).size).toBe(1)
  const states = Object.entries(world.states()).toSorted(([, a], [, b]) => b - a)
  expect(world.states().sent ?? 0).toBeLessThanOrEqual(bodies.size)
  const repeated = [...bodies.values()].filter((same) => same.length > 1).length
  const ends = states.map(([state, count]) => `${count} ${state}`).join(', ')
  return repeated === 0 ? ends : `${ends}; ${repeated} repeated`
}
