// Phones that staged records want and somebody in the address book has: whether that person lets go of it in the same file.
import type { Database } from 'better-sqlite3'
import type { StagingRules } from '../recipient-store.ts'
import type { LineRange } from './staged-conflicts.ts'

const MOVES = `
  create temp table if not exists phone_moves (
    line integer not null, owner integer not null, -- a recipient
    freed_at integer, -- the line by which the owner gets another phone; null: there is none
    reason text not null
  );
  create index if not exists temp.phone_moves_freed on phone_moves (freed_at);
  delete from phone_moves`

/** Whom a record without an external id means can be told by its phone only where one person has it. */
const TAKEN = (onSharedPhone: StagingRules['onSharedPhone']): string => `
  insert into phone_moves (line, owner, reason)
  select s.line, r.id, 'the phone ' || s.phone || case when s.external_id is null
    then ' is that of several recipients: an external id says whom it means'
    else ' belongs to another recipient' || coalesce(' (external id ' || r.external_id || ')', '') end
  from staged_recipients as s cross join recipients as r on r.phone = s.phone
  where r.id is not s.recipient_id and s.line > :after and s.line <= :upto
    ${onSharedPhone === 'keep' ? 'and (s.external_id is null or r.external_id is null)' : ''}`

/** An owner whom two lines are about is judged by the first of them. */
const FREED = `
  create index if not exists temp.staged_by_recipient on staged_recipients (recipient_id);
  update phone_moves as m set freed_at =
    (select o.line from staged_recipients as o join recipients as r on r.id = o.recipient_id
     where o.recipient_id = m.owner and o.phone is not null and o.phone is not r.phone order by o.line limit 1)`

/** Whoever wants what is not let go of is rejected; and so is who wants what a rejected line would have let go of, and so on. */
const NOT_FREED = `
  with recursive stays (line) as (
    select line from staged_conflicts union select line from phone_moves where freed_at is null
    union select m.line from stays join phone_moves as m on m.freed_at = stays.line)
  insert or ignore into staged_conflicts (line, reason)
  select m.line, m.reason from stays join phone_moves as m using (line)`

/**
 * Notes the staged records of these lines whose phone belongs to somebody who keeps it: judged by the state after the whole file,
 * so that two people may swap their phones, and a phone may pass on. Costs a look for each line; more only where phones are taken.
 */
export const insertPhoneConflicts = (
  db: Database,
  range: LineRange,
  { onConflict, onSharedPhone }: StagingRules,
): number => {
  db.exec(MOVES)
  if (db.prepare(TAKEN(onSharedPhone)).run(range).changes === 0) return 0
  if (onConflict !== 'skip') db.exec(FREED) // else who is known keeps what they have
  return db.prepare(NOT_FREED).run().changes
}
