// Recipients that were removed and have no message any more, and old acts that nothing stands on any more.
import type { Leftovers } from '../prune-store.ts'
import type { Connection } from './connection.ts'
import { openTurns } from './turns.ts'

/** No index leads from a recipient to the messages: each mailing is asked, by the index that it has. */
const IS_FORGOTTEN = `r.removed_at < @before and not exists (select 1 from mailings g where exists
  (select 1 from messages m indexed by messages_once where m.mailing_id = g.id and m.recipient_id = r.id))`

const IS_LONE = 'mailing_id is null and at < @before'

/**
 * Who took a consent back, gave it again, or blocked an address, and why, is asked for as long as there is somebody, or an address,
 * that it holds for. Acts that block name no address: they are known by their instant. What is not held is not held later either.
 */
const IS_HELD = `exists (select 1 from recipients r where r.id = recipient_id)
  or what = 'addresses blocked' and at in (select at from blocked)`

/** A hundred mailings are asked for each of them. */
const MOST_RECIPIENTS = 200

export const countLeftovers = ({ db }: Connection, before: number): Leftovers => {
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get({ before }))
  return {
    recipients: count(`select count(*) from recipients r where ${IS_FORGOTTEN}`),
    acts: count(`select count(*) from audit where ${IS_LONE} and not (${IS_HELD})`),
  }
}

export const pruneLeftovers = async (
  connection: Connection,
  before: number,
  stop: AbortSignal,
): Promise<Leftovers> => ({
  recipients: await withoutReferences(connection, () =>
    deletePages(connection, { page: FORGOTTEN_PAGE, most: MOST_RECIPIENTS, remove: deleteForgotten }, before, stop),
  ),
  acts: await deletePages(connection, { page: LONE_PAGE, most: Infinity, remove: deleteLone }, before, stop),
})

const FORGOTTEN_PAGE = `select r.id from recipients r where r.id > @after and ${IS_FORGOTTEN} order by r.id limit @rows`
const LONE_PAGE = `select id from audit where id > @after and ${IS_LONE} and not (${IS_HELD}) order by id limit @rows`

type Delete = (terms: { readonly ids: string; readonly before: number }) => number

interface Pages {
  readonly page: string
  /** Rows of one transaction. */
  readonly most: number
  readonly remove: (connection: Connection) => Delete
}

/** A page is found without the lock; what of it is still to go is deleted under it. */
const deletePages = async (
  connection: Connection,
  { page, most, remove: removeFrom }: Pages,
  before: number,
  stop: AbortSignal,
): Promise<number> => {
  const find = connection.db.prepare<unknown[], number>(page).pluck()
  const remove = removeFrom(connection)
  const turns = openTurns(connection)
  let total = 0
  let after = 0
  while (!stop.aborted) {
    const rows = Math.min(turns.rows(), most)
    const ids = find.all({ after, before, rows })
    const last = ids.at(-1)
    if (last === undefined) return total
    total += await turns.take(() => remove({ ids: JSON.stringify(ids), before }))
    after = last
  }
  return total
}

const deleteLone = ({ db }: Connection): Delete => {
  const remove = db.prepare(`delete from audit where id in (select value from json_each(@ids)) and ${IS_LONE}`)
  return (terms) => remove.run(terms).changes
}

/**
 * To delete a recipient SQLite reads all messages, to see that none refers to it: ten million for each. That is known already,
 * and seen in the same transaction. The check can be switched off between transactions only; this process does nothing else then.
 */
const withoutReferences = async <T>({ db }: Connection, body: () => Promise<T>): Promise<T> => {
  db.pragma('foreign_keys = off')
  try {
    return await body()
  } finally {
    db.pragma('foreign_keys = on')
  }
}

const deleteForgotten = ({ db }: Connection): Delete => {
  const chosen = `r.id in (select value from json_each(@ids)) and ${IS_FORGOTTEN}`
  const tags = db.prepare(
    `delete from recipient_tags where recipient_id in (select r.id from recipients r where ${chosen})`,
  )
  const acts = db.prepare(
    `update audit set recipient_id = null where recipient_id in (select r.id from recipients r where ${chosen})`,
  )
  const remove = db.prepare(`delete from recipients as r where ${chosen}`)
  return (terms) => {
    tags.run(terms)
    acts.run(terms) // whoever gets the number next has not done this
    return remove.run(terms).changes
  }
}
