// What older versions deleted without overwriting it: whether it may stand in the file still.
import { type Check, doubtful, well } from '../../domain/check.ts'
import type { Store } from '../../store/store.ts'
import type { Desk } from './desk.ts'
import { livingWorkers } from './workers.ts'

const MIB = 1024 * 1024

/** The new file is made beside the old one, and written through the log. */
const ROOM_NEEDED = 3

const NAME = 'erasing'

/** `fix`: the file is written anew, where nobody works on it and there is room. */
export const checkErasing = async (
  desk: Pick<Desk, 'clock' | 'witness'>,
  store: Pick<Store, 'isClean' | 'fileBytes' | 'freeBytes' | 'writeAnew' | 'listWorkers'>,
  fix: boolean,
): Promise<Check> => {
  if (await store.isClean()) return well(NAME, 'what was deleted is overwritten')
  const bytes = await store.fileBytes()
  const what = 'what an older notify deleted may stand in free pages of the database'
  const size = `${(bytes / MIB).toFixed(1)} MiB`
  if (!fix)
    return doubtful(
      NAME,
      what,
      `notify doctor --fix writes the file (${size}) anew, once; nobody else can write meanwhile.`,
    )
  if ((await livingWorkers(desk, store)).length > 0)
    return doubtful(NAME, `${what}, and somebody works on it`, 'Stop the daemon and cron, then notify doctor --fix.')
  if ((await store.freeBytes()) < ROOM_NEEDED * bytes)
    return doubtful(
      NAME,
      `${what}, and there is no room on the disk to write the file (${size}) anew`,
      'Free three times that much, then notify doctor --fix.',
    )
  await store.writeAnew(desk.clock.now())
  return well(NAME, `${what}: the file was written anew`)
}
