// The address book.
import type { Clock } from '../../clock.ts'
import type { RecipientStore } from '../recipient-store.ts'
import type { Connection } from './connection.ts'
import { stageRecipients } from './staged-recipients.ts'

export const recipientStore = (connection: Connection, clock: Clock): RecipientStore => ({
  stageRecipients: async (onConflict = 'update') => stageRecipients(connection, clock, onConflict),

  attributeNames: async () =>
    connection.db.prepare<[], string>('select name from attribute_names order by name').pluck().all(),

  countRecipients: async () => Number(connection.db.prepare('select count(*) from recipients').pluck().get()),
})
