// npm run bench [-- name …]: runs the named benches, or all, and prints one table for the README. Exit 1: a target was missed.
import { execFileSync } from 'node:child_process'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import type { GatewaySpeed } from './gateway.ts'
import type { BenchRow } from './row.ts'

/** Each compares two things within the same run. */
const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  import: async () => (await import('./import.ts')).benchImport(),
  send: async () => (await import('./send.ts')).benchSend(),
  gateway: async () => (await (await import('./gateway.ts')).benchGatewaySend()).map(gatewayRow),
  schedule: async () => (await import('./schedule.ts')).benchSchedule(),
  kind: async () => (await import('./kind.ts')).benchKind(),
  claim: async () => (await import('./claim.ts')).benchClaim(),
  answers: async () => (await import('./answers.ts')).benchAnswers(),
  lateness: async () => (await import('./lateness.ts')).benchLateness(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  startup: async () => (await import('./startup.ts')).benchStartup(),
}

/** The gateway alone, without any database. */
const gatewayRow = ({ name, ours, bare, ratio }: GatewaySpeed): BenchRow => ({
  work: name,
  ours: `${ours} /s`,
  against: `bare undici.request: ${bare} /s`,
  ratio,
  target: '≥ 1.0',
  reached: ratio >= 1,
})

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`

const rowLine = ({ work, ours, against, ratio, target, reached }: BenchRow): string =>
  line([work, ours, against, `${ratio.toFixed(2)} ×`, target, reached ? 'yes' : '**no**'])

const machine = (): string => {
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores, ${memory} GiB, Node ${process.versions.node}, ${process.platform} ${process.arch}`
}

const wanted = process.argv.slice(2)
const names = wanted.length > 0 ? wanted : Object.keys(BENCHES)

execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.mjs')], { stdio: 'inherit' })

process.stdout.write(`${machine()}\n\n`)
process.stdout.write(line(['work', 'ours', 'against', 'ratio', 'target', 'reached']))
process.stdout.write(line(['---', '---:', '---', '---:', '---', '---']))
for (const name of names) {
  const bench = BENCHES[name]
  if (!bench) throw new Error(`no such bench: ${name}; there are ${Object.keys(BENCHES).join(', ')}`)
  for (const row of await bench()) {
    process.stdout.write(rowLine(row))
    if (!row.reached) process.exitCode = 1
  }
}
