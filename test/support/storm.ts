// The storm: several daemons on one file, and again and again one of them is killed and started anew.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { runNotify } from './binary.ts'
import { expectSound, type Findings } from './checker.ts'
import { type Fleet, openFleet } from './fleet.ts'
import type { KeyMode } from './ledger.ts'
import { monotonicMs } from './ledger-book.ts'
import type { Delay } from './ledger-deeds.ts'
import { startLedger } from './ledger-process.ts'
import { openLedgerShop } from './ledger-shop.ts'
import { type RowWatch, watchRows } from './row-watch.ts'
import { seededRandom } from './seeded.ts'

export interface StormPlan {
  readonly rows: number
  readonly kills: number
  readonly daemons: number
  readonly keys: KeyMode
  readonly seed: number
  readonly concurrency: number
  /** Of the answers: slow enough that the rows outlast the kills. */
  readonly latencyMs: Delay
  /** From an answer to its commit, as the checker allows it. */
  readonly flushMs: number
  /** How often the rows are looked at meanwhile. */
  readonly lookMs: number
  /** Without an end after this long, the storm is given up. */
  readonly patienceMs: number
  /** The command that plays it again; `=SEED` stands for the seed. */
  readonly replay: string
}

export interface StormFindings extends Omit<Findings, 'breaches'> {
  /** From the first daemon to the last row. */
  readonly seconds: number
  readonly looks: number
  /** Attempts that the daemons' own log tells of. */
  readonly logged: number
}

/** Between two kills. */
const SHORTEST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 900

/** The events of the log that tell of one attempt each. */
const ATTEMPTS = new Set(['sent', 'failed', 'unknown', 'again'])

/** Resolves with the figures when nothing was lost or doubled; throws with every breach otherwise. */
export const runStorm = async (plan: StormPlan): Promise<StormFindings> => {
  const shop = await openLedgerShop(plan)
  const script = { rest: { delayMs: plan.latencyMs } }
  const ledger = await startLedger({ file: join(shop.folder, 'book.jsonl'), keys: plan.keys, script })
  shop.configure(ledger.url)
  const watch = watchRows(shop.database, plan.rows)
  onTestFinished(() => watch.close())
  const fleet = openFleet(shop)
  const began = monotonicMs()
  for (let slot = 0; slot < plan.daemons; slot += 1) fleet.start(slot)
  const over = new AbortController()
  const killing = killSome(plan, fleet, watch, over.signal)
  const stuck = await watchToTheEnd(plan, watch)
  const seconds = (monotonicMs() - began) / 1_000
  over.abort()
  const kills = await killing
  const ends = await fleet.stop()
  const { stdout: stats } = await runNotify(['stats', '--json'], { cwd: shop.folder })
  await ledger.stop()
  const logged = await fleet.logged(ATTEMPTS)
  const troubles = [
    ...stuck,
    ...ends,
    ...(kills < plan.kills ? [`all rows were sent after ${kills} of ${plan.kills} kills: it was too short`] : []),
  ]
  const { breaches: _, ...findings } = await expectSound({
    book: ledger.file,
    database: shop.database,
    keys: plan.keys,
    imported: plan.rows,
    concurrency: plan.concurrency,
    flushMs: plan.flushMs,
    deaths: fleet.deaths,
    watched: watch.result(),
    stats,
    ...(logged === 0 ? {} : { logged }),
    troubles,
    replay: plan.replay.replace('=SEED', `=${plan.seed}`),
  })
  return { ...findings, seconds, looks: watch.result().looks, logged }
}

/** Kills from the moment on when the first row has come to its end. Resolves with how many were killed. */
const killSome = async (plan: StormPlan, fleet: Fleet, watch: RowWatch, over: AbortSignal): Promise<number> => {
  const random = seededRandom(plan.seed)
  while (!over.aborted && watch.open() === plan.rows) await delay(plan.lookMs)
  for (let kills = 0; kills < plan.kills; kills += 1) {
    const pause = SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS)
    const slot = Math.floor(random() * plan.daemons)
    await delay(pause, undefined, { signal: over }).catch(() => undefined)
    if (over.aborted) return kills
    watch.died(await fleet.kill(slot))
    fleet.start(slot)
  }
  return plan.kills
}

/** Looks at the rows until each has come to its end. Resolves with what is left after all patience, if anything is. */
const watchToTheEnd = async (plan: StormPlan, watch: RowWatch): Promise<readonly string[]> => {
  const patience = monotonicMs() + plan.patienceMs
  for (watch.look(); watch.open() > 0; watch.look()) {
    if (monotonicMs() > patience) return [`${watch.open()} rows have no end after ${plan.patienceMs / 1_000} s`]
    await delay(plan.lookMs)
  }
  return []
}
