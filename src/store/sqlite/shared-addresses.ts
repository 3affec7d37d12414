// Who is never written to although there is an address: it is blocked, or another recipient of the mailing has the same one.
import type { AddressKind, Audience } from '../../domain/mailing.ts'
import {
  addressColumn,
  audienceCondition,
  RECIPIENTS_WITH_ZONE,
  refusedAt,
  UNSUBSCRIBED,
  ZONE_NOW,
} from './audience.ts'
import type { Connection } from './connection.ts'

/** Of RECIPIENTS_WITH_ZONE; '0' where it holds for nobody, so that it costs nothing. */
export interface AddressConditions {
  readonly isBlocked: string
  /** They refused themselves, or somebody who has the same address did. */
  readonly isRefused: string
  readonly isDouble: string
}

export interface SharedAddresses {
  /** Looks anew at who shares an address, and remembers who of them gets the message. */
  look(who: Sharers): AddressConditions
  /** As it was last looked at for the same; a look where it was for another mailing. */
  recall(who: Sharers): AddressConditions
}

/** An audience, and the rows that a mailing has already: of this audience some may be in it, or have been in it. */
export interface Sharers {
  readonly audience: Audience
  readonly addressKind: AddressKind
  readonly rows?: {
    readonly mailingId: number
    /** Of messages m: rows that stay what they are, whoever is in the audience by now. */
    readonly stays: string
    /** Of messages m: who is in it, whatever the audience says by now; null: the audience says it. */
    readonly members: string | null
  }
}

/**
 * `table`: a temporary one, its own for each use of a connection.
 *
 * One pass over the index of the addresses (1,000,000: 0.13 s) finds those that several recipients have; usually none. Only
 * these few are kept, with the one who gets the message: who has it already, else the first who can be written to.
 */
export const sharedAddresses = ({ db }: Pick<Connection, 'db'>, table: string): SharedAddresses => {
  let lookedFor = ''
  let conditions: AddressConditions = { isBlocked: '0', isRefused: UNSUBSCRIBED, isDouble: '0' }
  const look: SharedAddresses['look'] = (who) => {
    const column = addressColumn(who.addressKind)
    const isShared = rememberShared(db, table, who) > 0
    const isAnyBlocked = db.prepare('select 1 from blocked limit 1').get() !== undefined
    lookedFor = JSON.stringify(who)
    conditions = {
      isBlocked: isAnyBlocked ? `exists (select 1 from blocked b where b.address = ${column})` : '0',
      isRefused: isShared
        ? `(${UNSUBSCRIBED} or exists (select 1 from temp.${table} s where s.address = ${column} and s.winner = ${NOBODY}))`
        : UNSUBSCRIBED,
      isDouble: isShared
        ? `exists (select 1 from temp.${table} s where s.address = ${column} and s.winner <> r.id)`
        : '0',
    }
    return conditions
  }
  return { look, recall: (who) => (lookedFor === JSON.stringify(who) ? conditions : look(who)) }
}

/** The winner of an address that one of its people refused. */
const NOBODY = -1

const rememberShared = (db: Connection['db'], table: string, { audience, addressKind, rows }: Sharers): number => {
  const column = addressKind === 'phone' ? 'phone' : 'email'
  db.exec(
    `create temp table if not exists ${table} (address text primary key, winner integer) without rowid;
     delete from temp.${table}`,
  )
  const { changes } = db
    .prepare(
      `insert into temp.${table} (address)
       select ${column} from recipients indexed by recipients_${column} where ${column} is not null
       group by ${column} having count(*) > 1`,
    )
    .run()
  if (changes === 0) return 0
  const { sql, values } = audienceCondition(audience)
  const members = rows?.members ?? null
  const isMember = members ?? sql
  const stays = rows === undefined ? 'r.id is null' : `m.id is not null and ${rows.stays}`
  const has = rows === undefined ? 'r.id is null' : "m.state is not null and m.state <> 'skipped'"
  const joined = rows === undefined ? '' : 'left join messages m on m.mailing_id = ? and m.recipient_id = r.id'
  db.prepare(
    `update temp.${table} set winner = iif(${refusedAt(addressKind, `${table}.address`)}, ${NOBODY},
       (select r.id from ${RECIPIENTS_WITH_ZONE} ${joined} where ${addressColumn(addressKind)} = ${table}.address
          and ((${stays}) or (${isMember} and not ${UNSUBSCRIBED}))
        order by (${stays}) desc, (${has}) desc, ${ZONE_NOW} = '', r.id limit 1))`,
  ).run(...(rows === undefined ? [] : [rows.mailingId]), ...(members === null ? values : []))
  return changes
}
