// What somebody wants or decides while a message waits in the hand of a worker: nothing begins to leave a second after it was said.
import { describe, expect, test } from 'vitest'
import type { Mailing } from '../../src/domain/mailing.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { blockAddresses } from '../../src/flow/block-addresses.ts'
import { applyEdit, prepareEdit } from '../../src/flow/edit-mailing.ts'
import { countInFlight } from '../../src/flow/in-flight.ts'
import { editRecipient, removeRecipient, unsubscribe } from '../../src/flow/keep-recipient.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { Recipient } from '../../src/store/address-book-store.ts'
import { until } from '../support/until.ts'
import { never, openWorld, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const BY = { at: 1, who: 'olga', why: null }

interface Slow {
  readonly world: World
  /** Those that have begun to leave, in order. */
  readonly left: () => readonly string[]
  answerAll(reply?: Reply): void
  readonly passing: Promise<unknown>
}

/** Two are in flight at a gateway that does not answer yet; the others are in hand. */
const slowly = async (
  people: number,
  options: Parameters<typeof scriptedGateway>[1] = {},
  before = '',
): Promise<Slow> => {
  const slow = scriptedGateway('slow', { concurrency: 2, ...options })
  const world = await openWorld(undefined, [slow])
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world, { gateway: 'slow' })
  world.sql.exec(before)
  world.clock.moveTo(TEN_IN_MOSCOW)
  let isOpen = false
  const waiting: ((reply: Reply) => void)[] = []
  slow.answer = () => (isOpen ? { kind: 'accepted', ref: null } : new Promise((resolve) => void waiting.push(resolve)))
  const passing = asWorker(world, 'run-due', (id) => runDue(world, id, never))
  await until(() => slow.got.length === 2)
  return {
    world,
    left: () => slow.got.map(({ address }) => address),
    answerAll: (reply = { kind: 'accepted', ref: null }) => {
      isOpen = true
      for (const resolve of waiting) resolve(reply)
    },
    passing,
  }
}

const phone = (id: number): string => `+7916${String(id - 1).padStart(7, '0')}`
const recipient = async ({ store }: World, id: number): Promise<Recipient> => {
  const [found] = await store.lookUpRecipients({ id, externalId: null, phone: null, email: null })
  if (found === undefined) throw new Error('nobody')
  return found
}
const row = ({ sql }: World, id: number) =>
  sql.prepare('select state, reason from messages where id = ?').get(id) as { state: string; reason: string | null }

/** Lets time pass until it is done: a worker looks meanwhile, and a command waits for what comes of it. */
const inTime = async <T>({ clock }: World, done: Promise<T>): Promise<T> => {
  const over = new AbortController()
  const result = done.finally(() => over.abort())
  while (!over.signal.aborted) {
    await new Promise(setImmediate)
    clock.advance(10)
  }
  return result
}

const unsubscribed = async (world: World, id: number, byAdmin = false): Promise<number> =>
  (await inTime(world, unsubscribe(world, await recipient(world, id), byAdmin, BY))).inFlight

