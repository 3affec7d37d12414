// npm run bench [-- name …]: runs the named benches, or all, and prints one table for the README. Exit 1: a target was missed.
import { execFileSync } from 'node:child_process'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from './row.ts'

/** Each compares two things within the same run. */
const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  schedule: async () => (await import('./schedule.ts')).benchSchedule(),
  startup: async () => (await import('./startup.ts')).benchStartup(),
}

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

execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.mjs'), '--noCheck'], { stdio: 'inherit' })

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
