// npx tsx bench/outage.ts [--short]: a real daemon through an outage, a pause and a slow start, drawn as docs/outage.svg, its figures
// in docs/outage.md. Four to five minutes; --short takes two, with a smaller gateway, and writes into a folder of its own.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/open.ts'
import { fillMessages, fillRecipients, inFolder } from './fill.ts'
import { cpuMs } from './lateness.ts'
import { drawOutage, type Phase } from './outage-chart.ts'
import { excessOf, outagePage } from './outage-page.ts'
import { type Counter, openCounter, pause, restsOf, until, type Watch, watch } from './outage-watch.ts'
import { BINARY } from './shop.ts'

const LATENCY_MS = 20

const isShort = process.argv.includes('--short')
const size = isShort
  ? { messages: 80_000, concurrency: 8, steadyMs: 8_000, outageMs: 15_000, pauseMs: 6_000, ramp: '10s' }
  : { messages: 700_000, concurrency: 32, steadyMs: 20_000, outageMs: 60_000, pauseMs: 15_000, ramp: '30s' }
const output = isShort ? mkdtempSync(join(tmpdir(), 'notify-outage-')) : join(import.meta.dirname, '../docs')

type Notify = (...args: readonly string[]) => Promise<unknown>

const main = async (file: string): Promise<void> => {
  const folder = dirname(file)
  await (await openStore(file, systemClock)).close()
  fillRecipients(file, size.messages)
  fillMessages(file, 1)
  const counter = await openCounter(LATENCY_MS)
  writeFileSync(
    join(folder, 'notify.toml'),
    `database = "notify.db"
[gateways.sms]
type = "http"
preset = "probe"
url = "${counter.url}"
token_env = "BENCH_TOKEN"
concurrency = ${size.concurrency}
`,
  )
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, BENCH_TOKEN: 'bench-token', USER: 'bench' }
  const options = { cwd: folder, env }
  const daemon = spawn(process.execPath, [BINARY, 'daemon', '-v'], { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  const notify: Notify = (...args) => promisify(execFile)(process.execPath, [BINARY, ...args], options)
  try {
    await record(file, counter, daemon, notify)
  } finally {
    const ended = once(daemon, 'exit')
    daemon.kill('SIGTERM')
    await ended
    await counter.goAway()
  }
  tellRows(file, counter)
}

const record = async (file: string, counter: Counter, daemon: ChildProcess, notify: Notify): Promise<void> => {
  const began = performance.now()
  const clock = (): number => (performance.now() - began) / 1_000
  const rests = restsOf(daemon, clock)
  await until(() => counter.counts().requests > 0)
  const watched = watch(file, size.concurrency, counter, clock)
  const phases: Phase[] = []
  const phase = async (name: string, body: () => Promise<unknown>): Promise<Phase> => {
    const [from, before, busy] = [clock(), counter.counts().requests, cpuMs(daemon.pid ?? 0)]
    await body()
    const requests = counter.counts().requests - before
    const made = { name, from, to: clock(), requests, cpuMs: cpuMs(daemon.pid ?? 0) - busy }
    process.stderr.write(`${name}: ${from.toFixed(1)} s - ${made.to.toFixed(1)} s\n`)
    phases.push(made)
    return made
  }
  const facts = await play(counter, notify, watched, phase, rests)
  watched.end()
  const { samples } = watched
  const full = fullSpeed(phases)
  const probes = rests.filter((at) => at <= (phases.find(({ name }) => name === BACK)?.to ?? 0))
  writeFileSync(join(output, 'outage.svg'), drawOutage({ samples, phases, probes, full }))
  const title = `One daemon, ${size.concurrency} requests at once, a gateway that takes ${LATENCY_MS} ms for each: \`npx tsx bench/outage.ts\`.`
  const above = ['furthest above what a step of the ramp allows', `${excessOf(samples, full).toFixed(0)} %`] as const
  const page = outagePage({ title, samples, phases, full, facts: [...facts, above] })
  writeFileSync(join(output, 'outage.md'), page)
  process.stdout.write(`${page}\n${output}\n`)
}

const STEADY = 'steady'
const BACK = 'back, not asked yet'

const fullSpeed = (phases: readonly Phase[]): number => {
  const { requests, from, to } = phases.find(({ name }) => name === STEADY) ?? { requests: 0, from: 0, to: 1 }
  return requests / (to - from)
}

/** What happens to it, one after another. Returns what was measured between the phases. */
const play = async (
  counter: Counter,
  notify: Notify,
  watched: Watch,
  phase: (name: string, body: () => Promise<unknown>) => Promise<Phase>,
  rests: readonly number[],
): Promise<readonly (readonly [string, string])[]> => {
  await phase('start', () => pause(3_000))
  await phase(STEADY, () => pause(size.steadyMs))
  const outage = await phase('outage', async () => {
    await counter.goAway()
    await pause(size.outageMs)
  })
  const found = rests.filter((at) => at > outage.from).length
  await counter.comeBack()
  const before = counter.counts().requests
  const back = await phase(BACK, () => until(() => counter.counts().requests > before))
  const ramp = await phase('probe, then × 2 every 10 s', () => until(() => watched.isAtFullSpeed()))
  await phase('steady again', () => pause(size.steadyMs / 2))
  await notify('gateways', 'pause', 'sms', '--reason', 'the bench')
  const pausedAt = performance.now()
  await phase('paused', () => pause(size.pauseMs))
  const late = Math.max(0, counter.counts().lastAt - pausedAt)
  await notify('gateways', 'resume', 'sms', '--ramp', size.ramp)
  const resumed = await phase(`resume --ramp ${size.ramp}`, () => until(() => watched.isAtFullSpeed()))
  await phase('steady at last', () => pause(size.steadyMs / 2))
  const seconds = ({ from, to }: Phase): string => `${(to - from).toFixed(1)} s`
  return [
    ['found down during the outage', `${found} times in ${seconds(outage)}`],
    ['from its return to the probe', seconds(back)],
    ['from the probe to full speed', seconds(ramp)],
    ['last request after `gateways pause` had returned', `${late.toFixed(0)} ms`],
    [`from \`gateways resume --ramp ${size.ramp}\` to full speed`, seconds(resumed)],
  ]
}

/** What the database says against what the gateway has seen. */
const tellRows = (file: string, counter: Counter): void => {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare('select state, count(*) as count, max(attempts) as attempts from messages group by state')
    .all()
  db.close()
  const { requests, messages } = counter.counts()
  process.stdout.write(`${JSON.stringify(rows)}; the gateway saw ${requests} requests of ${messages} messages\n`)
}

execFileSync(process.execPath, [join(import.meta.dirname, '../scripts/build.mjs')], { stdio: 'inherit' })
await inFolder(main)
