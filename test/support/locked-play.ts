// A process that was stopped has the lock of the database, while a daemon has 64 messages in flight.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clockShim, type Finished } from './binary.ts'
import { holdLock } from './lock-holder.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from './shop.ts'
import { until as untilSo } from './until.ts'

const ROWS = 600 // more than the first hand takes

export interface LockedFindings {
  /** The process that had the lock. */
  readonly holder: number | undefined
  readonly alarms: readonly { readonly seconds: number; readonly pid: number }[]
  /** A command that reads, meanwhile. */
  readonly stats: Finished
  /** A pass that was started when the lock was taken, where somebody waited for its end. */
  readonly pass: Finished | undefined
  readonly claimedMeanwhile: number
  /** Messages that had left when the lock had been held for ten seconds: fewer than were in the hand. */
  readonly leftByThen: number
  /** Of the daemon's event loop, ms, while the database was locked. */
  readonly longestStop: number
  readonly end: {
    readonly code: number
    readonly states: Record<string, number>
    readonly requests: number
    readonly repeated: number
  }
}

/** `until`: the lock is held until the daemon tells of it, or until a pass beside it has given up. */
export const playLocked = async ({ until }: { until: 'alarm' | 'pass' }): Promise<LockedFindings> => {
  const { shop, longestStop } = await openMeasured()
  await shop.scheduleMany(ROWS)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilSo(() => shop.sandbox.counts().requests >= 64)
  const holder = await holdLock(join(shop.folder, 'notify.db'))
  holder.kill('SIGSTOP')
  daemon.kill('SIGUSR2')
  const claimed = attempts(shop)
  const passing = until === 'pass' ? shop.run(['run-due', '--parallel'], TEN_IN_MOSCOW) : undefined
  await daemon.waitForLine('"database-locked"')
  const leftByThen = shop.sandbox.counts().requests
  const stats = await shop.run(['stats'], TEN_IN_MOSCOW)
  const pass = await passing
  const claimedMeanwhile = attempts(shop) - claimed
  daemon.kill('SIGUSR2')
  await untilSo(() => longestStop() !== null)
  holder.kill('SIGKILL')
  await untilSo(() => shop.sandbox.counts().taken === ROWS)
  daemon.kill('SIGTERM')
  const { code } = await daemon.exit
  const { requests, repeated } = shop.sandbox.counts()
  return {
    holder: holder.pid,
    alarms: alarmsIn(daemon.output()),
    stats,
    pass,
    claimedMeanwhile,
    leftByThen,
    longestStop: longestStop() ?? Number.NaN,
    end: { code, states: shop.states(), requests, repeated },
  }
}

const attempts = (shop: Shop): number =>
  shop.sql((db) => Number(db.prepare('select sum(attempts) from messages').pluck().get()))

const alarmsIn = (output: string): LockedFindings['alarms'] =>
  output
    .split('\n')
    .filter((line) => line.includes('"database-locked"'))
    .map((line) => {
      const { seconds, pid } = JSON.parse(line)
      return { seconds, pid }
    })

/** A shop whose program measures its event loop. */
const openMeasured = async (): Promise<{ shop: Shop; longestStop(): number | null }> => {
  const shim = fileURLToPath(new URL('loop-shim.cjs', import.meta.url))
  const env: Record<string, string> = {
    NODE_OPTIONS: `${clockShim(TEN_IN_MOSCOW)['NODE_OPTIONS']} --require="${shim}"`,
  }
  const shop = await openShop({ latencyMs: 250, runs: { env, timeoutMs: 200_000 } })
  const file = join(shop.folder, 'longest-stop')
  env['NOTIFY_TEST_LOOP_FILE'] = file
  return { shop, longestStop: () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : null) }
}

/** Two daemons, and a lock that is held for so long, ms: their leases end meanwhile, and neither could say that it lives. */
export const playLockedPair = async (ms: number): Promise<LockedFindings['end']> => {
  const shop = await openShop({ latencyMs: 400, runs: { timeoutMs: 200_000 } })
  await shop.scheduleMany(ROWS)
  const first = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilSo(() => shop.sandbox.counts().requests >= 64)
  const second = shop.start(['daemon', '--allow-many'], TEN_IN_MOSCOW)
  await second.waitForLine('"daemon-started"')
  const holder = await holdLock(join(shop.folder, 'notify.db'))
  await new Promise((resolve) => setTimeout(resolve, ms))
  holder.kill('SIGKILL')
  await untilSo(() => shop.sandbox.counts().taken === ROWS)
  first.kill('SIGTERM')
  second.kill('SIGTERM')
  const { code } = await first.exit
  await second.exit
  const { requests, repeated } = shop.sandbox.counts()
  return { code, states: shop.states(), requests, repeated }
}
