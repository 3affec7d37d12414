// A hold that no person asked for is trouble: a file that was moved or restored, a clock that was set.
import type { App } from '../../app.ts'
import { EXIT } from '../../domain/errors.ts'
import { ITSELF, isSameHome } from '../../domain/hold.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print } from '../cli.ts'

/** The name of no gateway: those are told under theirs. */
const TROUBLE = ':hold'

/** Tells it when it begins, at most every so often (`every`, ms), and once when it ends; the exit code is 6 while it lasts. */
export const complainOfHold = async (cli: Cli, { store, clock }: App, every: number): Promise<void> => {
  const hold = await store.readHold()
  if (hold?.by !== ITSELF) {
    const wasTold = (await store.listTroubles()).includes(TROUBLE) && (await store.clearTrouble(TROUBLE))
    if (wasTold && hold === null) print(cli.err, 'notify: nothing is held any more')
    return
  }
  cli.exit(EXIT.state)
  if (!(await store.noteTrouble(TROUBLE, clock.now(), every))) return
  print(cli.err, `notify: everything is held: ${visible(hold.why ?? '')}\n${await wayOut(store)}`)
}

const wayOut = async (store: App['store']): Promise<string> => {
  if ((await store.readRestoredTo()) !== null) {
    return 'Decide what is in doubt: notify reconcile. Then let everything go: notify release.'
  }
  const { remembered, here } = await store.readHome()
  const isMoved = remembered !== null && here !== null && !isSameHome(remembered, here)
  return isMoved
    ? 'If this is the file that is to send, and no other copy of it does: notify release.'
    : 'When that is as it should be: notify release.'
}
