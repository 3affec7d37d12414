// A hold is not forgotten: whoever looks at how things stand is told of it.
import type { App } from '../../app.ts'
import { type Cli, type CommonOptions, print } from '../cli.ts'
import { holdWords } from '../screen/hold-screen.ts'

/** On stderr, where something holds and nobody asked for silence. */
export const tellHold = async (cli: Cli, app: App, options: CommonOptions): Promise<void> => {
  const hold = options.quiet === true ? null : await app.store.readHold()
  if (hold !== null)
    print(cli.err, `Everything is held ${holdWords(hold, app.operatorZone)}. To let it go on: notify release`)
}
