// notify retry: only those who did not get it get it once more.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { TROUBLE_STATES, type TroubleState } from '../../domain/message.ts'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface RetryOptions extends CommonOptions {
  readonly state?: readonly TroubleState[]
  readonly error?: string
  readonly to?: string
  readonly limit?: number
  readonly asNew?: boolean
  readonly expires?: string
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

/** Not a list after one flag, which would swallow the MAILING. */
const collectStates = (raw: string, before: readonly TroubleState[] = []): readonly TroubleState[] => {
  const state = TROUBLE_STATES.find((known) => known === raw)
  if (state === undefined) throw new InvalidArgumentError(`Allowed choices are ${TROUBLE_STATES.join(', ')}.`)
  return [...before, state]
}

const flags = (command: Command): Command =>
  command
    .addOption(
      new Option('--state <state>', 'only those in this state (repeatable; default: failed)')
        .choices(TROUBLE_STATES)
        .argParser(collectStates),
    )
    .option('--error <text>', 'only those whose reason contains this, in any case')
    .option('--to <address>', 'only this phone or e-mail address')
    .option('--limit <n>', 'retry at most so many', parseLimit)
    .option('--as-new', 'new keys also for what may have arrived: whoever got it gets it twice')
    .option('--expires <when>', 'when to give up: 3d, 12h from now, or an instant (default: in 3d at the earliest)')
    .option('--reason <text>', 'why, for the record')
    .option('-n, --dry-run', 'say what would be sent and change nothing')
    .option('-y, --yes', 'do it without a question')
    .addHelpText('after', NOTES)

export const addRetryCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'retry <mailing>',
    'send a mailing once more, only to those who did not get it',
    [
      'notify retry 12 --dry-run',
      'notify retry 12 --error "no money" --reason "the account is filled up"',
      'notify retry 12 --state expired --expires 12h',
      'notify retry 12 --state failed --state unknown --to +79161234567',
    ],
    flags,
  ).action(async (mailing: string, options: RetryOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/retry.ts')).retry(cli, app, options, mailing))
  })
}

const NOTES = `
What the gateway accepted is never sent again. What failed or expired gets a new
key, address and text as they are now. What is unknown may have arrived: it
keeps its key and its text, which a gateway that honours keys does not send
twice as long as it remembers them (key_retention); after that --as-new is
needed, and whoever got it gets it twice. All of it leaves within the hours of
the mailing.

Exit codes: 0 done, also where there is nothing to retry; 2 nobody can be asked;
  5 no such mailing; 6 it is cancelled, or has not begun; 8 the answer was no.
`
