// What `notify daemon` does around the flow: signals, reloading, who watches over it.
import type { App } from '../../app.ts'
import { checkDuration } from '../../domain/duration.ts'
import { watchClock } from '../../flow/clock-guard.ts'
import { daemon } from '../../flow/daemon.ts'
import { refuseMoved } from '../../flow/home.ts'
import { keepingOutcomes } from '../../flow/keep-outcomes.ts'
import { asWorker, refuseSecondDaemon } from '../../flow/worker.ts'
import { openSupervisor } from '../../supervisor.ts'
import { cronTicker } from '../../ticker.ts'
import type { Cli } from '../cli.ts'
import type { DaemonOptions } from '../commands/daemon.ts'
import { keepHeapSmall } from './small-heap.ts'
import { stopSignals } from './stop-signals.ts'

export const runDaemon = async (cli: Cli, app: App, options: DaemonOptions): Promise<void> => {
  const supervisor = openSupervisor(cli.env, app.log, process.pid)
  let renew: (() => void) | undefined // once it works
  const reload = async (): Promise<void> => {
    if (renew !== undefined) void supervisor.tell('reloading')
    const isTaken = await app.reload()
    if (renew === undefined) return
    if (isTaken) renew()
    void supervisor.tell('ready')
  }
  cli.onHangup(() => void reload())
  keepHeapSmall()
  const grace = checkDuration('--grace', options.grace)
  await watchClock(app) // before anything is planned, or called lost, by it
  await refuseMoved(app)
  if (options.allowMany !== true) await refuseSecondDaemon(app)
  const signals = stopSignals(cli.signal, grace, null)
  await app.keepGateways()
  const onReload = (listener: () => void): void => {
    renew = listener
  }
  const powers = { ...app, ticker: cronTicker(app.clock), supervisor, onReload }
  try {
    await asWorker(app, 'daemon', (workerId) =>
      keepingOutcomes(app, { workerId, kind: 'daemon', abort: signals.abort }, () => daemon(powers, workerId, signals)),
    )
  } finally {
    signals.clear()
  }
}
