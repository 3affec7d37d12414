// Daemons on one file, to be killed and started anew. What they say goes into files.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { BINARY } from './binary.ts'
import type { Death } from './evidence.ts'
import { monotonicMs } from './ledger-book.ts'
import type { LedgerShop } from './ledger-shop.ts'

export interface Fleet {
  readonly deaths: readonly Death[]
  start(slot: number): void
  /** Kills the daemon of this slot; resolves, when it is gone, with its process id. */
  kill(slot: number): Promise<number>
  /** SIGTERM to all; resolves with a sentence for each daemon that did not end as it should. */
  stop(): Promise<readonly string[]>
  /** How often they logged one of these events, all together. */
  logged(events: ReadonlySet<string>): Promise<number>
}

interface Daemon {
  readonly by: string
  readonly log: string
  readonly child: ChildProcess
  readonly startedAt: number
  /** The exit code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

const TERMINATED = 143

export const openFleet = (shop: LedgerShop): Fleet => {
  const deaths: Death[] = []
  const badEnds: string[] = []
  const logs: string[] = []
  const slots = new Map<number, Daemon>()
  const expected = new WeakSet<ChildProcess>()
  let generation = 0
  onTestFinished(() => {
    for (const { child } of slots.values()) child.kill('SIGKILL')
  })

  const start = (slot: number): void => {
    generation += 1
    const by = `daemon-${slot}.${generation}`
    const log = join(shop.folder, `${by}.log`)
    const out = openSync(log, 'w')
    const child = spawn(process.execPath, [BINARY, 'daemon', '--allow-many', '--no-color'], {
      cwd: shop.folder,
      env: shop.as(by),
      stdio: ['ignore', out, out],
    })
    closeSync(out)
    const ended = exitOf(child)
    child.on('exit', (code, signal) => {
      if (!expected.has(child)) badEnds.push(`${by} ended by itself (${code ?? signal}): ${lastOf(log)}`)
    })
    logs.push(log)
    slots.set(slot, { by, log, child, startedAt: monotonicMs(), ended })
  }
  return {
    deaths,
    start,
    kill: async (slot) => {
      const daemon = slots.get(slot)
      if (daemon === undefined) throw new Error(`no daemon in slot ${slot}`)
      const { by, child, startedAt, ended } = daemon
      const pid = child.pid ?? 0
      expected.add(child)
      const killedAt = monotonicMs()
      const isKilled = child.kill('SIGKILL')
      await ended
      if (isKilled) deaths.push({ by, pid, startedAt, killedAt, goneAt: monotonicMs() })
      return pid
    },
    stop: async () => {
      for (const { by, child, log, ended } of slots.values()) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        expected.add(child)
        child.kill('SIGTERM')
        const code = await ended
        if (code !== TERMINATED) badEnds.push(`${by} ended with ${code} at SIGTERM: ${lastOf(log)}`)
      }
      return badEnds
    },
    logged: async (events) => {
      let count = 0
      for (const log of logs) {
        for await (const line of createInterface({ input: createReadStream(log) })) {
          const event = /"event":"([a-z-]+)"/.exec(line)?.[1]
          if (event !== undefined && events.has(event)) count += 1
        }
      }
      return count
    },
  }
}

const exitOf = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })

const lastOf = (log: string): string => readFileSync(log, 'utf8').slice(-2_000).trim()
