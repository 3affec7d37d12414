// notify run-due: one pass, made for cron: silent on success, trouble is printed once (cli.md 35-38).
import type { Command } from 'commander'
import { checkDuration } from '../../domain/duration.ts'
import { addCommand, type Cli, type CommonOptions, withSendingApp } from '../cli.ts'
import { toldOnce } from '../told-once.ts'

export interface RunDueOptions extends CommonOptions {
  readonly maxRuntime?: string
  readonly parallel?: boolean
  readonly failIfBusy?: boolean
  readonly complainEvery: string
  readonly dryRun?: boolean
}

const flags = (command: Command): Command =>
  command
    .option('--max-runtime <time>', 'claim nothing more after this time, for example 50s')
    .option('--parallel', 'join in when another process is sending already')
    .option('--fail-if-busy', 'end with exit code 75 when another process is sending already')
    .option('--complain-every <time>', 'print lasting trouble at most this often', '1h')
    .option('-n, --dry-run', 'count what is due and send nothing')

export const addRunDueCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'run-due',
    'send everything that is due now, then end (for crontab)',
    ['notify run-due', 'notify run-due --max-runtime 50s', 'notify run-due --parallel --json'],
    flags,
  ).action(async (options: RunDueOptions) => {
    const pass = [cli.cwd, options.config, cli.env['NOTIFY_CONFIG'], cli.env['NOTIFY_DATABASE_URL']].join(' ')
    const every = (): number => checkDuration('--complain-every', options.complainEvery)
    await toldOnce(cli, pass, every, () =>
      withSendingApp(cli, options, async (app) => {
        const { runDuePass } = await import('../actions/run-due.ts')
        await runDuePass(cli, app, options)
      }),
    )
  })
}
