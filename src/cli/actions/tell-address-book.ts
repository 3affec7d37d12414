// Which address book is written to, where nobody has named one: in a folder without notify.toml it is another than was meant, perhaps.
import { homedir } from 'node:os'
import type { App } from '../../app.ts'
import { usualDatabase } from '../../config.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, type CommonOptions, print } from '../cli.ts'

/** The first line of what writes, beside the answer. */
export const tellAddressBook = (
  cli: Cli,
  { config, store }: Pick<App, 'config' | 'store'>,
  options: CommonOptions,
): void => {
  if (options.quiet === true || options.json !== undefined) return
  if (store.location !== usualDatabase({ env: cli.env, home: homedir() }) || config.file !== null) return
  print(cli.err, `Address book: ${visible(store.location)}, since there is no notify.toml here.`)
}
