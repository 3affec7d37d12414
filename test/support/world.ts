// A small world for flows: a real SQLite store, a clock moved by hand, a gateway that does what its script says.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { allow } from '../../src/domain/gateway-health.ts'
import { EVERYBODY, type Mailing } from '../../src/domain/mailing.ts'
import type { MessageState } from '../../src/domain/message.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { textOfRecipients } from '../../src/domain/text.ts'
import type { SendingPowers, StopSignals } from '../../src/flow/powers.ts'
import { type ScheduleRequest, scheduleMailing } from '../../src/flow/schedule-mailing.ts'
import type { Gateway, Outgoing } from '../../src/gateway/gateway.ts'
import type { LogEvent } from '../../src/log.ts'
import type { Claim } from '../../src/store/message-store.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import type { Beat, Worker } from '../../src/store/worker-store.ts'
import { type HandClock, handClock } from './clock.ts'
import { temporaryFolder } from './database.ts'

export interface Person {
  readonly name?: string
  readonly phone?: string | null
  readonly zone?: string | null
  readonly unsubscribed?: boolean
  readonly attributes?: Record<string, string>
}

export interface ScriptedGateway extends Gateway {
  /** Everything that was handed to it, in order. */
  readonly got: Outgoing[]
  /** What it answers from now on. */
  answer: (message: Outgoing, signal: AbortSignal) => Reply | Promise<Reply>
}

export const scriptedGateway = (name: string, options: Partial<Gateway> = {}): ScriptedGateway => {
  const gateway: ScriptedGateway = {
    name,
    addressKind: 'phone',
    concurrency: 8,
    ratePerSecond: null,
    deadlineMs: 10_000,
    honoursKey: true,
    onUnknown: 'repeat',
    keyRetentionMs: 86_400_000,
    ...options,
    got: [],
    answer: () => ({ kind: 'accepted', ref: null }),
    send: async (message, signal) => {
      gateway.got.push(message)
      return gateway.answer(message, signal)
    },
    close: async () => undefined,
  }
  return gateway
}

export interface World extends SendingPowers {
  readonly file: string
  readonly clock: HandClock
  readonly sms: ScriptedGateway
  readonly events: LogEvent[]
  /** Workers that the witness swears are dead, by id. */
  readonly dead: Set<number>
  /** A second connection, for looking at rows and for changing them behind the store's back. */
  readonly sql: Database.Database
  /** The machine is started anew: nobody knows how long it was off. */
  reboot(): void
  add(people: readonly Person[]): void
  states(): Partial<Record<MessageState, number>>
}

/** A worker's beat at this moment. */
export const beat = ({ clock }: Pick<World, 'clock'>): Beat => ({ at: clock.now(), mono: clock.monotonic() })

/** A claim of one row by a worker of its own. */
export const claimOne = (world: World, workerId: number): Promise<Claim> => {
  const now = world.clock.now()
  return world.store.claimDue({
    gateway: 'sms',
    workerId,
    limit: 1,
    now,
    leaseUntil: now + 60_000,
    probeUntil: now + 15_000,
    settlements: [],
    columnsOf: (mailing) => textOfRecipients(mailing.text).columns,
    admit: (candidate, mailing) => {
      const words = textOfRecipients(candidate.earlierText ?? mailing.text)
      const text = candidate.frozenText ?? words.render(candidate.recipient)
      return {
        kind: 'take',
        address: candidate.frozenAddress ?? candidate.address ?? '+7',
        text,
        frozenText: candidate.frozenText ?? (words.isStatic ? null : text),
        textNo: candidate.frozenAddress === null ? mailing.textNo : candidate.textNo,
        isNewKey: false,
        doubtSince: candidate.doubtSince,
      }
    },
    allow: (health, inHand) => allow(health, world.sms, now, 1, inHand),
    random: world.clock.random(),
    isAlive: () => false,
    isHandEmpty: true,
  })
}

export const never: StopSignals = { stop: new AbortController().signal, abort: new AbortController().signal }

export const openWorld = async (
  start = '2021-10-21T18:50:00Z',
  others: readonly ScriptedGateway[] = [],
): Promise<World> => {
  const file = join(temporaryFolder(), 'notify.db')
  const clock = handClock(start)
  const store: Store = await openStore(file, clock)
  const sql = new Database(file, { timeout: 5_000 })
  onTestFinished(async () => {
    sql.close()
    await store.close()
  })
  const sms = scriptedGateway('sms')
  const events: LogEvent[] = []
  const dead = new Set<number>()
  let bootId = 'boot'
  const add = (people: readonly Person[]): void => {
    const insert = sql.prepare(
      `insert into recipients (name, phone, zone, unsubscribed, attributes, operator_code, created_at, updated_at)
       values (?, ?, ?, ?, ?, substr(?, 3, 3), 1, 1)`,
    )
    const first = Number(sql.prepare('select coalesce(max(id), 0) from recipients').pluck().get())
    sql.transaction(() => {
      for (const [i, person] of people.entries()) {
        const phone = person.phone === undefined ? `+7916${String(first + i).padStart(7, '0')}` : person.phone
        const zone = person.zone === undefined ? 'Europe/Moscow' : person.zone
        const attributes = person.attributes === undefined ? null : JSON.stringify(person.attributes)
        insert.run(person.name ?? null, phone, zone, person.unsubscribed === true ? 1 : 0, attributes, phone)
      }
    })()
  }
  return {
    file,
    store,
    clock,
    sms,
    events,
    dead,
    sql,
    reboot: () => {
      bootId += ' anew'
    },
    add,
    log: (event) => void events.push(event),
    gateway: async (name) => {
      const gateway = [sms, ...others].find((each) => each.name === name)
      if (gateway === undefined) throw new Error(`no gateway ${name}`)
      return gateway
    },
    witness: {
      self: (kind) => ({ kind, host: 'here', bootId, pid: 1, pidStart: '1' }),
      canTell: (worker) => worker.host === 'here',
      isDead: (worker) => 'id' in worker && dead.has((worker as Worker).id),
    },
    states: () => {
      const rows = sql.prepare('select state, count(*) as count from messages group by state').all()
      return Object.fromEntries((rows as { state: MessageState; count: number }[]).map((row) => [row.state, row.count]))
    },
  }
}

/** The usual mailing: "Good morning" at 10:00 on 2021-10-22 through sms. */
export const requestOfUsual = (change: Partial<ScheduleRequest> = {}): ScheduleRequest => ({
  uid: 'uid-of-the-usual-mailing',
  name: null,
  text: 'Good morning',
  gateway: 'sms',
  addressKind: 'phone',
  at: '10:00',
  on: '2021-10-22',
  until: '21:00',
  expires: undefined,
  rowsPerSecond: null,
  ifPast: 'fail',
  ifNoZone: 'fail',
  audience: EVERYBODY,
  dryRun: false,
  createdBy: 'an operator',
  needsApproval: false,
  follow: false,
  ...change,
})

export const scheduleUsual = async (world: World, change: Partial<ScheduleRequest> = {}): Promise<Mailing> => {
  const { mailing } = await scheduleMailing(world, requestOfUsual(change), never.stop)
  const found = mailing.id === null ? null : await world.store.findMailing(mailing.id)
  if (found === null) throw new Error('not scheduled')
  return found
}
