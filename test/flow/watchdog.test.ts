import { describe, expect, test } from 'vitest'
import { paused } from '../../src/domain/gateway-changes.ts'
import { healthy } from '../../src/domain/gateway-health.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { openWatchdog, stallKey, type Watchdog } from '../../src/flow/watchdog.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { LogEvent } from '../../src/log.ts'
import { never, openWorld, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const TEN = '2021-10-22T07:00:00Z'
const OPERATOR = { at: 1, who: 'anna', why: null }

/** Due at ten, and nobody sends. */
const openDesk = async (time = TEN, others: Parameters<typeof openWorld>[1] = []) => {
  const world = await openWorld(time, others)
  world.add([{}, {}])
  const mailing = await scheduleUsual(world, { ifPast: 'now' })
  return { world, mailing, watchdog: openWatchdog(world, 1) }
}

/** Looks every ten seconds, as the daemon does; what the looks said. */
const watch = async (world: World, watchdog: Watchdog, seconds: number): Promise<boolean[]> => {
  const said: boolean[] = []
  for (let i = 0; i < seconds / 10; i += 1) {
    world.clock.advance(10_000)
    said.push(await watchdog.look())
  }
  return said
}

const stalls = ({ events }: World): LogEvent[] => events.filter(({ event }) => event === 'stalled')

describe('a stall', () => {
  test('is a due row that stays the first one for two minutes; told with its ids, and again after ten', async () => {
    const { world, mailing, watchdog } = await openDesk()
    expect(await watchdog.look()).toBe(true)
    expect(await watch(world, watchdog, 110)).not.toContain(false)
    expect(await watch(world, watchdog, 10)).toEqual([false])
    const [row] = world.sql.prepare('select id, recipient_id as recipient, due_at as dueAt from messages').all() as [
      { id: number; recipient: number; dueAt: number },
    ]
    expect(world.events).toEqual([
      {
        event: 'stalled',
        message: row.id,
        mailing: mailing.id,
        recipient: row.recipient,
        gateway: 'sms',
        dueAt: row.dueAt,
      },
    ])
    expect(await world.store.listTroubles()).toEqual([stallKey('sms')])
    expect(await watch(world, watchdog, 590)).not.toContain(true)
    expect(stalls(world)).toHaveLength(1)
    await watch(world, watchdog, 10)
    expect(stalls(world)).toHaveLength(2)
  })

  test('is over when the row moves, and the next one gets its two minutes', async () => {
    const { world, watchdog } = await openDesk()
    await watch(world, watchdog, 130)
    world.sql.prepare("update messages set state = 'sent', due_at = null where id = 1").run()
    expect(await watch(world, watchdog, 120)).not.toContain(false)
    expect(world.events.at(-1)).toEqual({ event: 'moves-again', gateway: 'sms' })
    expect(await world.store.listTroubles()).toEqual([])
    expect(await watch(world, watchdog, 10)).toEqual([false])
  })

  test('a gateway that takes for ever is one, also where all that is due is in hand', async () => {
    const { world } = await openDesk()
    let answer = (): void => undefined
    const late = new Promise<void>((resolve) => {
      answer = resolve
    })
    world.sms.answer = async () => {
      await late
      return { kind: 'accepted', ref: null }
    }
    let workerId = 0
    const pass = asWorker(world, 'daemon', (id) => {
      workerId = id
      return runDue(world, id, never)
    })
    while (world.sms.got.length < 2) await new Promise((resolve) => setImmediate(resolve))
    const watchdog = openWatchdog(world, workerId)
    await watchdog.look()
    expect(await watch(world, watchdog, 110)).not.toContain(false)
    expect(world.states()).toEqual({ sending: 2 })
    expect(await watch(world, watchdog, 10)).toEqual([false])
    expect(stalls(world)).toMatchObject([{ message: 1, gateway: 'sms' }])
    answer()
    await pass
    expect(await watchdog.look()).toBe(true)
    expect(world.states()).toEqual({ sent: 2 })
  })

  test('goes on over a restart of the daemon: not taken back before something moves', async () => {
    const { world, watchdog } = await openDesk()
    await watch(world, watchdog, 130)
    const next = openWatchdog(world, 1)
    expect(await watch(world, next, 110)).not.toContain(false)
    expect(await world.store.listTroubles()).toEqual([stallKey('sms')])
    world.sql.prepare("update messages set state = 'sent', due_at = null").run()
    expect(await next.look()).toBe(true)
    expect(await world.store.listTroubles()).toEqual([])
  })

  test('of one gateway is not hidden by another that works', async () => {
    const { world, watchdog } = await openDesk(TEN, [scriptedGateway('mail')])
    await scheduleUsual(world, { uid: 'another', gateway: 'mail', ifPast: 'now' })
    const moveMail = world.sql.prepare(
      "update messages set due_at = due_at + 1 where mailing_id = 2 and state <> 'sent'",
    )
    const said: boolean[] = []
    for (let i = 0; i < 13; i += 1) {
      moveMail.run()
      said.push(...(await watch(world, watchdog, 10)))
    }
    expect(said.at(-1)).toBe(false)
    expect(stalls(world)).toMatchObject([{ gateway: 'sms' }])
  })
})

describe('no stall', () => {
  test.each<[string, (world: World) => unknown]>([
    [
      'a gateway that is paused',
      ({ store }) => store.changeGateway('sms', (health) => paused(health, 1, 'anna', null)),
    ],
    [
      'a gateway that rests',
      ({ store, clock }) => {
        const restsUntil = clock.now() + 600_000
        return store.changeGateway('sms', () => ({ ...healthy('sms'), restsUntil, reason: 'down', failures: 1 }))
      },
    ],
    [
      'a gateway that is probed by somebody',
      ({ store, clock }) => {
        const probeUntil = clock.now() + 600_000
        return store.changeGateway('sms', () => ({ ...healthy('sms'), failures: 1, probeUntil }))
      },
    ],
    ['a mailing that is paused', ({ store }) => store.pauseMailing(1, OPERATOR)],
    ['everything held', ({ store }) => store.hold(OPERATOR)],
    ['a gateway that cannot be opened', ({ sql }) => sql.prepare("update mailings set gateway = 'nobody'").run()],
  ])('%s', async (_, hinder) => {
    const { world, watchdog } = await openDesk()
    await hinder(world)
    expect(await watch(world, watchdog, 300)).not.toContain(false)
    expect(world.events.filter(({ event }) => event !== 'mailing-paused')).toEqual([])
  })

  test('the two minutes begin when the rest of its gateway is over', async () => {
    const { world, watchdog } = await openDesk()
    const restsUntil = world.clock.now() + 60_000
    await world.store.changeGateway('sms', () => ({ ...healthy('sms'), restsUntil }))
    expect(await watch(world, watchdog, 170)).not.toContain(false)
    expect(await watch(world, watchdog, 20)).toContain(false)
  })

  test('paused while it was stalled: nothing is wrong any more', async () => {
    const { world, watchdog } = await openDesk()
    expect(await watch(world, watchdog, 130)).toContain(false)
    await world.store.changeGateway('sms', (health) => paused(health, 1, 'anna', null))
    expect(await watchdog.look()).toBe(true)
    expect(await world.store.listTroubles()).toEqual([])
  })

  test('a night: what is late waits for its hours', async () => {
    const { world, watchdog } = await openDesk('2021-10-22T17:59:50Z') // nine in the evening in Moscow, but for ten seconds
    world.clock.advance(60_000)
    await asWorker(world, 'daemon', (id) => runDue(world, id, never))
    expect(world.sms.got).toEqual([])
    expect(await watch(world, watchdog, 3_600)).not.toContain(false)
    expect(world.states()).toEqual({ scheduled: 2 })
  })

  test('a slow gateway may take five deadlines, one of a low rate two turns more', async () => {
    const world = await openWorld(TEN, [
      scriptedGateway('slow', { deadlineMs: 60_000 }),
      scriptedGateway('rare', { ratePerSecond: 1 / 300 }),
    ])
    world.add([{}])
    await scheduleUsual(world, { gateway: 'slow', ifPast: 'now' })
    await scheduleUsual(world, { uid: 'another', gateway: 'rare', ifPast: 'now' })
    const watchdog = openWatchdog(world, 1)
    await watchdog.look()
    await watch(world, watchdog, 290)
    expect(stalls(world)).toEqual([])
    await watch(world, watchdog, 10)
    expect(stalls(world)).toMatchObject([{ gateway: 'slow' }])
    await watch(world, watchdog, 340)
    expect(stalls(world)).toHaveLength(1)
    await watch(world, watchdog, 10)
    expect(stalls(world)).toMatchObject([{ gateway: 'slow' }, { gateway: 'rare' }])
  })

  test('a process that was stopped has not watched meanwhile', async () => {
    const { world, watchdog } = await openDesk()
    await watchdog.look()
    world.clock.advance(3_600_000)
    expect(await watchdog.look()).toBe(true)
  })

  test('a wall clock that was set is no time that passed', async () => {
    const { world, watchdog } = await openDesk()
    await watchdog.look()
    world.clock.set('2021-10-22T09:00:00Z')
    expect(await watch(world, watchdog, 110)).not.toContain(false)
  })
})
