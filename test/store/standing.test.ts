// Whether the files of an open database are as SQLite left them: what alarms nobody.
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '../../src/store/sqlite/connection.ts'
import { sightOf } from '../../src/store/sqlite/file-parts.ts'
import { kernelLocks } from '../../src/store/sqlite/kernel-locks.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'

const opened = (file: string) => {
  const clock = handClock('2021-10-22T07:00:00Z')
  return { ...openConnection(file, clock), clock }
}

test('a file that was only touched is the same file', async () => {
  const file = join(temporaryFolder(), 'notify.db')
  const { db, clock, write, standing } = opened(file)
  await write(() => void db.exec('create table notes (text text)'))
  for (const date of ['2021-10-22T07:00:01Z', '2021-10-22T07:00:02Z', '2000-01-01T00:00:00Z']) {
    for (let look = 0; look < 4; look += 1) {
      clock.advance(1_000)
      standing.confirmNow()
    }
    utimesSync(file, new Date(date), new Date(date))
  }
  clock.advance(1_000)
  expect(() => {
    standing.confirmNow()
  }).not.toThrow()
  standing.close()
})

test('a connection that is closed leaves the locks of another one of the same process', () => {
  const file = join(temporaryFolder(), 'notify.db')
  const [first, second] = [opened(file), opened(file)]
  first.standing.close()
  const inode = sightOf(file)?.inode
  const held = kernelLocks().filter((lock) => lock.inode === inode && lock.pid === process.pid)
  expect(held).not.toEqual([])
  second.standing.close()
})
