// What stands in mailings, as programs read it. Names are only ever added.
import type { ToldTrouble } from '../../flow/mailing-troubles.ts'

export const troubleJson = ({ mailing, kind, count, why, commonest, help }: ToldTrouble) => ({
  mailing: String(mailing.id),
  name: mailing.name,
  kind,
  count,
  reason: commonest?.reason ?? why,
  ofThisReason: commonest?.count ?? null,
  help,
})