describe('said while messages are in hand at a gateway that answers slowly', () => {
  test.each([
    ['unsubscribed by themselves', (world: World, id: number) => unsubscribed(world, id), 'unsubscribed'],
    ['by an administrator', (world: World, id: number) => unsubscribed(world, id, true), 'unsubscribed'],
    [
      'removed',
      async (world: World, id: number) =>
        (await inTime(world, removeRecipient(world, await recipient(world, id), BY))).inFlight,
      'recipient removed',
    ],
    [
      'blocked',
      async (world: World, id: number) => {
        const request = { lines: [{ line: 1, text: phone(id) }], country: 'RU', skipBad: false, dryRun: false }
        return (await inTime(world, blockAddresses(world, request, BY, never.stop))).inFlight
      },
      'blocked',
    ],
  ] as const)('%s: what waits does not leave, and what is in flight is counted', async (_, act, reason) => {
    const { world, left, answerAll, passing } = await slowly(6)
    expect(await act(world, 5)).toBe(0)
    expect(await act(world, 1)).toBe(1)
    answerAll()
    await inTime(world, passing)
    expect(left()).not.toContain(phone(5))
    expect(left()).toHaveLength(5)
    expect(row(world, 5)).toEqual({ state: 'skipped', reason })
    expect(row(world, 1)).toMatchObject({ state: 'sent' })
  })

  test('another phone: what waits goes there, and never to the one before', async () => {
    const { world, left, answerAll, passing } = await slowly(6)
    const request = {
      fields: { phone: '+79998887766' },
      tags: [],
      attributes: [],
      clear: [],
      country: 'RU',
      dryRun: false,
    }
    const change = async (id: number) =>
      (await inTime(world, editRecipient(world, await recipient(world, id), request, BY))).inFlight
    expect(await change(5)).toBe(0)
    answerAll()
    await inTime(world, passing)
    expect(left()).not.toContain(phone(5))
    expect(left()).toContain('+79998887766')
    expect(world.states()).toEqual({ sent: 6 })
  })

  test('by another process, with nobody waiting for it: seen within a second, though no place comes free', async () => {
    const { world, left, answerAll, passing } = await slowly(6)
    world.sql.exec('update recipients set unsubscribed = 1 where id = 6')
    world.sql.exec('update installation set book_changed_at = coalesce(book_changed_at, 0) + 1')
    for (let i = 0; i < 10 && world.states().skipped === undefined; i += 1) {
      world.clock.advance(100)
      await new Promise((resolve) => setTimeout(resolve, 30)) // outcomes are written in real time
    }
    expect(world.states().skipped).toBe(1)
    expect(left()).toHaveLength(2)
    answerAll()
    await inTime(world, passing)
  })

  test('a quick try asks again', async () => {
    const { world, left, answerAll, passing } = await slowly(3)
    await unsubscribed(world, 1)
    answerAll({ kind: 'unavailable', reason: 'refused', quick: true })
    await until(() => world.states().sending === undefined || world.states().skipped === 1)
    await inTime(world, passing)
    expect(left().filter((address) => address === phone(1))).toHaveLength(1)
  })

  test('an edit of the mailing that leaves somebody out finds them too', async () => {
    const { world, left, answerAll, passing } = await slowly(6)
    world.sql.exec("insert into recipient_tags values (1, 'vip'), (2, 'vip'), (3, 'vip')")
    const mailing = await world.store.findMailing(1)
    if (mailing === null) throw new Error('no mailing')
    const audience = { ...mailing.terms.audience, tags: ['vip'] }
    const prepared = await prepareEdit(world, mailing, { audience }, { ifPast: 'now', approvalOf: null })
    const applied = await inTime(world, applyEdit(world, prepared, 'mailing edited', BY))
    expect(applied).toMatchObject({ inFlight: 2, difference: { left: 3 } })
    answerAll()
    await inTime(world, passing)
    await asWorker(world, 'run-due', (id) => runDue(world, id, never))
    expect([...left()].toSorted()).toEqual([1, 2, 3].map(phone))
    expect(row(world, 4)).toEqual({ state: 'skipped', reason: 'not in the audience any more' })
  })
})

describe('an edit that leaves somebody out, and a worker that hears of it late', () => {
  /** As one that was stopped in the middle: it looks at nothing until it is woken. */
  const stopped = (world: World): (() => void) => {
    const { whatMayLeave } = world.store
    const waiting: (() => void)[] = []
    let isStopped = true
    Object.assign(world.store, {
      whatMayLeave: async (gateway: string) => {
        if (isStopped) await new Promise<void>((resolve) => void waiting.push(resolve))
        return whatMayLeave(gateway)
      },
    })
    return () => {
      isStopped = false
      for (const wake of waiting) wake()
    }
  }
  const leaveOut = async (world: World, audience: Partial<Mailing['terms']['audience']>) => {
    const mailing = await world.store.findMailing(1)
    if (mailing === null) throw new Error('no mailing')
    const wish = { audience: { ...mailing.terms.audience, ...audience } }
    const prepared = await prepareEdit(world, mailing, wish, { ifPast: 'now', approvalOf: null })
    return inTime(world, applyEdit(world, prepared, 'mailing edited', BY))
  }

  test('what it has in hand and has not begun to leave never does', async () => {
    const { world, left, answerAll, passing } = await slowly(6)
    world.sql.exec("insert into recipient_tags values (1, 'vip'), (2, 'vip'), (3, 'vip')")
    const wake = stopped(world)
    expect(await leaveOut(world, { tags: ['vip'] })).toMatchObject({ inFlight: 6 })
    wake()
    answerAll()
    await inTime(world, passing)
    await asWorker(world, 'run-due', (id) => runDue(world, id, never))
    expect([...left()].toSorted()).toEqual([1, 2, 3].map(phone))
    expect(row(world, 4)).toEqual({ state: 'skipped', reason: 'not in the audience any more' })
  })

  test('taken in again before it comes back: it leaves', async () => {
    const { world, left, answerAll, passing } = await slowly(6)
    world.sql.exec("insert into recipient_tags values (1, 'vip'), (2, 'vip'), (3, 'vip')")
    const wake = stopped(world)
    await leaveOut(world, { tags: ['vip'] })
    await leaveOut(world, { tags: [] })
    wake()
    answerAll()
    await inTime(world, passing)
    await asWorker(world, 'run-due', (id) => runDue(world, id, never))
    expect(new Set(left()).size).toBe(6)
    expect(world.states()).toEqual({ sent: 6 })
  })

  test.each([
    ['not taken', 'unavailable', ''],
    ['perhaps taken', 'unknown', '; it may have been taken before'],
  ] as const)('what was tried before, and %s, is not tried again', async (_, kind, more) => {
    const { world, left, answerAll, passing } = await slowly(3)
    answerAll({ kind, reason: 'not now' })
    await inTime(world, passing)
    const before = left().length
    world.sql.exec("insert into recipient_tags values (3, 'vip')")
    expect(await leaveOut(world, { tags: ['vip'] })).toMatchObject({ difference: { left: 2 } })
    expect(row(world, 1)).toEqual({ state: 'skipped', reason: `not in the audience any more${more}` })
    world.clock.advance(600_000)
    await asWorker(world, 'run-due', (id) => runDue(world, id, never))
    expect(left()).toHaveLength(before)
  })
})

