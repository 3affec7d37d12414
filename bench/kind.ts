// What a small writer waits while a million rows are written: imported, given their districts, scheduled and taken back, cancelled.
import { systemClock } from '../src/clock.ts'
import { EVERYBODY } from '../src/domain/mailing.ts'
import { RU_DISTRICTS } from '../src/domain/presets/ru.ts'
import type { Column } from '../src/domain/recipient.ts'
import { importRecipients } from '../src/flow/import-recipients.ts'
import { importTimezones } from '../src/flow/import-timezones.ts'
import type { RawRecord } from '../src/flow/raw-table.ts'
import { type ScheduleRequest, scheduleMailing } from '../src/flow/schedule-mailing.ts'
import { openStore } from '../src/store/open.ts'
import type { Store } from '../src/store/store.ts'
import { systemWitness } from '../src/worker-identity.ts'
import { besideAWriter } from './beside-writer.ts'
import { inFolder } from './fill.ts'
import type { BenchRow } from './row.ts'

const BOUND_MS = 100

const never = new AbortController().signal

/** Each district under each of its names, as people write them: the preset has to make one of them. */
const DISTRICTS = RU_DISTRICTS.flatMap(({ name, otherNames }) => [name, ...otherNames])

const COLUMNS: readonly Column[] = (['externalId', 'name', 'phone', 'district'] as const).map((field) => ({
  kind: 'field',
  field,
}))

/** Phones in an order of their own, as in life: their index is filled at random. */
async function* records(rows: number): AsyncGenerator<readonly RawRecord[]> {
  for (let first = 1; first <= rows; first += 1_000) {
    yield Array.from({ length: Math.min(1_000, rows - first + 1) }, (_, i) => {
      const n = first + i
      const phone = `+79${String((n * 7_919_081) % 1_000_000_000).padStart(9, '0')}`
      return { line: n + 1, cells: [String(n), `Supplier ${n}`, phone, DISTRICTS[n % DISTRICTS.length] ?? ''] }
    })
  }
}

const importAll = (store: Store, rows: number): Promise<unknown> =>
  importRecipients(
    { store, clock: systemClock },
    { columns: COLUMNS, records: records(rows) },
    { country: 'RU', skipBad: false, dryRun: false },
    never,
    { onRead: () => undefined, onSaved: () => undefined, onRejected: null },
  )

const loadPreset = (store: Store): Promise<unknown> =>
  importTimezones(
    { store, clock: systemClock },
    RU_DISTRICTS.map(({ name, zone, otherNames }, i) => ({ line: i + 1, name, zone, otherNames })),
    { dryRun: false },
  )

const request: ScheduleRequest = {
  uid: 'kind',
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

const schedule = (store: Store, stop: AbortSignal, onProgress: (rows: number) => void = () => undefined) =>
  scheduleMailing(
    { store, clock: systemClock, log: () => undefined, witness: systemWitness() },
    request,
    stop,
    onProgress,
  )

/** Stopped when nearly all of it is written. */
const takeBack = async (store: Store, rows: number): Promise<void> => {
  const stop = new AbortController()
  const stopped = schedule(store, stop.signal, (written) => {
    if (written > rows * 0.9) stop.abort()
  })
  await stopped.catch(() => undefined)
  if ((await store.listMailings({})).length > 0) throw new Error('it was not taken back')
}

const cancel = async (store: Store): Promise<void> => {
  const { mailing } = await schedule(store, never)
  await store.cancelMailing(mailing.id ?? 0, { at: systemClock.now(), who: 'bench', why: null })
}

export const benchKind = (rows = 1_000_000): Promise<BenchRow[]> =>
  inFolder(async (file) => {
    const store = await openStore(file, systemClock)
    const works: readonly (readonly [what: string, work: () => Promise<unknown>])[] = [
      ['imported', () => importAll(store, rows)],
      ['given their districts by the preset', () => loadPreset(store)],
      ['scheduled and taken back', () => takeBack(store, rows)],
      ['scheduled and cancelled', () => cancel(store)],
    ]
    const table: BenchRow[] = []
    for (const [what, work] of works) {
      const { worst, p99 } = await besideAWriter(file, work)
      table.push({
        work: `another writer waits at worst while ${rows.toLocaleString('en')} are ${what}`,
        ours: `${worst} ms (p99 ${p99} ms)`,
        against: `${BOUND_MS} ms`,
        ratio: worst / BOUND_MS,
        target: '≤ 1',
        reached: worst <= BOUND_MS,
      })
    }
    await store.close()
    return table
  })
