// createProgram(cli): the command line as a value. Top-level imports stay light: --help answers in twice `node -e 0`.
import { Command } from 'commander'
import type { Cli } from './cli.ts'
import { addImportCommands } from './commands/import.ts'

export const createProgram = (cli: Cli): Command => {
  const program = new Command('notify')
    .description('send to everybody at 10:00 their own time')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => cli.out.write(text),
      writeErr: (text) => cli.err.write(text),
      getOutHelpWidth: () => cli.out.columns ?? 80,
      getErrHelpWidth: () => cli.err.columns ?? 80,
    })
    .enablePositionalOptions()
    .showSuggestionAfterError()
  addImportCommands(program, cli)
  return program
}