test('while a message that wants to be alone waits for an empty hand, what may not leave goes back', async () => {
  const { world, answerAll, passing } = await slowly(6, {}, 'update messages set deaths = 2 where id = 6')
  await unsubscribed(world, 5)
  await until(() => row(world, 5).state === 'scheduled') // outcomes are written in real time
  answerAll()
  await inTime(world, passing)
  expect(world.states()).toEqual({ sent: 5, skipped: 1 })
})

test('said while a message waits for its connection: it does not leave, and goes back as it was', async () => {
  const far = scriptedGateway('far', { concurrency: 1 })
  const world = await openWorld(undefined, [far])
  world.add([{}])
  await scheduleUsual(world, { gateway: 'far' })
  world.clock.moveTo(TEN_IN_MOSCOW)
  const connected = new AbortController()
  const { send } = far
  let asked = 0
  far.send = async (message, signal, mayBegin) => {
    asked += 1
    await new Promise((resolve) => connected.signal.addEventListener('abort', resolve))
    if (await mayBegin?.()) return send(message, signal)
    return { kind: 'unavailable', reason: 'stopped before it was sent', untried: true }
  }
  const passing = asWorker(world, 'run-due', (id) => runDue(world, id, never))
  await until(() => asked === 1)
  expect(await unsubscribed(world, 1)).toBe(1)
  connected.abort()
  await inTime(world, passing)
  expect(far.got).toEqual([])
  expect(row(world, 1)).toEqual({ state: 'skipped', reason: 'unsubscribed' })
  expect(world.sql.prepare('select attempts, address from messages').get()).toEqual({ attempts: 0, address: null })
})

test('a change that concerns nobody in hand is looked at once, and nothing goes back', async () => {
  const { world, answerAll, passing } = await slowly(6)
  let looks = 0
  const { standingNow } = world.store
  Object.assign(world.store, {
    standingNow: async (ids: readonly number[]) => {
      looks += 1
      return standingNow(ids)
    },
  })
  const lookAround = async (): Promise<void> => {
    for (let i = 0; i < 50; i += 1) {
      await new Promise(setImmediate)
      world.clock.advance(250)
    }
  }
  await lookAround()
  expect(looks).toBe(0)
  world.sql.exec('update installation set book_changed_at = 7')
  while (looks === 0) await lookAround()
  await lookAround()
  expect(looks).toBe(1)
  expect(world.states()).toEqual({ sending: 6 })
  answerAll()
  await inTime(world, passing)
})

test('nobody waits for a worker that is gone: what it had in hand may have left', async () => {
  const world = await openWorld()
  world.add([{}])
  await scheduleUsual(world)
  world.sql.exec("update messages set state = 'sending', worker_id = 99, attempts = 1, due_at = 9e14")
  expect(await countInFlight(world, await world.store.inHand({ recipientId: 1 }))).toBe(1)
})
