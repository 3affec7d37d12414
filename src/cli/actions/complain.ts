// Trouble, told to an operator who reads cron's mail: when it begins, at most every so often, and once when it ends (cli.md 36).
import type { App } from '../../app.ts'
import { EXIT } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import type { PassReport } from '../../flow/run-due.ts'
import { type Cli, print } from '../cli.ts'

/** Prints what should be told now, and sets the exit code to 7 while there is trouble. `every` in ms. */
export const complain = async (cli: Cli, app: App, { troubles, working }: PassReport, every: number): Promise<void> => {
  for (const gateway of await app.store.listTroubles()) {
    if (working.has(gateway) && !troubles.has(gateway) && (await app.store.clearTrouble(gateway))) {
      print(cli.err, `notify: gateway "${gateway}" works again`)
    }
  }
  for (const [gateway, reason] of troubles) {
    cli.exit(EXIT.gateway)
    if (!(await app.store.noteTrouble(gateway, app.clock.now(), every))) continue
    print(
      cli.err,
      `notify: gateway "${gateway}" does not take messages: ${visible(reason)}${adviceFor(reason)}\nNothing is lost: they wait and are tried again.`,
    )
  }
}

/** What a person can do about it, where that is known. */
const adviceFor = (reason: string): string =>
  /answered 40[13]\b/.test(reason) ? '\nCheck its token (token_file or token_env in notify.toml).' : ''
