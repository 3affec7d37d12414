// Asks before what cannot be undone. The default of every question is the harmless answer (cli.md 32).
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { Fixable } from '../../domain/errors.ts'
import type { Cli, CommonOptions } from '../cli.ts'

/**
 * Says what harm it does, and asks. Returns when the answer is yes (or --yes was given); Fixable('no') when it is not;
 * Fixable('usage') when nobody can be asked.
 */
export const confirm = async (
  cli: Cli,
  options: CommonOptions & { readonly yes?: boolean },
  harm: string,
  question: string,
): Promise<void> => {
  if (options.yes === true) return
  if (!canAsk(cli, options)) throw new Fixable('usage', harm, 'Nobody can be asked here: say --yes to do it.')
  cli.err.write(`${harm}\n${question} [y/N] `)
  if (!/^(?:y|yes|д|да)$/iu.test((await answer(cli)).trim()))
    throw new Fixable('no', 'the answer was no: nothing is changed')
}

/** Whether somebody sits there who can be asked. */
export const canAsk = (cli: Cli, options: CommonOptions): boolean =>
  cli.input.isTTY === true &&
  cli.err.isTTY === true &&
  options.input !== false &&
  (cli.env['NOTIFY_NO_INPUT'] ?? '') === ''

/** One line; '' at the end of input (Ctrl-D). Fixable('interrupted') after Ctrl-C. */
const answer = async (cli: Cli): Promise<string> => {
  const lines = createInterface({ input: cli.input })
  const line = await Promise.race([
    lines.question('', { signal: cli.signal }).catch(() => null), // only Ctrl-C rejects it
    once(lines, 'close').then(() => null),
  ])
  lines.close()
  if (line === null) cli.err.write('\n') // the cursor still stands behind the question
  if (cli.signal.aborted) throw new Fixable('interrupted', 'stopped: nothing is changed')
  return line ?? ''
}
