// "Next step" lines: beside the answer, for people only.
import { type Cli, type CommonOptions, print } from '../cli.ts'
import { lookOf } from './look.ts'

/** Says on stderr what one would do next; silent without a terminal, with --json and with --quiet. */
export const hint = (cli: Cli, options: CommonOptions, text: string): void => {
  const isForPeople =
    cli.err.isTTY === true && options.json === undefined && options.plain !== true && options.quiet !== true
  if (isForPeople) print(cli.err, lookOf(cli, options, cli.err).paint('dim', text))
}
