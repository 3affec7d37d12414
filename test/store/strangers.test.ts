// Another process has the database open together with files that are gone: nobody opens it beside that one.
import { once } from 'node:events'
import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Clock, systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'
import { keepOpen } from '../support/lock-holder.ts'
import { until } from '../support/until.ts'

const START = '2021-10-22T07:00:00Z'

const newDatabase = async (): Promise<string> => {
  const file = join(temporaryFolder(), 'notify.db')
  await (await openStore(file, systemClock)).close()
  return file
}

/** What the opening fails with, once its patience is over; null: it was opened. */
const refusalOf = async (file: string): Promise<unknown> => {
  const clock = handClock(START)
  let isOver = false
  const tried = tryToOpen(file, clock).finally(() => {
    isOver = true
  })
  await until(() => {
    clock.advance(100)
    return isOver
  })
  return tried
}

const tryToOpen = async (file: string, clock: Clock): Promise<unknown> => {
  try {
    const store = await openStore(file, clock)
    await store.close()
    return null
  } catch (error) {
    return error
  }
}

test.each([
  ['-wal', (file: string) => rmSync(`${file}-wal`)],
  ['-shm', (file: string) => rmSync(`${file}-shm`)],
  [
    '-shm',
    (file: string) => {
      writeFileSync(`${file}.other`, '')
      renameSync(`${file}.other`, `${file}-shm`)
    },
  ],
  [
    '',
    (file: string) => {
      copyFileSync(file, `${file}.other`)
      renameSync(`${file}.other`, file)
    },
  ],
])(
  'its %s taken away under a process that goes on: refused while that one lives, and nothing is made',
  async (part, take) => {
    const file = await newDatabase()
    const other = await keepOpen(file)
    take(file)
    expect(await refusalOf(file)).toMatchObject({
      exit: 'failed',
      message: `process ${other.pid} works on the database ${file}, but notify.db${part} was deleted or replaced under it`,
    })
    expect(existsSync(`${file}-wal`)).toBe(part !== '-wal')
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(await refusalOf(file)).toBeNull()
  },
  30_000,
)

test('a process that has it open as it should hinders nobody', async () => {
  const file = await newDatabase()
  await keepOpen(file)
  expect(await refusalOf(file)).toBeNull()
})

test('its log taken away: what was written is put into the database, and nothing more is said to be done', async () => {
  const file = await newDatabase()
  const store = await openStore(file, systemClock)
  await store.hold({ at: 1, who: 'olga', why: 'wrong price' })
  rmSync(`${file}-wal`)
  await expect(store.confirmStanding()).rejects.toThrow('notify.db-wal, which belongs to')
  await expect(store.release({ at: 2, who: 'olga', why: null })).rejects.toThrow('notify.db-wal, which belongs to')
  await store.close()
  const again = await openStore(file, systemClock)
  expect(await again.readHold()).toMatchObject({ by: 'olga', why: 'wrong price' })
  await again.close()
})
