// What can be seen of an outage from outside: the requests that arrive, what the gateway's row allows, what the daemon says.
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { systemClock } from '../src/clock.ts'
import { type GatewayHealth, loadOf } from '../src/domain/gateway-health.ts'
import { type Sandbox, startSandbox } from '../src/gateway/sandbox.ts'
import type { Sample } from './outage-chart.ts'

const SAMPLE_MS = 500
/** A curve that is not back by then is worth looking at, not waiting for. */
const PATIENCE_MS = 180_000

export interface Counter {
  readonly url: string
  /** `lastAt`: when the last request came, by performance.now(). */
  counts(): { readonly requests: number; readonly messages: number; readonly lastAt: number }
  goAway(): Promise<void>
  comeBack(): Promise<void>
}

/** A sandbox that can go away and come back at its address, and goes on counting. */
export const openCounter = async (latencyMs: number): Promise<Counter> => {
  const ids = new Set<string>()
  let requests = 0
  let lastAt = 0
  const onMessage = ({ id }: { readonly id: string }): void => {
    requests += 1
    lastAt = performance.now()
    ids.add(id)
  }
  const start = (port: number): Promise<Sandbox> => startSandbox({ port, latencyMs, failRate: 0, onMessage })
  let sandbox = await start(0)
  const { url } = sandbox
  return {
    url,
    counts: () => ({ requests, messages: ids.size, lastAt }),
    goAway: () => sandbox.close(),
    comeBack: async () => {
      sandbox = await start(Number(new URL(url).port))
    },
  }
}

export interface Watch {
  readonly samples: readonly Sample[]
  isAtFullSpeed(): boolean
  end(): void
}

/** Requests a second, and the part of full speed that the row allows, twice a second. */
export const watch = (file: string, concurrency: number, counter: Counter, clock: () => number): Watch => {
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  const row = db.prepare<[], GatewayHealth>(
    'select ramp_from as rampFrom, ramp_ms as rampMs, paused_at as pausedAt, failures from gateways',
  )
  const samples: Sample[] = []
  let last = { at: clock(), requests: counter.counts().requests }
  const loadNow = (): number => {
    const health = row.get()
    if (health === undefined) return 1
    return health.pausedAt !== null || health.failures > 0 ? 0 : loadOf(health, systemClock.now(), concurrency)
  }
  const timer = setInterval(() => {
    const now = { at: clock(), requests: counter.counts().requests }
    samples.push({ at: now.at, perSecond: (now.requests - last.requests) / (now.at - last.at), load: loadNow() })
    last = now
  }, SAMPLE_MS)
  return {
    samples,
    isAtFullSpeed: () => loadNow() === 1,
    end: () => {
      clearInterval(timer)
      db.close()
    },
  }
}

/** When the daemon said that the gateway rests: it was found down, by its first cohort or by a probe. */
export const restsOf = (daemon: ChildProcess, clock: () => number): readonly number[] => {
  const rests: number[] = []
  if (daemon.stderr === null) return rests
  createInterface({ input: daemon.stderr }).on('line', (line) => {
    if (line.includes('"gateway-rests"')) rests.push(clock())
  })
  return rests
}

/** Looked at 20 times a second. */
export const until = async (isSo: () => boolean): Promise<void> => {
  const patience = performance.now() + PATIENCE_MS
  while (!isSo()) {
    if (performance.now() > patience) throw new Error(`not so within ${PATIENCE_MS} ms: ${isSo.toString()}`)
    await pause(50)
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
