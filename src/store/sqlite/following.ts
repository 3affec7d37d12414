// The sentences by which a mailing follows the address book.
import type { EditStore } from '../edit-store.ts'
import { bookMarkOf } from './book-change.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'

export const followingStore = ({ db, write }: Connection): Pick<EditStore, 'mailingsToFollow' | 'noteFollowed'> => {
  const mark = bookMarkOf(db)
  const behind = db.prepare<[number], MailingRow>(
    `select ${MAILING_COLUMNS} from mailings
     where state = 'active' and json_extract(terms, '$.follow') and coalesce(followed_at, -1) < ?`,
  )
  const note = db.prepare(
    `update mailings set followed_at = nullif(max(coalesce(followed_at, -1), @seen), -1), plan = @plan
     where id = @id and state = 'active' and (@before is null or plan = @before)`,
  )
  return {
    mailingsToFollow: async () => {
      const seen = mark()
      return { mark: seen, mailings: behind.all(seen).map(mailingFromRow) }
    },
    noteFollowed: ({ id, plan }, seen, before) =>
      write(() => {
        const values = { id, seen: seen ?? -1, plan: JSON.stringify(plan), before: before && JSON.stringify(before) }
        return note.run(values).changes > 0
      }),
  }
}
