// notify completion: the script that makes a shell ask; notify __complete: what the script asks.
import { Argument, type Command, Option } from 'commander'
import { addCommand, type Cli, type CommonOptions, print } from '../cli.ts'
import { INSTALL, SCRIPTS, SHELLS, type Shell } from '../completion/shells.ts'
import { hint } from '../screen/hint.ts'

export const addCompletionCommand = (program: Command, cli: Cli): void => {
  addCommand(program, 'completion', 'print the script that completes commands, flags and values at TAB', [
    'notify completion bash',
    'notify completion zsh',
    'notify completion fish > ~/.config/fish/completions/notify.fish',
  ])
    .addArgument(new Argument('<shell>', 'the shell that is to complete').choices(SHELLS))
    .action((shell: Shell, options: CommonOptions) => {
      print(cli.out, SCRIPTS[shell])
      hint(cli, options, `To have it in every shell: ${INSTALL[shell]}`)
    })
}

/** Not for people: it is not listed. */
export const addCompleteCommand = (program: Command, cli: Cli): void => {
  program
    .command('__complete [words...]', { hidden: true })
    .addOption(new Option('--shell <shell>').choices(SHELLS))
    .action(async (given: readonly string[], { shell }: { readonly shell?: Shell }) => {
      const { complete } = await import('../actions/complete.ts')
      await complete(cli, given, shell)
    })
}
