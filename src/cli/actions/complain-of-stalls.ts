// What the watchdog of a daemon found, told to an operator who reads cron's mail: a daemon's own log is read by nobody.
import type { App } from '../../app.ts'
import { EXIT } from '../../domain/errors.ts'
import { stalledGateway, stallKey } from '../../flow/watchdog.ts'
import { type Cli, print } from '../cli.ts'

/** Beside the stall itself, which the watchdog notes and ends: that it was told. The name of no gateway begins so. */
const TOLD = ':told:'

/**
 * Tells a stall when it begins, at most every so often (`every`, ms), and once when it ends; the exit code is 7 while it lasts.
 * `isWatched`: a daemon lives; without one, a stall is what the last one left behind.
 */
export const complainOfStalls = async (
  cli: Cli,
  { store, clock }: Pick<App, 'store' | 'clock'>,
  every: number,
  isWatched: boolean,
): Promise<void> => {
  const troubles = await store.listTroubles()
  const stalled = troubles.flatMap((key) => stalledGateway(key) ?? [])
  if (!isWatched) for (const name of stalled) await store.clearTrouble(stallKey(name))
  const lasting = isWatched ? stalled : []
  for (const key of troubles) {
    const name = key.startsWith(TOLD) ? key.slice(TOLD.length) : null
    if (name !== null && !lasting.includes(name) && (await store.clearTrouble(key)))
      print(cli.err, `notify: gateway "${name}": due messages move again`)
  }
  for (const name of lasting) {
    cli.exit(EXIT.gateway)
    if (await store.noteTrouble(TOLD + name, clock.now(), every)) print(cli.err, wordsOf(name))
  }
}

const wordsOf = (
  name: string,
): string => `notify: gateway "${name}": messages are due, nothing hinders them, and they do not move
The daemon is stuck: see "stalled" in its log, then restart it. Nothing is lost.`
