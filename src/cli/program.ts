// createProgram(cli): the command line as a value. Top-level imports stay light: --help answers in twice `node -e 0`.
import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { addBackupCommand } from './commands/backup.ts'
import { addBlockCommands } from './commands/block.ts'
import { addDaemonCommand } from './commands/daemon.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addGatewaysCommands } from './commands/gateways.ts'
import { addHelpTopics } from './commands/help-topics.ts'
import { addHoldCommand } from './commands/hold.ts'
import { addImportCommands } from './commands/import.ts'
import { addInitCommand } from './commands/init.ts'
import { addMailingsCommands } from './commands/mailings.ts'
import { addMessagesCommands } from './commands/messages.ts'
import { addPruneCommand } from './commands/prune.ts'
import { addReconcileCommand } from './commands/reconcile.ts'
import { addReleaseCommand } from './commands/release.ts'
import { addRestoreCommand } from './commands/restore.ts'
import { addRunDueCommand } from './commands/run-due.ts'
import { addSandboxCommand } from './commands/sandbox.ts'
import { addScheduleCommand } from './commands/schedule.ts'
import { addStatsCommand } from './commands/stats.ts'
import { addVersionCommand, packageVersion } from './commands/version.ts'
import { helpStyle, printShortHelp } from './help-style.ts'
import { refuseUnknownWords, wordUsageErrors } from './usage-errors.ts'

export const createProgram = (cli: Cli): Command => {
  const program = new Command('notify')
    .description('send to everybody at 10:00 their own time')
    .usage('<command> [options]')
    .version(packageVersion(), '-V, --version', 'print the version')
    .configureOutput({
      writeOut: (text) => cli.out.write(text),
      writeErr: (text) => cli.err.write(text),
      outputError: () => undefined, // told once, by exit.ts
      getOutHelpWidth: () => cli.out.columns ?? 80,
      getErrHelpWidth: () => cli.err.columns ?? 80,
    })
    .configureHelp(helpStyle(cli))
    .addHelpText('afterAll', '\nSee also: notify help exit-codes, notify help environment, notify help time')
    .helpCommand(false) // ours knows topics too
    .enablePositionalOptions()
    .showSuggestionAfterError()

  addCommands(program, cli)
  refuseUnknownWords(program, () => printShortHelp(program, cli))
  wordUsageErrors(program)
  return program
}

const addCommands = (program: Command, cli: Cli): void => {
  program.commandsGroup('Every day:')
  addImportCommands(program, cli)
  addScheduleCommand(program, cli)
  addRunDueCommand(program, cli)
  addDaemonCommand(program, cli)
  addStatsCommand(program, cli)
  program.commandsGroup('The address book:')
  addBlockCommands(program, cli)
  program.commandsGroup('Look closer, steer:')
  addMailingsCommands(program, cli)
  addMessagesCommands(program, cli)
  addGatewaysCommands(program, cli)
  program.commandsGroup('Keep it safe:')
  addHoldCommand(program, cli)
  addReleaseCommand(program, cli)
  addBackupCommand(program, cli)
  addRestoreCommand(program, cli)
  addReconcileCommand(program, cli)
  addPruneCommand(program, cli)
  program.commandsGroup('Begin, try:')
  addInitCommand(program, cli)
  addDemoCommand(program, cli)
  addSandboxCommand(program, cli)
  program.commandsGroup('Help:')
  addHelpTopics(program, cli)
  addVersionCommand(program, cli)
}
