// A shop whose database is on a small disk of its own, to be filled at the worst moment.
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import type { Running } from './binary.ts'
import { openShop, type Shop, type ShopOptions } from './shop.ts'
import { openSmallDisk, type SmallDisk, whyNoSmallDisk } from './small-disk.ts'

/** For the pass after a daemon: its clock went on meanwhile, and by it some rows were given back. */
export const LATER = '2021-10-22T07:10:00Z'

/** What `pragma integrity_check` says of a whole database. */
export const SOUND = [{ integrity_check: 'ok' }]

export interface DiskShop {
  readonly shop: Shop
  readonly disk: SmallDisk
}

/** Skips the test, with the reason, where no small disk can be had. */
export const openDiskShop = async (
  { skip }: TestContext,
  mib: number,
  options: ShopOptions = {},
): Promise<DiskShop> => {
  const why = whyNoSmallDisk()
  if (why !== null) skip(why)
  const disk = await openSmallDisk(mib)
  const env = { NOTIFY_DATABASE_URL: join(disk.folder, 'notify.db') }
  return { disk, shop: await openShop({ ...options, runs: { through: disk.through, env } }) }
}

/** Fills the disk while the process stands still. */
export const fillBehind = (running: Running, disk: SmallDisk): void => {
  running.kill('SIGSTOP')
  disk.fill()
  running.kill('SIGCONT')
}

/** How many messages are in which state. */
export const statesOn = (disk: SmallDisk): Record<string, number> =>
  Object.fromEntries(
    disk
      .query<{ state: string; count: number }>('select state, count(*) as count from messages group by state')
      .map(({ state, count }) => [state, count]),
  )
