// The address book.
import type { Clock } from '../../clock.ts'
import type { Identity, RecipientStore } from '../recipient-store.ts'
import { addressHash, forgetRemoval } from './address-hash.ts'
import type { Connection } from './connection.ts'
import { stageRecipients } from './staged-recipients.ts'

const KNOWN = `select 1 from recipients where external_id = @externalId
  union all select 1 from recipients where phone = @phone union all select 1 from recipients where email = @email limit 1`

export const recipientStore = (connection: Connection, clock: Clock): RecipientStore => ({
  stageRecipients: async ({ onConflict = 'update', onSharedPhone = 'reject' } = {}) =>
    stageRecipients(connection, clock, { onConflict, onSharedPhone }),

  attributeNames: async () =>
    connection.db.prepare<[], string>('select name from attribute_names order by name').pluck().all(),

  removedPeople: async () => {
    const { db } = connection
    const removed = new Set(db.prepare<[], string>('select hash from removed_addresses').pluck().all())
    if (removed.size === 0) return null
    const hash = addressHash(db)
    const isRemoved = (address: string | null): boolean => address !== null && removed.has(hash(address))
    const known = db.prepare<Identity>(KNOWN) // somebody else may have the same phone, and is kept by imports as before
    return (record) => (isRemoved(record.phone) || isRemoved(record.email)) && known.get(record) === undefined
  },

  takeBackRemoved: (addresses) => connection.write(() => forgetRemoval(connection.db, addresses)),

  usedTags: async () =>
    connection.db.prepare<[], string>('select distinct tag from recipient_tags order by tag').pluck().all(),

  countRecipients: async () => Number(connection.db.prepare('select count(*) from recipients').pluck().get()),
})
