// notify sandbox: a local gateway to try things against, and what it got.
import { type Command, InvalidArgumentError } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

interface SandboxCommandOptions extends CommonOptions {
  readonly port: number
  readonly latency: number
  readonly failRate: number
}

const flags = (command: Command): Command =>
  command
    .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', wholeUpTo(65_535), 8025)
    .option('--latency <ms>', 'wait before each answer', wholeUpTo(60_000), 20)
    .option('--fail-rate <percent>', 'answers spoilt on purpose: 503, 500, garbage, slow', wholeUpTo(100), 0)

export const addSandboxCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'sandbox',
    'answer as a gateway on this machine, and show what it got',
    ['notify sandbox', 'notify sandbox --latency 200 --fail-rate 5'],
    flags,
  ).action(async (options: SandboxCommandOptions) => {
    const { startSandbox } = await import('../../gateway/sandbox.ts')
    const { openSandboxScreen } = await import('../screen/sandbox-screen.ts')
    const screen = openSandboxScreen(cli, options)
    const sandbox = await startSandbox({
      port: options.port,
      latencyMs: options.latency,
      failRate: options.failRate,
      onMessage: screen.message,
    })
    try {
      screen.open(sandbox.url)
      while (!cli.signal.aborted && !cli.unread.aborted) {
        await cli.clock.sleep(1_000, cli.signal)
        screen.second(sandbox.counts())
      }
    } finally {
      await sandbox.close()
    }
  })
}

const wholeUpTo =
  (most: number) =>
  (raw: string): number => {
    if (/^\d{1,5}$/.test(raw) && Number(raw) <= most) return Number(raw)
    throw new InvalidArgumentError(`Write a whole number from 0 to ${most}.`)
  }
