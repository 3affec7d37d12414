// What was erased and is not gone yet: told, since nobody sees it.
import type { App } from '../../app.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print } from '../cli.ts'

/** `logEmptied` false: somebody was reading or writing all the time while the log of the database was to be cut to nothing. */
export const warnOfLog = (cli: Cli, { store }: Pick<App, 'store'>, logEmptied: boolean): void => {
  if (logEmptied) return
  print(
    cli.err,
    `What was erased stands in ${visible(store.location)}-wal still: another process read or wrote all the time.
It is gone when the last process closes the database, or with the next recipients remove, edit, prune or import undo.`,
  )
}
