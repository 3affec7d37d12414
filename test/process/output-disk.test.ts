// A disk that is full at any byte: what is said to be written is whole; what could not be is said, and nothing of it is left.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clockShim, type Finished, runNotify } from '../support/binary.ts'
import { EVENING, openShop } from '../support/shop.ts'
import { openSmallDisk, whyNoSmallDisk } from '../support/small-disk.ts'

const ROWS = 2_000
const MIB = 1024 * 1024
const PAGE = 4096

test.for([
  ['book.csv', ['recipients', 'export', 'book.csv'], 0],
  ['book.csv', ['recipients', 'export', 'book.csv', '--format', 'excel-csv'], 0],
  ['book.jsonl', ['recipients', 'export', 'book.jsonl'], 0],
  ['book.xlsx', ['recipients', 'export', 'book.xlsx'], 0],
  ['bad.csv', ['import', 'users', '-', '--skip-bad', '--reject-file', 'bad.csv'], 4],
  ['copy.db', ['backup', 'copy.db'], 0],
] as const)('%s by %j', { timeout: 60_000 }, async ([name, words, code], { skip }) => {
  const why = whyNoSmallDisk()
  if (why !== null) skip(why)
  const shop = await openShop()
  await shop.scheduleMany(ROWS)
  const disk = await openSmallDisk(4)
  const input = `phone;zone\n${'x;UTC\n'.repeat(ROWS)}`
  const run = (): Promise<Finished> =>
    runNotify(words, {
      cwd: disk.folder,
      through: disk.through,
      env: { ...clockShim(EVENING), NOTIFY_CONFIG: join(shop.folder, 'notify.toml') },
      input,
    })
  expect((await run()).code).toBe(code)
  const whole = disk.size(name)
  const used = 4 * MIB - disk.free()
  expect(whole).toBeGreaterThan(PAGE)
  for (const leave of [0, Math.floor(used / 2), used - PAGE]) {
    disk.clear()
    disk.fill(leave)
    const before = disk.files()
    const { code: wrong, stdout, stderr } = await run()
    expect({ wrong, stdout }, `${leave} of ${used}`).toEqual({ wrong: 1, stdout: '' })
    expect(stderr).toMatch(/cannot write|disk is full/)
    expect(disk.files()).toEqual(before)
  }
  disk.clear()
  disk.fill(used + 64 * 1024) // SQLite writes a journal beside a backup
  expect((await run()).code).toBe(code)
  expect(disk.size(name)).toBe(whole)
})
