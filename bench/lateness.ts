// How late the daemon is with the first message of an instant, and what it costs while nothing is due.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { BenchRow } from './row.ts'
import { BINARY, inShop } from './shop.ts'

const INSTANTS = 100
const APART_MS = 100
const AHEAD_MS = 4_000
const LATE_MS = 50
/** A young daemon is not idle yet: 0.9 % in the ten seconds from its 8th on, then 0.2 and 0.1 %, with nothing ever due. */
const REST_MS = 10_000
const IDLE_MS = 10_000

/** 100 messages, each due at an instant of its own: settled_at - send_at, which includes the gateway's answer. */
export const benchLateness = (): Promise<BenchRow[]> =>
  inShop(INSTANTS, 0, async ({ folder, file }) => {
    const db = new Database(file, { timeout: 5_000 })
    const first = Date.now() + AHEAD_MS
    db.prepare('update messages set send_at = ? + (id - 1) * ?, due_at = ? + (id - 1) * ?').run(
      first,
      APART_MS,
      first,
      APART_MS,
    )
    const child = spawn(process.execPath, [BINARY, 'daemon'], {
      cwd: folder,
      env: { HOME: folder, BENCH_TOKEN: 'bench-token' },
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    const late = db.prepare("select settled_at - send_at from messages where state = 'sent' order by 1").pluck()
    await new Promise((resolve) => setTimeout(resolve, AHEAD_MS + INSTANTS * APART_MS + 500))
    const lateness = late.all().map(Number)
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    const busy = cpuMs(child.pid ?? 0)
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    const idle = (cpuMs(child.pid ?? 0) - busy) / IDLE_MS
    child.kill('SIGTERM')
    await new Promise((resolve) => child.on('exit', resolve))
    db.close()
    if (lateness.length !== INSTANTS) throw new Error(`${lateness.length} of ${INSTANTS} sent`)
    const p99 = lateness[Math.ceil(INSTANTS * 0.99) - 1] ?? Number.NaN
    const p50 = lateness[INSTANTS / 2] ?? Number.NaN
    return [
      {
        work: 'daemon: first message after its instant, p99',
        ours: `${p99} ms (p50 ${p50} ms)`,
        against: `${LATE_MS} ms`,
        ratio: p99 / LATE_MS,
        target: '≤ 1',
        reached: p99 <= LATE_MS,
      },
      {
        work: 'daemon: processor time while nothing is due',
        ours: `${(idle * 100).toFixed(1)} %`,
        against: '1 %',
        ratio: idle / 0.01,
        target: '≤ 1',
        reached: idle <= 0.01,
      },
    ]
  })

/** User and system time of a process so far; the kernel counts in hundredths of a second. */
export const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
