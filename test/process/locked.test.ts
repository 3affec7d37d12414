// A database that others have locked: everybody waits, nobody stops, nothing is sent twice.
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hammer, readLong } from '../support/lock-holder.ts'
import { playLocked } from '../support/locked-play.ts'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

test('a process is stopped with the lock in its hand, while 64 are in flight: the daemon waits, says so, and goes on', async () => {
  const found = await playLocked({ until: 'alarm' })
  expect(found.alarms).toEqual([{ seconds: 10, pid: found.holder }])
  expect(found.stats).toMatchObject({ code: 0, stderr: '' })
  expect(found.claimedMeanwhile).toBe(0)
  expect(found.leftByThen).toBeLessThan(576) // the hand: what could not be written for a second lets nothing more leave
  expect(found.longestStop).toBeLessThan(300)
  expect(found.end).toEqual({ code: 143, states: { sent: 600 }, requests: 600, repeated: 0 })
}, 60_000)

test('others hammer on the database and read in it for long: no command hears of it, and the log stays short', async () => {
  const shop = await openShop()
  const file = join(shop.folder, 'notify.db')
  await shop.scheduleMany(2_000)
  await Promise.all([hammer(file), readLong(file)])
  let longestLog = 0
  const looking = setInterval(() => {
    longestLog = Math.max(longestLog, statSync(`${file}-wal`).size)
  }, 20)
  try {
    const lines = Array.from({ length: 5_000 }, (_, i) => `T${i},+7917${String(i).padStart(7, '0')},Asia/Yakutsk`)
    writeFileSync(join(shop.folder, 'more.csv'), `id,phone,zone\n${lines.join('\n')}\n`)
    const commands = [
      ['import', 'suppliers', 'more.csv', '--quiet'],
      ['run-due', '--parallel'],
      ['run-due', '--parallel'],
      ['messages', 'list', '1', '--json=lines'],
      ['stats'],
    ]
    const ended = await Promise.all(commands.map((args) => shop.run(args, TEN_IN_MOSCOW)))
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(commands.map(() => ({ code: 0, stderr: '' })))
  } finally {
    clearInterval(looking)
  }
  expect(shop.states()).toEqual({ sent: 2_000 })
  expect(shop.sandbox.counts()).toMatchObject({ requests: 2_000, repeated: 0 })
  expect(longestLog).toBeLessThanOrEqual(64 * 1024 * 1024)
}, 120_000)
