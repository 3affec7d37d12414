// Who a staged record is, and which records cannot be saved although each is well formed.
import type { Database } from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import type { StagingRules } from '../recipient-store.ts'
import { SAYS_ELSE } from './merge-sql.ts'
import { insertPhoneConflicts } from './phone-moves.ts'

/** Lines after the first bound, up to and with the second. */
export interface LineRange {
  readonly after: number
  readonly upto: number
}

const EVERY_LINE: LineRange = { after: -1, upto: Number.MAX_SAFE_INTEGER }

/** By external id; else by phone, unless that person has an external id that the record contradicts; else by e-mail. */
const RESOLVE = `
  update staged_recipients as s set recipient_id = coalesce(
    (select id from recipients where external_id = s.external_id),
    (select min(id) from recipients where phone = s.phone and (s.external_id is null or external_id is null)),
    (select id from recipients where email = s.email and s.external_id is null and s.phone is null
     order by (external_id is not null or phone is not null), id limit 1))
  where line > :after and line <= :upto`

/** Rows that SQLite looks up at a stretch, without letting the process do anything else: about 50 ms. */
const STRETCH = 20_000

/** Finds every staged record in the address book as it stands now. */
export const resolveRecipients = async (db: Database, clock: Clock): Promise<void> => {
  if (db.prepare('select 1 from recipients limit 1').get() === undefined) return
  for (const range of stagedRanges(db, () => STRETCH)) {
    resolveRange(db, range)
    await clock.sleep(1)
  }
}

/** The same for some lines, inside the caller's transaction. */
export const resolveRange = (db: Database, range: LineRange): void => {
  db.prepare(RESOLVE).run(range)
}

/** The staged lines in pieces of that many rows, each found when it is asked for. */
export function* stagedRanges(db: Database, rows: () => number): Generator<LineRange & { readonly rows: number }> {
  const next = db.prepare<[number, number], { upto: number | null; rows: number }>(
    `select max(line) as upto, count(*) as rows
     from (select line from staged_recipients where line > ? order by line limit ?)`,
  )
  for (let after = EVERY_LINE.after; ; ) {
    const piece = next.get(after, rows())
    if (piece === undefined || piece.upto === null) return
    yield { after, upto: piece.upto, rows: piece.rows }
    after = piece.upto
  }
}

/** The later of two lines with the same value; only the first reason of a line is kept. `unless`: of all lines with it. */
const repeated = (column: string, what: string, unless = '0'): string => `
  insert or ignore into staged_conflicts (line, reason, other)
  select s.line, ${what} || ' stands already at line ' || first.line, first.line
  from (select ${column}, min(line) as line from staged_recipients where ${column} is not null
        group by ${column} having count(*) > 1 and not (${unless})) as first
    join staged_recipients as s on s.${column} = first.${column} and s.line > first.line`

/** A record with nothing but an e-mail cannot tell whom of several lines it means. */
const EMAIL_ONLY = `
  insert or ignore into staged_conflicts (line, reason, other)
  select s.line, 'the e-mail ' || s.email || ' stands also at line ' || min(other.line), min(other.line)
  from staged_recipients as s join staged_recipients as other on other.email = s.email
  where s.external_id is null and s.phone is null
    and (other.line < s.line or other.external_id is not null or other.phone is not null)
  group by s.line`

const SAME_PERSON = `
  insert or ignore into staged_conflicts (line, reason)
  select s.line, 'it is the same recipient as line ' || first.line
  from (select recipient_id, min(line) as line from staged_recipients
        where recipient_id is not null and line > :after and line <= :upto
        group by recipient_id having count(*) > 1) as first
    join staged_recipients as s on s.recipient_id = first.recipient_id and s.line > first.line
  where s.line <= :upto`

const SAYS_SOMETHING_ELSE = `
  insert or ignore into staged_conflicts (line, reason)
  select s.line, 'it says something else about recipient ' || r.id || ', who is known'
  from staged_recipients as s join recipients as r on r.id = s.recipient_id
  where s.line > :after and s.line <= :upto and ${SAYS_ELSE}`

const SAID = `external_id, phone, email, operator_code, name, contact_person, tax_number, address, district_key, zone,
  unsubscribed, unsubscribed_by_admin, tags, attributes`
const saidBy = (row: string): string => SAID.replaceAll(/\w+/g, (column) => `${row}.${column}`)

/** Of the conflicts so far: a row that says in every column what an earlier one says is that one again. */
const REPEATED = `
  delete from staged_recipients where line in (
    select c.line from staged_conflicts as c
      join staged_recipients as s on s.line = c.line join staged_recipients as o on o.line = c.other
    where c.other < c.line and (${saidBy('s')}) is (${saidBy('o')}))`

const dropRepeated = (db: Database): number => {
  if (db.prepare('select 1 from staged_conflicts limit 1').get() === undefined) return 0
  const { changes } = db.prepare(REPEATED).run()
  if (changes > 0) db.exec('delete from staged_conflicts where line not in (select line from staged_recipients)')
  return changes
}

/** Notes every staged record that cannot be saved; `resolveRecipients` comes before. Returns how many said the same again, and are gone. */
export const insertConflicts = (db: Database, rules: StagingRules): number => {
  db.exec(repeated('external_id', "'the external id ' || s.external_id"))
  const isKept = rules.onSharedPhone === 'keep' ? 'min(external_id is not null)' : '0'
  db.exec(repeated('phone', "'the phone ' || s.phone", isKept))
  db.exec(EMAIL_ONLY)
  const repeatedRows = dropRepeated(db)
  insertConflictsWithBook(db, EVERY_LINE, rules)
  return repeatedRows
}

/** Of these lines, those that the address book stands against. */
export const insertConflictsWithBook = (db: Database, range: LineRange, rules: StagingRules): number => {
  const samePerson = db.prepare(SAME_PERSON).run(range).changes
  const saysElse = rules.onConflict === 'fail' ? db.prepare(SAYS_SOMETHING_ELSE).run(range).changes : 0
  return samePerson + saysElse + insertPhoneConflicts(db, range, rules)
}
