// After a restore: what was sent since the backup is repeated with the same keys and bytes, or, where those are forgotten, never.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { releaseEverything } from '../../src/flow/hold.ts'
import { decide, readDoubts } from '../../src/flow/reconcile.ts'
import { prepareRestore, putInPlace } from '../../src/flow/restore.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { openRestore, openStore } from '../../src/store/open.ts'
import { temporaryFolder } from '../support/database.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const plainly = { mayReplace: false, stop: never.stop, onProgress: () => undefined }

/** Backed up an hour before a mailing of four leaves at ten in Moscow; restored five minutes after it has left. */
const restored = async (): Promise<World> => {
  const world = await openWorld()
  world.add(['Anna', 'Boris', 'Clara', 'Dmitri'].map((name) => ({ name })))
  await scheduleUsual(world, { text: 'Good morning, {{ name }}' })
  const backup = join(temporaryFolder(), 'backup.db')
  world.clock.moveTo('2021-10-22T06:00:00Z')
  await world.store.backUp(backup, { ...plainly, now: world.clock.now() })
  world.clock.moveTo('2021-10-22T07:00:00Z')
  await runDue(world, 1, never)
  expect(world.states()).toEqual({ sent: 4 })
  world.sql.close()
  await world.store.close()
  world.clock.moveTo('2021-10-22T07:05:00Z')
  const powers = { ...world, restore: await openRestore(world.file, world.clock) }
  const prepared = await prepareRestore(powers, backup)
  expect(await putInPlace(prepared, act(world))).toMatchObject({ inDoubt: 4 })
  const store = await openStore(world.file, world.clock)
  onTestFinished(() => store.close())
  return { ...world, store }
}

const act = ({ clock }: World) => ({ at: clock.now(), who: 'olga', why: null })

const repeatAll = async (world: World): Promise<void> => {
  await decide(world, await readDoubts(world, null), 'repeat', act(world))
  await releaseEverything(world, act(world))
}

const countIn = async ({ store }: World): Promise<unknown> => (await store.countByState(1))[0]?.states

test('held, it sends nothing, whoever runs; then the same keys and the same bytes leave once more', async () => {
  const world = await restored()
  expect(await runDue(world, 2, never)).toMatchObject({ claimed: 0 })
  expect(world.sms.got).toHaveLength(4)
  expect(await countIn(world)).toMatchObject({ unknown: 4 })
  await repeatAll(world)
  expect(await runDue(world, 2, never)).toMatchObject({ sent: 4 })
  const [before, after] = [world.sms.got.slice(0, 4), world.sms.got.slice(4)]
  const said = (messages: typeof before) =>
    messages.map(({ key, address, text }) => `${key} ${address} ${text}`).toSorted()
  expect(said(after)).toEqual(said(before))
  expect(await countIn(world)).toMatchObject({ sent: 4 })
})

test('what an operator sent now, ahead of its time, is in doubt too', async () => {
  const world = await openWorld()
  world.add([{}, {}])
  await scheduleUsual(world)
  await world.store.sendMessageNow(1, true, act(world))
  world.clock.advance(1_000)
  expect(await world.store.markRestored(world.clock.now() - 500, act(world))).toBe(1)
  expect(world.sql.prepare('select state, doubt_since as since from messages').all()).toEqual([
    { state: 'unknown', since: world.clock.now() - 500 },
    { state: 'scheduled', since: null },
  ])
  expect(await world.store.decideDoubt(1, 'repeat', act(world))).toBe(1)
  await releaseEverything(world, act(world))
  expect(await runDue(world, 1, never)).toMatchObject({ sent: 0 }) // now it is due at its hour, not at that of the operator
  world.clock.moveTo('2021-10-22T07:00:00Z')
  expect(await runDue(world, 1, never)).toMatchObject({ sent: 2 })
  expect(await world.store.miscounted()).toEqual([])
})

test('a day later the gateway has forgotten the keys: nothing is repeated, they stay unknown and say why', async () => {
  const world = await restored()
  await repeatAll(world)
  world.clock.moveTo('2021-10-23T08:00:00Z')
  expect(await runDue(world, 2, never)).toMatchObject({ claimed: 0 })
  expect(world.sms.got).toHaveLength(4)
  const rows = await world.store.listMessages({ limit: 10 })
  expect(new Set(rows.map(({ state, reason }) => `${state}: ${reason}`))).toEqual(
    new Set(['unknown: it may have been taken, and the gateway has forgotten its key by now']),
  )
})

test('their time ran out before they were repeated: unknown, for they may have been taken', async () => {
  const world = await restored()
  await repeatAll(world)
  world.clock.moveTo('2021-10-26T08:00:00Z')
  await runDue(world, 2, never)
  expect(world.sms.got).toHaveLength(4)
  expect(await countIn(world)).toMatchObject({ unknown: 4, expired: 0 })
})
