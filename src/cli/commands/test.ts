// notify test: one message, at once, to oneself.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface TestOptions extends CommonOptions {
  readonly to: string
  readonly text?: string
  readonly gateway?: string
  readonly reason?: string
}

const flags = (command: Command): Command =>
  command
    .requiredOption('--to <address>', 'where to: one of test_addresses in notify.toml')
    .option('--text <text>', 'what to send, without a mailing (default: defaults.text)')
    .option('--gateway <name>', 'the way out, without a mailing (default: defaults.gateway)')
    .option('--reason <text>', 'why, for the record')
    .addHelpText('after', NOTES)

export const addTestCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'test',
    'send one test message at once, to an address of your own',
    ['notify test 12 --to +79161234567', 'notify test --to me@example.com --gateway mail --text "Hello, {{ name }}!"'],
    flags,
  )
    .argument('[mailing]', 'its number or its name: its text goes through its gateway')
    .action(async (mailing: string | undefined, options: TestOptions) => {
      await withApp(cli, options, async (app) => {
        const { sendTest } = await import('../actions/test.ts')
        await sendTest(cli, app, options, mailing)
      })
    })
}

const NOTES = `
It goes only to addresses that notify.toml allows:
  test_addresses = ["+79161234567", "me@example.com"]
The text is filled in for the recipient with that address, else for the first
one of the audience. It has a key of its own, and no message of the mailing is
touched by it.

Exit codes: 0 the gateway took it; 2 the address is not allowed; 3 none is;
  6 everything is held; 7 the gateway did not take it, or is paused.
`
