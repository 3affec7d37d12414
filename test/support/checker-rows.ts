// I1, I2, I4 and I6: the rows held against the stories of their keys.
import Database from 'better-sqlite3'
import { messageKey } from '../../src/domain/key.ts'
import { type MessageState, recipientKey } from '../../src/domain/message.ts'
import type { Breaches, Evidence } from './evidence.ts'
import type { Book } from './ledger-stories.ts'

interface Row {
  readonly id: number
  readonly state: MessageState
  readonly attempts: number
  readonly settledAt: number | null
  readonly phone: string | null
  readonly key: string
}

/** What only the key is made of. */
interface KeyParts {
  readonly uid: string
  readonly recipient: number
  readonly born: number
  readonly resend: number
}

export interface Rows {
  /** By the key as a number: the id in the path. */
  readonly all: ReadonlyMap<string, Row>
  readonly integrity: string
  /** Counts that are kept, and are not those of the rows. */
  readonly miscounted: readonly string[]
}

const MISCOUNTED = `select 'mailing ' || mailing_id || ' has ' || sum(rows) || ' ' || state || ', and counts ' || sum(kept)
  from (select mailing_id, state, count(*) as rows, 0 as kept from messages group by mailing_id, state
        union all select mailing_id, state, 0, count from mailing_counts)
  group by mailing_id, state having sum(rows) <> sum(kept)`

const ROWS = `select m.id, m.state, m.attempts, m.settled_at as settledAt, m.address as phone, m.resend,
    g.uid, r.id as recipient, r.created_at as born
  from messages m join recipients r on r.id = m.recipient_id join mailings g on g.id = m.mailing_id`

export const readRows = (file: string): Rows => {
  const db = new Database(file, { readonly: true })
  try {
    const installationId = String(db.prepare('select id from installation').pluck().get())
    const all = new Map<string, Row>()
    const rows = db.prepare(ROWS).all() as (Omit<Row, 'key'> & KeyParts)[]
    for (const { uid, recipient, born, resend, ...row } of rows) {
      const parts = { installationId, mailingUid: uid, recipientKey: recipientKey(recipient, born), resend }
      const { key, keyNumber } = messageKey(parts)
      all.set(keyNumber, { ...row, key })
    }
    return {
      all,
      integrity: String(db.pragma('integrity_check', { simple: true })),
      miscounted: db.prepare<[], string>(MISCOUNTED).pluck().all(),
    }
  } finally {
    db.close()
  }
}

export const countStates = (rows: Rows['all']): Record<string, number> => {
  const states: Record<string, number> = {}
  for (const { state } of rows.values()) states[state] = (states[state] ?? 0) + 1
  return states
}

/** I1: everybody is in one row, each row came to an end, and none is called sent that no gateway took. Returns how many are lost. */
export const checkRows = (
  { imported, stats }: Evidence,
  { all, integrity, miscounted }: Rows,
  states: Readonly<Record<string, number>>,
  { stories }: Book,
  breaches: Breaches,
): number => {
  if (integrity !== 'ok') breaches.add('integrity_check', integrity)
  for (const what of miscounted) breaches.add('I1 counts', what)
  if (all.size !== imported) breaches.add('I1 rows', `${all.size} rows for ${imported} imported`)
  let open = 0
  for (const [key, row] of all) {
    if (row.state === 'scheduled' || row.state === 'sending') {
      open += 1
      breaches.add('I1 no end', `message ${row.id} is ${row.state} after ${row.attempts} attempts`)
    }
    if (row.state !== 'sent') continue
    const story = stories.get(key)
    if (story?.took !== true) breaches.add('I1 phantom', `message ${row.id} is sent, and the ledger never took ${key}`)
    else if (row.settledAt === null || row.settledAt < Math.floor(story.firstWall))
      breaches.add('I1 phantom', `message ${row.id} was settled at ${row.settledAt}, before its first request`)
  }
  const listed: unknown = stats === undefined ? undefined : JSON.parse(stats).states
  if (typeof listed === 'object' && listed !== null) {
    for (const [state, count] of Object.entries(listed)) {
      if ((states[state] ?? 0) !== count)
        breaches.add('I1 stats', `notify stats says ${count} ${state}: ${states[state] ?? 0}`)
    }
  }
  return open + Math.max(0, imported - all.size)
}

/** I2, I4, I6: one effect a message, one key one message and one body, and a claim for each process that sent. Returns the double effects. */
export const checkKeys = (
  { keys }: Evidence,
  rows: Rows['all'],
  { stories, mixed }: Book,
  breaches: Breaches,
): number => {
  for (const what of mixed) breaches.add('I4', what)
  const effects = new Map<string, number>()
  let doubles = 0
  for (const [number, { header, phone, senders, ...story }] of stories) {
    doubles += Math.max(0, story.effects - 1)
    const row = rows.get(number)
    if (row === undefined) {
      if (phone !== null) breaches.add('I4', `the ledger has key ${number}, which is no message`)
      continue
    }
    if (row.key !== header) breaches.add('I4', `key ${number} came with the header ${header}, not ${row.key}`)
    if (row.phone !== `+${phone}`) breaches.add('I4', `key ${number} went to ${phone}, not to ${row.phone}`)
    if (row.attempts < senders.size)
      breaches.add('I6', `message ${row.id} has ${row.attempts} attempts and was sent by ${senders.size} processes`)
    if (phone !== null) effects.set(phone, (effects.get(phone) ?? 0) + story.effects)
  }
  if (keys === 'honoured') {
    for (const [phone, count] of effects) if (count > 1) breaches.add('I2', `${phone} got ${count} effects`)
  }
  return doubles
}
