// Files beside the database that this user may not read, as root leaves them: told to who reads cron's mail, and no reason to stop.
import type { App } from '../../app.ts'
import { EXIT } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print } from '../cli.ts'

/** The name of no gateway begins so. */
const FILE = ':file:'

/** Tells each when it is found, at most every so often (`every`, ms), and once when it is mended; the exit code is 1 while it lasts. */
export const complainOfFiles = async (
  cli: Cli,
  { store, clock }: Pick<App, 'store' | 'clock'>,
  every: number,
): Promise<void> => {
  const refused = store.refusedOutcomes()
  for (const key of await store.listTroubles()) {
    const file = key.startsWith(FILE) ? key.slice(FILE.length) : null
    if (file !== null && !refused.some((each) => each.file === file) && (await store.clearTrouble(key)))
      print(cli.err, `notify: ${visible(file)} hinders nobody any more`)
  }
  for (const { file, says, hint } of refused) {
    cli.exit(EXIT.failed)
    if (await store.noteTrouble(FILE + file, clock.now(), every))
      print(
        cli.err,
        `notify: ${visible(says)}\nOutcomes of a worker that is gone are in it: while it cannot be read, its messages are sent again, with the same keys. ${visible(hint)}`,
      )
  }
}
