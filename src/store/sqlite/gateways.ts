// The sentences about gateways: one row each, read, decided about and written in one transaction.
import { type GatewayHealth, healthy } from '../../domain/gateway-health.ts'
import type { GatewayStore, Hold } from '../gateway-store.ts'
import { noteAct } from './audit.ts'
import { bookMarkOf } from './book-change.ts'
import type { Connection } from './connection.ts'

type GatewayRows = Pick<GatewayStore, 'whatMayLeave' | 'listGateways' | 'changeGateway'>

const COLUMNS = `name, rests_until as restsUntil, reason, failures, probe_until as probeUntil, ramp_from as rampFrom,
  ramp_ms as rampMs, next_slot_at as nextSlotAt, accepted_at as acceptedAt, paused_at as pausedAt, paused_by as pausedBy,
  paused_why as pausedWhy, witnesses, checks_at as checksAt`

/** Witnesses are pairs of numbers as JSON: the message, and for how long it was asked to wait; null: none. */
type HealthColumns = Omit<GatewayHealth, 'witnesses'> & { readonly witnesses: string | null }

const healthFromRow = (row: HealthColumns): GatewayHealth => ({
  ...row,
  witnesses: row.witnesses === null ? [] : witnessesFrom(JSON.parse(row.witnesses)),
})

const witnessesFrom = (pairs: unknown): GatewayHealth['witnesses'] =>
  Array.isArray(pairs)
    ? pairs.map(([message, askedForMs]: number[]) => ({ message: message ?? 0, askedForMs: askedForMs ?? 0 }))
    : []

export interface HealthRows {
  read(name: string): GatewayHealth
  /** Inside a transaction of the caller's. */
  write(health: GatewayHealth): void
}

export const healthRows = ({ db }: Connection): HealthRows => {
  const read = db.prepare<[string], HealthColumns>(`select ${COLUMNS} from gateways where name = ?`)
  const write = db.prepare(
    `insert or replace into gateways (name, rests_until, reason, failures, probe_until, ramp_from, ramp_ms, next_slot_at,
       accepted_at, paused_at, paused_by, paused_why, witnesses,
       checks_at)
     values (@name, @restsUntil, @reason, @failures, @probeUntil, @rampFrom, @rampMs, @nextSlotAt, @acceptedAt, @pausedAt,
       @pausedBy, @pausedWhy, @witnesses, @checksAt)`,
  )
  return {
    read: (name) => {
      const row = read.get(name)
      return row === undefined ? healthy(name) : healthFromRow(row)
    },
    write: (health) => {
      const pairs = health.witnesses.map(({ message, askedForMs }) => [message, askedForMs])
      write.run({ ...health, witnesses: pairs.length === 0 ? null : JSON.stringify(pairs) })
    },
  }
}

export const HOLD = 'select held_at as at, held_by as "by", held_why as why from installation where held_at is not null'

export const gatewayStore = (connection: Connection): GatewayRows => {
  const { db, write } = connection
  const rows = healthRows(connection)
  const hold = db.prepare<[], Hold>(HOLD)
  const bookMark = bookMarkOf(db)
  const activeOn = db
    .prepare<[string], number>("select id from mailings where state = 'active' and gateway = ?")
    .pluck()
  return {
    whatMayLeave: async (gateway) => ({
      hold: hold.get() ?? null,
      health: rows.read(gateway),
      mailings: new Set(activeOn.all(gateway)),
      bookMark: bookMark(),
    }),

    listGateways: async () =>
      db.prepare<[], HealthColumns>(`select ${COLUMNS} from gateways order by name`).all().map(healthFromRow),

    changeGateway: (name, decide, act) =>
      write(() => {
        const before = rows.read(name)
        const after = decide(before)
        if (after === before) return before
        rows.write(after)
        if (act !== undefined) noteAct(db, act.what, act)
        return after
      }),
  }
}
