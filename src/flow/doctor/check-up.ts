// One check-up of everything: what cannot be looked at is said to be so, and never keeps the rest from being looked at.
import { bad, type Check, doubtful, well } from '../../domain/check.ts'
import { Fixable } from '../../domain/errors.ts'
import { checkNode, checkZoneRules } from '../../domain/runtime-age.ts'
import type { Store } from '../../store/store.ts'
import { checkDatabase } from './database.ts'
import type { CheckUpOptions, Desk, DeskConfig, DeskPlaces } from './desk.ts'
import { checkErasing } from './erasing.ts'
import { checkGateways } from './gateways.ts'
import { checkMailings } from './mailings.ts'
import { checkCounts, checkHold, checkZones } from './rows.ts'
import { checkUnfinished } from './unfinished.ts'
import { checkClock, checkLeftovers, checkSending, checkVersions } from './workers.ts'

export const checkUp = async (desk: Desk, options: CheckUpOptions): Promise<readonly Check[]> => {
  const now = desk.clock.now()
  const surroundings = [checkNode(desk.node, now), checkZoneRules(desk.tz, desk.node, now)]
  const places = await desk.places().catch((error: unknown) => wrongConfig(error))
  if ('status' in places) return [...surroundings, places, NOT_LOOKED_AT]
  const look = await places.examine(options.full)
  const database = checkDatabase(look, options.full)
  const unfinished = checkUnfinished(places.unfinished())
  const before = [...surroundings, ...checkConfig(places), ...database, ...checkVersions(desk, look), ...unfinished]
  if (look.state !== 'sound') return [...before, ...(await checkGateways(places, null, now))]
  const opened = await places.openStore().catch((error: unknown) => notOpened(error))
  if ('status' in opened) return [...before, opened, ...(await checkGateways(places, null, now))]
  try {
    return [...before, ...(await checkRows(desk, opened, places, look.journals, options.fix))]
  } finally {
    await opened.close()
  }
}

const checkRows = async (
  desk: Desk,
  store: Store,
  places: DeskPlaces,
  journals: readonly number[],
  fix: boolean,
): Promise<readonly Check[]> => [
  ...(await checkHold(store)),
  await checkSending(desk, store),
  await checkClock(desk, store),
  ...(await checkLeftovers(desk, store, journals)),
  ...(await checkMailings(store, desk.clock.now())),
  await checkCounts(store, fix),
  await checkErasing(desk, store, fix),
  ...(await checkZones(store)),
  ...(await checkGateways(places, store, desk.clock.now())),
]

const checkConfig = ({
  config,
  operatorZone,
}: {
  readonly config: DeskConfig
  readonly operatorZone: string
}): readonly Check[] => [
  well(
    'config',
    config.file === null
      ? `no file: defaults, and the zone ${operatorZone}`
      : `${config.file} is in order; the zone is ${operatorZone}`,
  ),
  ...config.exposed.map((sentence) => {
    const cut = sentence.lastIndexOf(': ')
    return doubtful('config', sentence.slice(0, cut), sentence.slice(cut + 2))
  }),
]

const wrongConfig = (error: unknown): Check => {
  if (!(error instanceof Fixable)) throw error
  return bad('config', error.lines, error.hint ?? 'Mend it, then run this again.', 'config')
}

const NOT_LOOKED_AT = doubtful(
  'database',
  'neither the database nor the gateways were looked at: the configuration says where they are',
  'Mend the configuration first.',
)

/** Between the look and the opening somebody took the lock, or the file. */
const notOpened = (error: unknown): Check => {
  if (!(error instanceof Fixable)) throw error
  return bad('database', error.message, error.hint ?? 'Run this again.')
}
