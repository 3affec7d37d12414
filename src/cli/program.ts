// The command line as a value, for the words that were typed: of the commands only what these words need (command-list.ts),
// so that --help answers in twice `node -e 0`, however many commands there are. Top-level imports stay light.
import { Command } from 'commander'
import { type Cli, makeFlags } from './cli.ts'
import { COMMAND_LIST } from './command-list.ts'
import { helpStyle, printShortHelp } from './help-style.ts'
import { flagsBehind } from './leading-flags.ts'
import { packageVersion } from './package-version.ts'
import { refuseUnknownWords, wordUsageErrors } from './usage-errors.ts'

/** Runs the command that these words name, such as ['stats', '--json']. */
export const runProgram = async (cli: Cli, typed: readonly string[]): Promise<void> => {
  const words = flagsBehind(typed)
  const program = await createProgram(cli, words)
  await program.parseAsync(words, { from: 'user' })
}

/** For these words: the command that they name with all that is under it; or, where they name none, all by name and summary. */
export const createProgram = async (cli: Cli, words: readonly string[]): Promise<Command> => {
  const name = words.find((word) => word !== '--')
  const program = bareProgram(cli)
  const called = listedCommands().find((each) => nameOf(each) === name)
  if (called !== undefined) (await called.load())(program, cli)
  else if (name === '__complete') (await import('./commands/completion.ts')).addCompleteCommand(program, cli)
  else addNames(program)
  return finished(program, cli)
}

/** Every command with all its flags: for what walks the whole tree. */
export const wholeProgram = async (cli: Cli): Promise<Command> => {
  const program = bareProgram(cli)
  const added = new Set<unknown>() // one module may add several
  for (const [group, commands] of Object.entries(COMMAND_LIST)) {
    program.commandsGroup(group)
    for (const { load } of commands) {
      const add = await load()
      if (!added.has(add)) add(program, cli)
      added.add(add)
    }
  }
  makeAllFlags(program)
  return finished(program, cli)
}

const bareProgram = (cli: Cli): Command =>
  new Command('notify')
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
    .addHelpText('afterAll', '\nSee also: notify help exit-codes, environment, time, filters, templates, states')
    .helpCommand(false) // ours knows topics too
    .enablePositionalOptions()
    .showSuggestionAfterError()

const finished = (program: Command, cli: Cli): Command => {
  refuseUnknownWords(program, () => printShortHelp(program, cli))
  wordUsageErrors(program)
  return program
}

const listedCommands = () => Object.values(COMMAND_LIST).flat()

const nameOf = ({ nameAndArguments }: { readonly nameAndArguments: string }) => nameAndArguments.split(' ')[0]

const addNames = (program: Command): void => {
  for (const [group, commands] of Object.entries(COMMAND_LIST)) {
    program.commandsGroup(group)
    for (const { nameAndArguments, summary } of commands) program.command(nameAndArguments).summary(summary)
  }
}

const makeAllFlags = (command: Command): void => {
  makeFlags(command)
  for (const each of command.commands) makeAllFlags(each)
}
