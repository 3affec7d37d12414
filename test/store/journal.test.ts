// Outcomes kept beside the database while it does not take them, and replayed: nothing lost, nothing doubled.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Claimed, Settlement } from '../../src/domain/message.ts'
import { decideOutcome } from '../../src/domain/outcome.ts'
import { until } from '../support/until.ts'
import { beat, claimOne, openWorld, scheduleUsual, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'

interface InHand {
  readonly world: World
  readonly worker: number
  readonly outcomes: readonly Settlement[]
}

/** So many messages in the hand of a worker, each with its outcome. */
const inHand = async (count: number): Promise<InHand> => {
  const world = await openWorld()
  world.add(Array.from({ length: count }, () => ({})))
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
  const outcomes: Settlement[] = []
  for (let i = 0; i < count; i += 1) {
    const { taken } = await claimOne(world, worker)
    for (const message of taken) outcomes.push(sent(world, message))
  }
  expect(outcomes).toHaveLength(count)
  return { world, worker, outcomes }
}

const sent = ({ clock, sms }: World, message: Claimed): Settlement => {
  const mailing = { at: '10:00', until: '21:00', expiresAt: 9e15 }
  const situation = { now: clock.now(), random: 0.5, gateway: sms, mailing, isProbe: false, isToBlame: false }
  return decideOutcome({ kind: 'accepted', ref: `ref-«${message.id}»` }, message, situation)
}

/** As a worker leaves it that dies then. */
const keep = async ({ world, worker, outcomes }: InHand): Promise<void> => {
  await world.store.keepOutcomes(worker, outcomes)
  await world.store.closeJournal(worker)
}

const journals = ({ file }: World): string[] =>
  readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${basename(file)}-outcomes-`))
    .map((name) => join(dirname(file), name))

const theJournal = (world: World): string => {
  const [path, ...others] = journals(world)
  if (path === undefined || others.length > 0) throw new Error('expected one journal')
  return path
}

test('kept, then replayed when the worker is dead: written under the fence, once, and gone', async () => {
  const { world, worker, outcomes } = await inHand(3)
  const { store } = world
  await store.reserveJournal(worker)
  await store.keepOutcomes(worker, outcomes.slice(0, 1))
  await store.keepOutcomes(worker, outcomes.slice(1))
  await store.closeJournal(worker)
  expect(world.states()).toEqual({ sending: 3 })
  expect(await store.replayOutcomes([worker])).toEqual({
    replayed: [{ workerId: worker, count: 3 }],
    foreign: [],
    refused: [],
  })
  expect(world.states()).toEqual({ sent: 3 })
  const refs = world.sql.prepare('select gateway_ref from messages order by id').pluck().all()
  expect(refs).toEqual(['ref-«1»', 'ref-«2»', 'ref-«3»'])
  expect(journals(world)).toEqual([])
})

test('replayed twice, the second time changes nothing', async () => {
  const dying = await inHand(2)
  const { world, worker } = dying
  await keep(dying)
  const path = theJournal(world)
  const bytes = readFileSync(path)
  await world.store.replayOutcomes([worker])
  const rows = world.sql.prepare('select * from messages').all()
  writeFileSync(path, bytes)
  expect(await world.store.replayOutcomes([worker])).toEqual({ replayed: [], foreign: [], refused: [] })
  expect(world.sql.prepare('select * from messages').all()).toEqual(rows)
  expect(journals(world)).toEqual([])
})

test('a row that another worker took meanwhile is left to it', async () => {
  const dying = await inHand(2)
  const { world, worker } = dying
  await keep(dying)
  world.sql.prepare('update messages set attempts = 2, worker_id = 99 where id = 2').run()
  expect((await world.store.replayOutcomes([worker])).replayed).toEqual([{ workerId: worker, count: 1 }])
  expect(world.sql.prepare('select state from messages where id = 2').pluck().get()).toBe('sending')
})

test('a living worker keeps its journal; one that is not registered any more counts as dead', async () => {
  const dying = await inHand(1)
  const { world, worker } = dying
  await keep(dying)
  expect(await world.store.replayOutcomes([])).toEqual({ replayed: [], foreign: [], refused: [] })
  expect(world.states()).toEqual({ sending: 1 })
  expect(journals(world)).toHaveLength(1)
  world.sql.prepare('delete from workers').run()
  expect((await world.store.replayOutcomes([worker + 1])).replayed).toEqual([{ workerId: worker, count: 1 }])
  expect(world.states()).toEqual({ sent: 1 })
})

test.each([
  ['torn in the middle of its last line', (path: string) => truncateSync(path, endOf(path) - 20), 2],
  ['torn before the last line break', (path: string) => truncateSync(path, endOf(path) - 1), 2],
  [
    'torn, with what was there before behind it',
    (path: string) => overwrite(path, endOf(path) - 20, 'x'.repeat(60)),
    2,
  ],
  ['a line in the middle that is no outcome', (path: string) => overwrite(path, endOf(path, 1), '#'), 1],
])('a journal %s: the whole lines before it count', async (_, spoil, count) => {
  const { world, worker, outcomes } = await inHand(3)
  await world.store.reserveJournal(worker)
  await keep({ world, worker, outcomes })
  spoil(theJournal(world))
  expect((await world.store.replayOutcomes([worker])).replayed).toEqual([{ workerId: worker, count }])
  expect(world.states()).toEqual({ sent: count, sending: 3 - count })
})

/** Where its lines end, or the line with this number (the header is 0). */
const endOf = (path: string, line = Number.POSITIVE_INFINITY): number => {
  const bytes = readFileSync(path)
  if (line === Number.POSITIVE_INFINITY) return bytes.indexOf(0)
  let end = 0
  for (let i = 0; i <= line; i += 1) end = bytes.indexOf('\n', end) + 1
  return end
}

const overwrite = (path: string, at: number, text: string): void => {
  const bytes = readFileSync(path)
  bytes.write(text, at)
  writeFileSync(path, bytes)
}

test('of another installation, or unreadable: named once, and left as it is', async () => {
  const { world, worker } = await inHand(1)
  const other = `${world.file}-outcomes-7`
  const junk = `${world.file}-outcomes-8`
  writeFileSync(other, `${JSON.stringify({ notify: 'outcomes', format: 1, installation: 'another', worker })}\n`)
  writeFileSync(junk, 'not a journal')
  const { foreign } = await world.store.replayOutcomes([worker])
  expect(new Set(foreign)).toEqual(new Set([other, junk]))
  expect((await world.store.replayOutcomes([worker])).foreign).toEqual([])
  expect(readFileSync(junk, 'utf8')).toBe('not a journal')
  expect(journals(world)).toHaveLength(2)
})

test('its room is on the disk before it is needed, for the owner alone, and is given back', async () => {
  const { world, worker, outcomes } = await inHand(1)
  await world.store.reserveJournal(worker)
  const path = theJournal(world)
  const before = statSync(path)
  expect(before.mode & 0o777).toBe(0o600)
  expect(before.blocks * 512).toBeGreaterThanOrEqual(1024 * 1024)
  await world.store.keepOutcomes(worker, outcomes)
  expect(statSync(path)).toMatchObject({ size: before.size, ino: before.ino })
  world.store.forgetOutcomes(worker, outcomes)
  await world.store.closeJournal(worker)
  expect(journals(world)).toEqual([])
})

test('what a worker reserved and never used goes when it is dead, also when it died over the header', async () => {
  const { world, worker } = await inHand(1)
  await world.store.reserveJournal(worker)
  const room = readFileSync(theJournal(world))
  await world.store.closeJournal(worker)
  writeFileSync(`${world.file}-outcomes-${worker}`, room)
  writeFileSync(`${world.file}-outcomes-99`, '')
  expect(await world.store.replayOutcomes([worker])).toEqual({ replayed: [], foreign: [], refused: [] })
  expect(journals(world)).toEqual([])
})

test('a name that is taken, by another installation or from before a restore: the journal gets another one', async () => {
  const dying = await inHand(1)
  const { world, worker } = dying
  writeFileSync(`${world.file}-outcomes-${worker}`, 'not a journal')
  await keep(dying)
  expect((await world.store.replayOutcomes([worker])).replayed).toEqual([{ workerId: worker, count: 1 }])
  expect(journals(world)).toEqual([`${world.file}-outcomes-${worker}`])
})

test('what is written after all does not stay in the journal: it may be erased in the database', async () => {
  const { world, worker, outcomes } = await inHand(2)
  const named = outcomes.map((each) => Object.assign(each, { reason: 'gateway answered 400: no Wilhelmina' }))
  await world.store.keepOutcomes(worker, named)
  const journal = theJournal(world)
  expect(readFileSync(journal, 'latin1')).toContain('Wilhelmina')
  world.store.forgetOutcomes(worker, named)
  await until(() => !readFileSync(journal, 'latin1').includes('Wilhelmina'))
  const [again] = named
  if (again === undefined) throw new Error('nothing in hand')
  await world.store.keepOutcomes(worker, [again])
  await world.store.closeJournal(worker)
  expect(await world.store.replayOutcomes([worker])).toMatchObject({ replayed: [{ workerId: worker, count: 1 }] })
})

test('outcomes that were written after all make room for others', async () => {
  const { world, worker, outcomes } = await inHand(1)
  const [outcome] = outcomes
  await world.store.reserveJournal(worker)
  const { size } = statSync(theJournal(world))
  for (let i = 0; i < 100; i += 1) {
    const batch = Array.from({ length: 200 }, () => ({ ...outcome, reason: 'r'.repeat(100) }) as Settlement)
    await world.store.keepOutcomes(worker, batch) // 6 MB in all
    world.store.forgetOutcomes(worker, batch)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(statSync(theJournal(world)).size).toBe(size)
  await world.store.closeJournal(worker)
})
