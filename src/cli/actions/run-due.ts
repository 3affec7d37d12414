// What `notify run-due` does around the pass: who else is sending, when to stop, what to complain of.
import type { App } from '../../app.ts'
import { checkDuration } from '../../domain/duration.ts'
import { Fixable } from '../../domain/errors.ts'
import { guardClock, watchClock } from '../../flow/clock-guard.ts'
import { follow } from '../../flow/follow.ts'
import { refuseMoved } from '../../flow/home.ts'
import { keepingOutcomes } from '../../flow/keep-outcomes.ts'
import { restingTroubles } from '../../flow/resting.ts'
import type { PassReport } from '../../flow/run-due.ts'
import { asWorker, clearUp, livingSender } from '../../flow/worker.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { RunDueOptions } from '../commands/run-due.ts'
import { complain } from './complain.ts'
import { complainOfFiles } from './complain-of-files.ts'
import { complainOfHold } from './complain-of-hold.ts'
import { complainOfMailings } from './complain-of-mailings.ts'
import { complainOfStalls } from './complain-of-stalls.ts'
import { stopSignals } from './stop-signals.ts'

/** Time that messages in flight get after the stop (design.md 6). */
const GRACE_MS = 25_000

const NOTHING_DONE: PassReport = {
  claimed: 0,
  sent: 0,
  failed: 0,
  retried: 0,
  handedBack: 0,
  unknown: 0,
  expired: 0,
  skipped: 0,
  troubles: new Map(),
  working: new Set(),
}

export const runDuePass = async (cli: Cli, app: App, options: RunDueOptions): Promise<void> => {
  const complainEvery = checkDuration('--complain-every', options.complainEvery)
  const runtime = options.maxRuntime === undefined ? null : checkDuration('--max-runtime', options.maxRuntime)
  if (options.dryRun === true) return countDue(cli, app, options)
  await watchClock(app) // before anything expires, is planned or is called lost by it
  const hold = await refuseMoved(app)
  if (hold !== null) {
    report(cli, options, NOTHING_DONE, 0)
    return complainOfHold(cli, app, complainEvery)
  }
  await clearUp(app)
  const other = options.parallel === true ? undefined : await livingSender(app)
  if (other !== undefined) {
    if (options.failIfBusy === true)
      throw new Fixable(
        'busy',
        `process ${other.pid} on ${other.host.replace(/#.*/, '')} is sending already (${other.kind})`,
      )
    report(cli, options, NOTHING_DONE, 0)
    await complainOfFiles(cli, app, complainEvery)
    await complainOfMailings(cli, app, complainEvery)
    return complainOfStalls(cli, app, complainEvery, other.kind === 'daemon')
  }
  const started = app.clock.now()
  const pass = await sendDue(cli, app, runtime)
  report(cli, options, pass, (app.clock.now() - started) / 1_000)
  await complainOfFiles(cli, app, complainEvery)
  await complain(cli, app, pass, complainEvery)
  await complainOfMailings(cli, app, complainEvery)
  await complainOfHold(cli, app, complainEvery)
  await complainOfStalls(cli, app, complainEvery, options.parallel === true)
}

const countDue = async (cli: Cli, app: App, options: RunDueOptions): Promise<void> => {
  const due = await app.store.countDue(app.clock.now())
  if (options.json === undefined)
    print(cli.out, due === 1 ? 'Dry run: 1 message is due' : `Dry run: ${due} messages are due`)
  else printJson(cli, { dryRun: true, due })
}

/** A pass with nothing due loads no gateway, no template and registers nobody: cron starts one every minute. */
const sendDue = async (cli: Cli, app: App, runtime: number | null): Promise<PassReport> => {
  await follow(app, cli.signal)
  const names = await app.store.gatewaysInUse()
  const instants = await Promise.all(names.map((name) => app.store.nextDueAt(name, app.clock.now())))
  if (!instants.some((at) => at !== null && at <= app.clock.now())) {
    await app.store.closeFinished(app.clock.now())
    await tellOfLife(app)
    return { ...NOTHING_DONE, troubles: await restingTroubles(app, names) }
  }
  const { runDue } = await import('../../flow/run-due.ts')
  const { keepHeapSmall } = await import('./small-heap.ts')
  keepHeapSmall()
  const signals = stopSignals(cli.signal, GRACE_MS, runtime)
  try {
    return await asWorker(app, 'run-due', (workerId) =>
      keepingOutcomes(app, { workerId, kind: 'run-due', abort: signals.abort }, () => runDue(app, workerId, signals)),
    )
  } finally {
    signals.clear()
  }
}

/** Written so often at most while nothing is due; the doctor takes who was at work within five minutes for alive. */
const SIGN_EVERY_MS = 240_000

/** A pass without work leaves its reading of the clock now and then: else the doctor finds no cron in the hours between mailings. */
const tellOfLife = async (app: App): Promise<void> => {
  const seen = (await app.store.lastClock())?.wall ?? 0
  if (Math.abs(app.clock.now() - seen) < SIGN_EVERY_MS) return
  // where nothing can be written, the pass that has something to send says so
  await guardClock(app).catch(() => undefined)
}

const report = (cli: Cli, options: RunDueOptions, pass: PassReport, seconds: number): void => {
  const { troubles: _, working: __, ...counts } = pass
  if (options.json !== undefined) return printJson(cli, { ...counts, seconds })
  if (options.quiet === true || (cli.out.isTTY !== true && (options.verbose ?? 0) === 0)) return
  const parts = Object.entries(counts).filter(([name, count]) => count > 0 || name === 'sent')
  const wordOf = (name: string): string => (name === 'handedBack' ? 'handed back' : name)
  print(cli.out, `${parts.map(([name, count]) => `${count} ${wordOf(name)}`).join(', ')} in ${seconds.toFixed(1)} s`)
}
