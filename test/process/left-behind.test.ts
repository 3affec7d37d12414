// What a killed command leaves: a whole address book, maybe. It goes with the next one that writes there, and never one of a
// process that lives, or of which nothing can be proved.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Running } from '../support/binary.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { until } from '../support/until.ts'

const ROWS = 30_000

const unfinished = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /\.(?:part|restoring|new|copy)-\d/.test(name))

/** Starts a command and stops it by this signal as soon as it has begun to write. */
const stopped = async (shop: Shop, words: readonly string[], signal: NodeJS.Signals): Promise<Running> => {
  const before = unfinished(shop.folder)
  const running = shop.start(words)
  await until(() => unfinished(shop.folder).some((name) => !before.includes(name)), 1)
  running.kill(signal)
  if (signal === 'SIGKILL') expect((await running.exit).code).toBe(137)
  return running
}

test('killed exports, backups and restores: doctor tells of them, the next command that writes there removes them', async () => {
  const shop = await openShop()
  await shop.scheduleMany(ROWS)
  const { folder } = shop
  await shop.run(['backup', 'good.db'])
  for (const [words, left] of [
    [['recipients', 'export', 'book.csv'], 'book.csv.part-'],
    [['recipients', 'export', 'book.xlsx'], 'book.xlsx.part-'],
    [['restore', 'good.db', '--yes'], 'notify.db.restoring-'],
    [['backup', 'copy.db'], 'copy.db.part-'],
  ] as const) {
    await stopped(shop, words, 'SIGKILL') // and removes what the one before it left
    expect(unfinished(folder).every((name) => name.startsWith(left))).toBe(true)
    await shop.run(['stats']) // closes the database that it left open
  }
  writeFileSync(join(folder, 'notify.db.restoring-4194304'), 'of an older version')
  writeFileSync(join(folder, 'film.avi.part-4194304'), 'of another program')
  const { checks } = JSON.parse((await shop.run(['doctor', '--json'])).stdout)
  const told = checks.filter(({ name }: { name: string }) => name === 'unfinished')
  expect(told.length).toBeGreaterThanOrEqual(2)
  expect(told[0]).toMatchObject({
    status: 'warn',
    message: expect.stringContaining('its process is gone'),
    remedy: 'The next command that writes into its folder removes it.',
  })
  expect(await shop.run(['restore', 'good.db', '--yes', '--quiet'])).toMatchObject({ code: 0 })
  expect(unfinished(folder)).toEqual(['film.avi.part-4194304'])
}, 90_000)

test('what a living process writes stays, and is finished; so does what another container may be writing', async () => {
  const shop = await openShop()
  await shop.scheduleMany(ROWS)
  const { folder } = shop
  const waiting = await stopped(shop, ['backup', 'copy.db'], 'SIGSTOP')
  const theirs = unfinished(folder)
  const other = `book.csv.part-4194304-1-0badcafe-0badcafe-00000000`
  writeFileSync(join(folder, other), '')
  for (const words of [
    ['recipients', 'export', 'book.csv'],
    ['backup', 'other.db'],
  ])
    expect(await shop.run(words)).toMatchObject({ code: 0 })
  expect(unfinished(folder)).toEqual(expect.arrayContaining([...theirs, other]))
  waiting.kill('SIGCONT')
  expect((await waiting.exit).code).toBe(0)
  expect(unfinished(folder)).toEqual([other])
  expect((await shop.run(['doctor'])).stdout).toContain('its process was of another machine or container')
}, 90_000)
