// Several reads as one: all of them from one snapshot, so that they add up while others write; nobody waits for it.
import type { Connection } from './connection.ts'

export const inOneView = <Asked extends unknown[], Answer>(
  { db }: Pick<Connection, 'db'>,
  read: (...asked: Asked) => Answer,
): ((...asked: Asked) => Promise<Answer>) => {
  const transaction = db.transaction(read)
  return async (...asked) => transaction.deferred(...asked)
}
