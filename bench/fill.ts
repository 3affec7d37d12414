// Fills the address book without the importer: the benches that begin after it need rows, not parsing.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { EVERYBODY } from '../src/domain/mailing.ts'

export const ZONES = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
] as const

/** `rows` recipients over 11 zones, with phones and names. */
export const fillRecipients = (file: string, rows: number): void => {
  const db = new Database(file, { timeout: 10_000 })
  db.function('zone_no', (n: number) => ZONES[n % ZONES.length] ?? ZONES[0])
  db.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
     insert into recipients (external_id, phone, operator_code, name, zone, created_at, updated_at)
     select 'S' || i, '+79' || printf('%09d', i), substr(printf('9%09d', i), 1, 3), 'Supplier ' || i, zone_no(i), 1, 1 from n`,
  ).run(rows)
  db.pragma('wal_checkpoint(truncate)')
  db.close()
}

/** Runs `body` with a database file in a folder of its own, which goes with it. */
export const inFolder = async <T>(body: (file: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'notify-bench-'))
  try {
    return await body(join(folder, 'notify.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `mailings` active mailings, each with a message for every recipient; all due at once, the first mailing first. */
export const fillMessages = (file: string, mailings: number): void => {
  const db = new Database(file, { timeout: 10_000 })
  const terms = JSON.stringify({
    audience: EVERYBODY,
    ifPast: 'fail',
    ifNoZone: 'fail',
    addressKind: 'phone',
    follow: false,
  })
  const plan = JSON.stringify({ total: 0, zones: [], skipped: [] })
  for (let i = 1; i <= mailings; i += 1) {
    db.prepare(
      `insert into mailings (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
       values (?, ?, 'active', 'Good morning, {{ name }}', 'sms', '00:00', '2026-01-01', '24:00', 9e14, ?, ?, 0)`,
    ).run(`uid-${i}`, `mailing ${i}`, terms, plan)
    db.prepare(
      `insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state)
       select ?, id, zone, 1000 + ?, 1000 + ?, 'scheduled' from recipients`,
    ).run(i, i, i)
    db.prepare(
      "insert into mailing_counts (mailing_id, state, count) select ?, 'scheduled', count(*) from recipients",
    ).run(i)
    db.pragma('wal_checkpoint(truncate)')
  }
  db.close()
}
