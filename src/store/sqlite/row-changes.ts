// What a pass changes in the rows of a mailing, as SQL: rows that nobody has taken yet, beside what they are to be.
import { LEFT, NO_ZONE, SHARED } from '../../domain/skip-reasons.ts'
import type { RowChange, RowPass } from '../edit-store.ts'
import { addressColumn, audienceCondition, ZONE_NOW } from './audience.ts'
import type { Connection } from './connection.ts'
import type { AddressConditions, Sharers } from './shared-addresses.ts'
import { leaves } from './withdrawing.ts'

/** Of messages m. Who was told "now", or has it again by an operator's act, is in their hands. */
export const UNTAKEN = `(m.state in ('scheduled', 'skipped') and m.attempts = 0 and m.address is null
  and m.doubt_since is null and m.resend = 0 and m.any_hour = 0)`

/** Who of them gets the message of an address: rows that the pass leaves alone come first. */
export const sharersOf = ({ mailing, members }: RowPass): Sharers => ({
  audience: mailing.terms.audience,
  addressKind: mailing.terms.addressKind,
  rows: {
    mailingId: mailing.id,
    stays: `m.state <> 'skipped'${members === 'add' ? '' : ` and not ${UNTAKEN}`}`,
    members: members === 'keep' ? `(m.id is not null and m.reason is not '${LEFT}')` : null,
  },
})

/**
 * Of messages m: skipped for want of a zone by somebody who has one now, or as not in the audience by somebody who is again. Only
 * the plan says whether there may be any, so that others cost nothing.
 */
const mayComeBack = ({ mailing: { plan } }: RowPass): string => {
  const isThere = (wanted: string): boolean => plan.skipped.some(({ reason }) => reason === wanted)
  const ways = [
    ...(isThere(NO_ZONE) ? [`m.reason = '${NO_ZONE}' and ${ZONE_NOW} <> ''`] : []),
    ...(isThere(LEFT) ? [`m.reason = '${LEFT}'`] : []),
  ]
  return ways.length === 0 ? '0' : `(m.state = 'skipped' and (${ways.join(' or ')}))`
}

/** A change of a zone's rules moves its clocks by less than this; what waits longer waits for another day. */
const MOST_SHIFT_MS = 12 * 3_600_000

const TABLES = `
  create temp table if not exists pass_rules (
    zone text primary key, row_zone text, send_at integer, skip text, is_past integer) without rowid;
  create temp table if not exists row_changes (
    recipient_id integer primary key, message_id integer, from_zone text, from_at integer, was text,
    zone text, send_at integer, due_at integer, skip text);
  delete from temp.pass_rules;
  delete from temp.row_changes`

/** The recipients after this one that the next turn takes; null: none is left. */
export const lastOf = ({ db }: Pick<Connection, 'db'>, pass: RowPass, after: number, limit: number): number | null => {
  const keep =
    'select recipient_id as id from messages where mailing_id = @id and recipient_id > @after order by 1 limit @limit'
  const all = 'select id from recipients where id > @after order by id limit @limit'
  return (
    db
      .prepare<unknown[], number | null>(`select max(id) from (${pass.members === 'keep' ? keep : all})`)
      .pluck()
      .get({ id: pass.mailing.id, after, limit }) ?? null
  )
}

/** Whether anybody of this range belongs to the mailing and has no row, or comes back: the cheap half of a look that nearly always finds nobody. */
export const mayJoin = ({ db }: Pick<Connection, 'db'>, pass: RowPass, after: number, last: number): boolean => {
  const { sql, values } = audienceCondition(pass.mailing.terms.audience)
  const late = mayComeBack(pass)
  const someone = `select 1 from recipients r left join districts d on d.id = r.district_id
    where r.id > ? and r.id <= ? and not exists (select 1 from messages m where m.mailing_id = ? and m.recipient_id = r.id
      ${late === '0' ? '' : `and not ${late}`}) and ${sql} limit 1`
  return db.prepare(someone).get(after, last, pass.mailing.id, ...values) !== undefined
}

/** Fills temp.row_changes with what differs, of recipients with after < id <= last; tells how many differ in which way. */
export const findChanges = (
  { db }: Pick<Connection, 'db'>,
  pass: RowPass,
  addresses: AddressConditions,
  after: number,
  last: number,
): readonly RowChange[] => {
  const who = audienceCondition(pass.mailing.terms.audience)
  const parts = partsOf(pass, named(who.sql))
  const range = { id: pass.mailing.id, after, last }
  db.exec(TABLES)
  const zones = db.prepare<unknown[], string>(`select distinct ${parts.zone} from ${parts.tables} where ${parts.range}`)
  const remember = db.prepare('insert into temp.pass_rules values (?, ?, ?, ?, ?)')
  for (const zone of zones.pluck().all(range)) {
    const rule = pass.ruleOf(zone)
    remember.run(zone, rule.rowZone, rule.sendAt, rule.skip, rule.isPast ? 1 : 0)
  }
  db.prepare(changesSql(parts, pass, addresses)).run({
    ...range,
    ...Object.fromEntries(who.values.map((value, i) => [`a${i}`, value])),
    now: pass.now,
    moves: pass.moves ? 1 : 0,
    hours: pass.hours ? 1 : 0,
    shifts: pass.shifts ? 1 : 0,
  })
  return db.prepare<[], RowChange>(GROUPED).all()
}

