// Addresses of people who were removed, as they are kept.
import type { Database } from 'better-sqlite3'
import { removedAddressHash } from '../../domain/removed-address.ts'

export const addressHash = (db: Database): ((address: string) => string) => {
  const installationId = db.prepare<[], string>('select id from installation').pluck().get() ?? ''
  return (address) => removedAddressHash(installationId, address)
}

/** They are in the address book again, by the word of an operator. */
export const forgetRemoval = (db: Database, addresses: readonly (string | null)[]): void => {
  if (db.prepare('select 1 from removed_addresses limit 1').get() === undefined) return
  const forget = db.prepare('delete from removed_addresses where hash = ?')
  const hash = addressHash(db)
  for (const address of addresses) if (address !== null) forget.run(hash(address))
}
