// How much memory one pass takes that sends a million messages, and whether it grows.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { BenchRow } from './row.ts'
import { BINARY, inShop } from './shop.ts'

const LIMIT_MB = 150
/** Growth from the second quarter of the run to the last that still counts as flat. */
const FLAT_MB = 15

/** Runs the real program; its resident set is read every 200 ms from the kernel. */
export const benchMemory = (messages = 1_000_000): Promise<BenchRow[]> =>
  inShop(messages, 0, async ({ folder }) => {
    const child = spawn(process.execPath, [BINARY, 'run-due'], {
      cwd: folder,
      env: { HOME: folder, BENCH_TOKEN: 'bench-token' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const started = performance.now()
    const samples: number[] = []
    const timer = setInterval(() => samples.push(residentMb(child.pid ?? 0)), 200)
    const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
    clearInterval(timer)
    if (code !== 0) throw new Error(`run-due ended with ${code}`)
    const seconds = (performance.now() - started) / 1_000
    const most = Math.max(...samples)
    const growth =
      mean(samples.slice(samples.length * 0.75)) - mean(samples.slice(samples.length * 0.25, samples.length * 0.5))
    return [
      {
        work: `memory of a pass of ${messages.toLocaleString('en')}`,
        ours: `${most.toFixed(0)} MB at most, ${growth.toFixed(0)} MB growth in ${seconds.toFixed(0)} s`,
        against: `${LIMIT_MB} MB`,
        ratio: most / LIMIT_MB,
        target: '≤ 1, flat',
        reached: most <= LIMIT_MB && growth <= FLAT_MB,
      },
    ]
  })

const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  } catch {
    return 0 // it has just ended
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
