// Scheduling a million messages against one bare INSERT … SELECT of the same rows into the same indexes.
import Database from 'better-sqlite3'
import { systemClock } from '../src/clock.ts'
import { EVERYBODY } from '../src/domain/mailing.ts'
import { type ScheduleRequest, scheduleMailing } from '../src/flow/schedule-mailing.ts'
import { openStore } from '../src/store/open.ts'
import { systemWitness } from '../src/worker-identity.ts'
import { besideAWriter } from './beside-writer.ts'
import { fillRecipients, inFolder, ZONES } from './fill.ts'
import type { BenchRow } from './row.ts'

const request: ScheduleRequest = {
  uid: 'bench',
  name: null,
  text: 'Good morning, {{ name }}',
  gateway: 'outbox',
  addressKind: 'phone',
  at: '10:00',
  on: '2099-01-01',
  until: '21:00',
  expires: undefined,
  rowsPerSecond: null,
  ifPast: 'fail',
  ifNoZone: 'fail',
  audience: EVERYBODY,
  dryRun: false,
  createdBy: 'bench',
  needsApproval: false,
  follow: false,
}

/** 1,000,000 recipients in 11 zones; another process writes every 10 ms and tells how long it waited at worst. */
export const benchSchedule = async (rows = 1_000_000): Promise<BenchRow[]> => {
  const bare = await inFolder((file) => bareInsert(file, rows))
  const alone = await inFolder((file) => ours(file, rows))
  const worst = await inFolder((file) => oursBesideAWriter(file, rows))
  return [
    {
      work: `schedule ${rows.toLocaleString('en')}`,
      ours: `${alone.toFixed(2)} s`,
      against: `bare INSERT … SELECT: ${bare.toFixed(2)} s`,
      ratio: alone / bare,
      target: '≤ 2',
      reached: alone / bare <= 2,
    },
    {
      work: `another writer meanwhile waits at worst`,
      ours: `${worst} ms`,
      against: '100 ms',
      ratio: worst / 100,
      target: '≤ 1',
      reached: worst <= 100,
    },
  ]
}

const bareInsert = async (file: string, rows: number): Promise<number> => {
  const store = await openStore(file, systemClock)
  await store.close()
  fillRecipients(file, rows)
  const db = new Database(file)
  db.pragma('synchronous = full')
  db.exec(`insert into mailings (id, uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
           values (1, 'u', 'n', 'active', '', '', '', '', '', 0, '{}', '{}', 0)`)
  db.exec(`create temp table z (zone text primary key, send_at integer)`)
  for (const [i, zone] of ZONES.entries()) db.prepare('insert into z values (?, ?)').run(zone, 4e12 + i * 3_600_000)
  const started = performance.now()
  db.exec(`insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state)
           select 1, r.id, z.zone, z.send_at, z.send_at, 'scheduled' from recipients r join z on z.zone = r.zone`)
  const seconds = (performance.now() - started) / 1_000
  db.close()
  return seconds
}

const ours = async (file: string, rows: number): Promise<number> => {
  const store = await openStore(file, systemClock)
  fillRecipients(file, rows)
  const powers = { store, clock: systemClock, log: () => undefined, witness: systemWitness() }
  const started = performance.now()
  const { plan } = await scheduleMailing(powers, request, new AbortController().signal)
  const seconds = (performance.now() - started) / 1_000
  await store.close()
  if (plan.total !== rows) throw new Error(`${plan.total} planned`)
  return seconds
}

const oursBesideAWriter = async (file: string, rows: number): Promise<number> => {
  await (await openStore(file, systemClock)).close()
  fillRecipients(file, rows)
  const store = await openStore(file, systemClock)
  const powers = { store, clock: systemClock, log: () => undefined, witness: systemWitness() }
  const { worst } = await besideAWriter(file, () => scheduleMailing(powers, request, new AbortController().signal))
  await store.close()
  return worst
}