/** Each ? of the audience gets a name, for it is asked beside named values. */
const named = (sql: string): string => {
  let n = 0
  return sql.replaceAll('?', () => `@a${n++}`)
}

interface Parts {
  readonly tables: string
  readonly range: string
  /** The zone whose rule holds. */
  readonly zone: string
  /** Which of the range are looked at. */
  readonly where: string
  readonly isMember: string
}

const partsOf = (pass: RowPass, audience: string): Parts => {
  const { members, mailing } = pass
  const district = 'left join districts d on d.id = r.district_id'
  // who has no zone any more, in a mailing that wants one of everybody, keeps what the row has
  const zone = mailing.terms.ifNoZone === 'fail' ? `coalesce(nullif(${ZONE_NOW}, ''), m.zone, '')` : ZONE_NOW
  if (members === 'keep')
    return {
      tables: `messages m cross join recipients r on r.id = m.recipient_id ${district}`,
      range: 'm.mailing_id = @id and m.recipient_id > @after and m.recipient_id <= @last',
      zone,
      where: UNTAKEN,
      isMember: `(m.reason is not '${LEFT}')`,
    }
  return {
    tables: `recipients r ${district} left join messages m on m.mailing_id = @id and m.recipient_id = r.id`,
    range: `r.id > @after and r.id <= @last${members === 'add' ? ` and (m.id is null or ${mayComeBack(pass)})` : ''}`,
    zone,
    where: members === 'add' ? audience : `((m.id is null and ${audience}) or ${UNTAKEN} or ${leaves(audience)})`,
    isMember: `(${audience})`,
  }
}

/**
 * `fresh`: the row gets the instant of the rule. Others keep theirs, also where it is past and they wait for the next opening;
 * who was skipped because it was past stays so, unless a clock said so that was ahead.
 */
const changesSql = (
  parts: Parts,
  { mailing }: RowPass,
  { isBlocked, isRefused, isDouble }: AddressConditions,
): string => `
  insert into temp.row_changes
  with wanted as (
    select r.id as recipient_id, m.id as message_id, m.zone as from_zone, m.send_at as from_at, m.due_at as from_due,
      m.state as was, m.reason as was_reason, ${parts.isMember} as is_member,
      z.row_zone, z.send_at as rule_at, z.skip as rule_skip, z.is_past,
      case when ${isRefused} then 'unsubscribed' when ${isBlocked} then 'blocked' when ${isDouble} then '${SHARED}' end as never,
      ${addressColumn(mailing.terms.addressKind)} is null as has_no_address
    from ${parts.tables} join temp.pass_rules z on z.zone = ${parts.zone}
    where ${parts.range} and ${parts.where}
  ), timed as (
    select *, is_member and (message_id is null or @moves or from_zone <> row_zone
      or (was = 'skipped' and (was_reason is not 'past' or not is_past))
      or (@shifts and was = 'scheduled' and not is_past and from_at > @now and abs(from_at - rule_at) < ${MOST_SHIFT_MS})) as fresh
    from wanted
  ), decided as (
    select *, iif(is_member, row_zone, from_zone) as zone, iif(fresh, rule_at, from_at) as send_at,
      case when not is_member then '${LEFT}' when never is not null then never
        when fresh and rule_skip is not null then rule_skip
        when not fresh and was = 'skipped' then was_reason
        when has_no_address then 'no address' end as skip
    from timed
  ), due as (
    select *, case when skip is not null then null when fresh then send_at
      when @hours and from_at <= @now and from_due > @now then @now else from_due end as due_at
    from decided
  )
  select recipient_id, message_id, from_zone, from_at, was, zone, send_at, due_at, skip from due
  where was is null or from_zone <> zone or due_at is not from_due
    or (was = 'skipped' and skip is not was_reason) or (was = 'scheduled' and was_reason is '${LEFT}') or (@moves and from_at <> send_at)`

const GROUPED = `
  select case when skip is null and was is not 'scheduled' then 'joined' when skip is not null and was = 'scheduled' then 'left'
      when skip is null and (from_zone <> zone or from_at <> send_at) then 'moved' else 'other' end as kind,
    from_zone as fromZone, from_at as "from", was, zone, send_at as sendAt, skip, count(*) as count
  from temp.row_changes group by 1, 2, 3, 4, 5, 6, 7`

/** Writes what findChanges found, inside the same transaction. */
export const writeChanges = ({ db }: Pick<Connection, 'db'>, mailingId: number): void => {
  db.prepare(
    `update messages set zone = c.zone, send_at = c.send_at, due_at = c.due_at, settled_at = null,
       state = iif(c.skip is null, 'scheduled', 'skipped'),
       reason = iif(c.skip is null and c.was = 'scheduled', nullif(messages.reason, '${LEFT}'),
         c.skip || iif(messages.doubt_since is null, '', '; it may have been taken before'))
     from (select * from temp.row_changes where message_id is not null) c where messages.id = c.message_id`,
  ).run()
  db.prepare(
    `insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state, reason)
     select ?, recipient_id, zone, send_at, due_at, iif(skip is null, 'scheduled', 'skipped'), skip
     from temp.row_changes where message_id is null order by recipient_id`,
  ).run(mailingId)
}
