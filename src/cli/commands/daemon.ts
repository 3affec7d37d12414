// notify daemon: run-due whenever something is due, until told to stop.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

interface DaemonOptions extends CommonOptions {
  readonly grace: string
  readonly allowMany?: boolean
}

const flags = (command: Command): Command =>
  command
    .option('--grace <time>', 'time for messages in flight after SIGTERM or Ctrl-C', '25s')
    .option('--allow-many', 'start although another daemon works on this database')
    .addHelpText('after', SIGNALS)

export const addDaemonCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'daemon',
    'keep sending whatever becomes due, until told to stop',
    ['notify daemon', 'notify daemon -c /etc/notify/notify.toml --grace 25s'],
    flags,
  ).action(async (options: DaemonOptions) => {
    await withApp(
      cli,
      options,
      async (app) => {
        const { checkDuration } = await import('../../domain/duration.ts')
        const { daemon } = await import('../../flow/daemon.ts')
        const { asWorker, refuseSecondDaemon } = await import('../../flow/worker.ts')
        const { cronTicker } = await import('../../ticker.ts')
        const { keepHeapSmall } = await import('../actions/small-heap.ts')
        const { stopSignals } = await import('../actions/stop-signals.ts')
        let renew = (): void => undefined
        cli.onHangup(() => void app.reload().then(() => renew()))
        keepHeapSmall()
        const grace = checkDuration('--grace', options.grace)
        if (options.allowMany !== true) await refuseSecondDaemon(app)
        const signals = stopSignals(cli.signal, grace, null)
        const onReload = (listener: () => void): void => {
          renew = listener
        }
        const powers = { ...app, ticker: cronTicker(app.clock), onReload }
        try {
          await asWorker(app, 'daemon', (workerId) => daemon(powers, workerId, signals))
        } finally {
          signals.clear()
        }
      },
      'info',
    )
  })
}

const SIGNALS = `
Signals: SIGTERM and Ctrl-C end it when what is in flight is settled;
  SIGHUP makes it read the settings of its gateways, and their tokens, anew.
`
