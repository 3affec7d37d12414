// How soon notify answers: --help, and the run-due with nothing due that cron starts every minute, with and without a configuration.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from './row.ts'

const ROUNDS = 15
const BINARY = join(import.meta.dirname, '../dist/bin/notify.js')

/** Start to exit of one process of node, in ms. */
const timeOf = (args: readonly string[], cwd: string): number => {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env: { HOME: cwd, TZ: 'UTC' }, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - start
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Alternating, so that a busy moment of the machine falls on both sides. */
const compare = (work: string, args: readonly string[], bound: number, folder: string): BenchRow => {
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: timeOf([BINARY, ...args], folder),
    bare: timeOf(['-e', '0'], folder),
  }))
  const ours = median(rounds.map((round) => round.ours))
  const bare = median(rounds.map((round) => round.bare))
  return {
    work,
    ours: `${ours.toFixed(0)} ms`,
    against: `\`node -e 0\`: ${bare.toFixed(0)} ms`,
    ratio: ours / bare,
    target: `≤ ${bound}`,
    reached: ours / bare <= bound,
  }
}

const CONFIGURATION = `database = "notify.db"
zone = "Europe/Moscow"

[defaults]
gateway = "sms"
text = "Good morning, {{ name }}!"

[gateways.sms]
type = "http"
preset = "probe"
url = "http://127.0.0.1:8025"
token_env = "SMS_TOKEN"
rate = "200/s"
`

export const benchStartup = async (): Promise<BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'notify-bench-'))
  try {
    const configured = join(folder, 'configured')
    mkdirSync(configured)
    writeFileSync(join(configured, 'notify.toml'), CONFIGURATION)
    for (const each of [folder, configured]) timeOf([BINARY, 'run-due'], each) // makes the database
    return [
      compare('`notify --help`', ['--help'], 2, folder),
      compare('`notify run-due`, nothing due', ['run-due'], 4, folder),
      compare('the same with a notify.toml', ['run-due'], 4, configured),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
