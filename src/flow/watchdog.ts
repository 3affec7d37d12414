// Messages that do not move although nothing hinders them: told loudly, shown by `notify gateways list`, complained of by run-due,
// and no good news for systemd.
import { loadOf, opensAt } from '../domain/gateway-health.ts'
import type { WatchedRow } from '../store/message-store.ts'
import type { SendingPowers } from './powers.ts'

const STALL_MS = 120_000
const TOLD_AGAIN_MS = 600_000
/** A process that was stopped itself has seen nothing meanwhile: what passes between two looks counts no more than this. */
const LONGEST_GAP_MS = 30_000
/** In deadlines: a lease is four of them. */
const PATIENCE = 5

/** A gateway has no colon in its name. */
const STALL = 'stalled:'

/** Under this key a stall is among the troubles. */
export const stallKey = (gateway: string): string => `${STALL}${gateway}`

/** The gateway of such a key; null: it is a trouble of another kind. */
export const stalledGateway = (key: string): string | null => (key.startsWith(STALL) ? key.slice(STALL.length) : null)

export type WatchdogPowers = Pick<SendingPowers, 'store' | 'clock' | 'log' | 'gateway'>

export interface Watchdog {
  /** True: all is well. Asked every few seconds. */
  look(): Promise<boolean>
}

/** What was seen of one gateway. */
interface Sight {
  /** Each row by what changes when it moves, and how long it has not. */
  readonly rows: ReadonlyMap<string, { readonly row: WatchedRow; readonly stillMs: number }>
  readonly hasMoved: boolean
  /** When its stall was told last, on the clock that nobody sets; null: there is none. */
  readonly toldAt: number | null
}

/**
 * Watches, at each gateway that may send now, the row that is due before all others, and those that this worker has in hand: one
 * that is the same for two minutes is a stall.
 */
export const openWatchdog = (powers: WatchdogPowers, workerId: number): Watchdog => {
  const { store, clock } = powers
  let sights: ReadonlyMap<string, Sight> = new Map()
  let lookedAt = clock.monotonic()
  return {
    look: async () => {
      const passed = Math.min(clock.monotonic() - lookedAt, LONGEST_GAP_MS)
      lookedAt = clock.monotonic()
      const inHand = await store.inHandOf(workerId)
      const seen = new Map<string, Sight>()
      for (const name of await store.gatewaysInUse()) {
        if (!(await maySend(powers, name))) continue
        const rows = await rowsOf(powers, name, inHand)
        seen.set(name, await judge(powers, name, sightOf(rows, sights.get(name), passed)))
      }
      sights = seen
      await endStalls(powers, (name) => isOver(seen.get(name)))
      return [...seen.values()].every(({ toldAt }) => toldAt === null)
    },
  }
}

const maySend = async ({ store, clock }: WatchdogPowers, name: string): Promise<boolean> => {
  const { hold, health } = await store.whatMayLeave(name)
  const now = clock.now()
  const opening = opensAt(health, now)
  return hold === null && opening !== null && opening <= now
}

const rowsOf = async (
  { store, clock }: WatchdogPowers,
  name: string,
  inHand: Awaited<ReturnType<SendingPowers['store']['inHandOf']>>,
): Promise<ReadonlyMap<string, WatchedRow>> => {
  const due = await store.firstDue(name, clock.now())
  const held = inHand.filter(({ gateway }) => gateway === name)
  return new Map([
    ...(due === null ? [] : [[`due ${due.message} ${due.dueAt}`, due] as const]),
    ...held.map((row) => [`in hand ${row.message} ${row.attempts}`, row] as const), // its due_at is the lease, which others extend
  ])
}

const sightOf = (rows: ReadonlyMap<string, WatchedRow>, before: Sight | undefined, passed: number): Sight => {
  const still = (key: string): number => {
    const known = before?.rows.get(key)
    return known === undefined ? 0 : known.stillMs + passed
  }
  return {
    rows: new Map([...rows].map(([key, row]) => [key, { row, stillMs: still(key) }])),
    hasMoved: [...(before?.rows.keys() ?? [])].some((key) => !rows.has(key)),
    toldAt: before?.toldAt ?? null,
  }
}

/** The same, told where it is a stall and was not told lately. */
const judge = async (powers: WatchdogPowers, name: string, sight: Sight): Promise<Sight> => {
  const { store, clock, log } = powers
  const [longest] = [...sight.rows.values()].toSorted((a, b) => b.stillMs - a.stillMs)
  if (longest === undefined || longest.stillMs < STALL_MS) return { ...sight, toldAt: null }
  if (longest.stillMs < (await patienceWith(powers, name))) return { ...sight, toldAt: null }
  const now = clock.monotonic()
  if (sight.toldAt !== null && now - sight.toldAt < TOLD_AGAIN_MS) return sight
  const { message, mailing, recipient, dueAt } = longest.row
  log({ event: 'stalled', message, mailing, recipient, gateway: name, dueAt })
  await store.noteTrouble(stallKey(name), clock.now(), 0)
  return { ...sight, toldAt: now }
}

/** A slow gateway, or one of a low rate, may take its time; one that cannot be opened is told of by who sends. */
const patienceWith = async ({ store, clock, gateway }: WatchdogPowers, name: string): Promise<number> => {
  const opened = await gateway(name).catch(() => null)
  if (opened === null) return Number.POSITIVE_INFINITY
  const { deadlineMs, ratePerSecond, concurrency } = opened
  const { health } = await store.whatMayLeave(name)
  const turn = ratePerSecond === null ? 0 : 1_000 / (ratePerSecond * loadOf(health, clock.now(), concurrency))
  return PATIENCE * deadlineMs + 2 * turn
}

/** Nothing is left that should move, or something did. */
const isOver = (sight: Sight | undefined): boolean =>
  sight === undefined || (sight.toldAt === null && (sight.hasMoved || sight.rows.size === 0))

/** Those too that a process before this one has told of. */
const endStalls = async ({ store, log }: WatchdogPowers, isOverAt: (gateway: string) => boolean): Promise<void> => {
  for (const key of await store.listTroubles()) {
    const gateway = stalledGateway(key)
    if (gateway === null || !isOverAt(gateway)) continue
    if (await store.clearTrouble(key)) log({ event: 'moves-again', gateway })
  }
}
