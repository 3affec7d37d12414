// The file as a whole: held and let go, in its place or not, at home or moved.
import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { refuseMoved } from '../../src/flow/home.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { type HandClock, handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'

const START = Date.parse('2021-10-22T07:00:00Z')

const openIn = async (file: string, clock: Clock): Promise<Store> => {
  const store = await openStore(file, clock)
  onTestFinished(() => store.close())
  return store
}

const start = async (): Promise<{ store: Store; file: string; folder: string; clock: HandClock }> => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  const clock = handClock('2021-10-22T07:00:00Z')
  return { store: await openIn(file, clock), file, folder, clock }
}

const log = (): undefined => undefined

test('the first hold stays, with who and why; a release ends it', async () => {
  const { store } = await start()
  expect(await store.readHold()).toBeNull()
  const first = { at: START, by: 'olga', why: 'wrong price' }
  expect(await store.hold({ at: START, who: 'olga', why: 'wrong price' })).toEqual(first)
  expect(await store.hold({ at: START + 1, who: 'boris', why: null })).toEqual(first)
  expect(await store.readHold()).toEqual(first)
  await store.release({ at: START + 2, who: 'boris', why: null })
  expect(await store.readHold()).toBeNull()
})

test('the file that sends first is the one that sends; again and again it is the same', async () => {
  const { store, clock } = await start()
  expect((await store.readHome()).remembered).toBeNull()
  expect(await refuseMoved({ store, clock, log })).toBeNull()
  const { remembered, here } = await store.readHome()
  expect(remembered).not.toBeNull()
  expect(remembered).toEqual(here)
  expect(await refuseMoved({ store, clock, log })).toBeNull()
})

const closed = async (): Promise<{ file: string; folder: string; clock: HandClock }> => {
  const { store, ...rest } = await start()
  await refuseMoved({ store, clock: rest.clock, log })
  await store.close()
  return rest
}

test('a copy is held until an operator says that it is the one; the original sends on', async () => {
  const { file, folder, clock } = await closed()
  const copy = join(folder, 'copy.db')
  copyFileSync(file, copy)
  const store = await openIn(copy, clock)
  const held = { at: START, by: 'notify', why: `the file was copied or moved from ${file}` }
  expect(await refuseMoved({ store, clock, log })).toEqual(held)
  clock.advance(60_000)
  expect(await refuseMoved({ store, clock, log })).toEqual(held)
  await store.release({ at: clock.now(), who: 'olga', why: null })
  expect(await refuseMoved({ store, clock, log })).toBeNull()
  expect(await refuseMoved({ store: await openIn(file, clock), clock, log })).toBeNull()
})

test('a file that was moved is held', async () => {
  const { file, folder, clock } = await closed()
  const moved = join(folder, 'moved.db')
  renameSync(file, moved)
  const hold = await refuseMoved({ store: await openIn(moved, clock), clock, log })
  expect(hold?.why).toBe(`the file was copied or moved from ${file}`)
})

test('a copy that was put in the place of the file is held', async () => {
  const { file, folder, clock } = await closed()
  copyFileSync(file, join(folder, 'copy.db'))
  renameSync(file, join(folder, 'old.db')) // it keeps its inode from being given out anew
  renameSync(join(folder, 'copy.db'), file)
  const hold = await refuseMoved({ store: await openIn(file, clock), clock, log })
  expect(hold?.why).toBe(`the file was copied or moved: it is not the one that sent from ${file} before`)
})

test('what an operator held stays theirs when the file is copied', async () => {
  const { file, folder, clock } = await closed()
  const original = await openIn(file, clock)
  await original.hold({ at: START, who: 'olga', why: 'wrong price' })
  await original.close()
  copyFileSync(file, join(folder, 'copy.db'))
  const hold = await refuseMoved({ store: await openIn(join(folder, 'copy.db'), clock), clock, log })
  expect(hold).toMatchObject({ by: 'olga', why: 'wrong price' })
})

test('in its place, until it is deleted', async () => {
  const { store, file } = await start()
  await store.confirmStanding()
  rmSync(file)
  await expect(store.confirmStanding()).rejects.toThrow(`${file} was deleted or replaced while it was in use`)
})

test('in its place, until another file stands there', async () => {
  const { store, file, folder, clock } = await start()
  const other = join(folder, 'other.db')
  await (await openStore(other, clock)).close()
  renameSync(other, file)
  await expect(store.confirmStanding()).rejects.toThrow(`${file} was deleted or replaced while it was in use`)
})
