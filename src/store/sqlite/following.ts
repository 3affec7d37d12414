// The sentences by which a mailing follows the address book.
import type { EditStore } from '../edit-store.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'

export const followingStore = ({ db, write }: Connection): Pick<EditStore, 'mailingsToFollow' | 'noteFollowed'> => {
  const mark = db.prepare<[], number>('select coalesce(book_changed_at, -1) from installation').pluck()
  const behind = db.prepare<[number], MailingRow>(
    `select ${MAILING_COLUMNS} from mailings
     where state = 'active' and json_extract(terms, '$.follow') and coalesce(followed_at, -1) < ?`,
  )
  return {
    mailingsToFollow: async () => {
      const seen = mark.get() ?? -1
      return { mark: seen, mailings: behind.all(seen).map(mailingFromRow) }
    },
    noteFollowed: async (mailing, seen) => {
      await write(() => {
        db.prepare(
          "update mailings set followed_at = max(coalesce(followed_at, -1), ?), plan = ? where id = ? and state = 'active'",
        ).run(seen, JSON.stringify(mailing.plan), mailing.id)
      })
    },
  }
}
