// A recipient as programs read it. Names are only ever added.
import { isoUtc } from '../../domain/local-time.ts'
import type { Recipient, RecipientMessage, RecordedAct } from '../../store/address-book-store.ts'

export const recipientJson = (recipient: Recipient) => ({
  id: String(recipient.id),
  externalId: recipient.externalId,
  phone: recipient.phone,
  email: recipient.email,
  operatorCode: recipient.operatorCode,
  name: recipient.name,
  contactPerson: recipient.contactPerson,
  taxNumber: recipient.taxNumber,
  address: recipient.address,
  district: recipient.district,
  zone: recipient.zone,
  zoneNow: recipient.zoneNow,
  tags: recipient.tags,
  unsubscribed: recipient.unsubscribed,
  unsubscribedByAdmin: recipient.unsubscribedByAdmin,
  blocked: recipient.blocked,
  blockedPhone: recipient.blockedPhone,
  blockedEmail: recipient.blockedEmail,
  attributes: recipient.attributes,
  createdAt: isoUtc(recipient.createdAt),
  updatedAt: isoUtc(recipient.updatedAt),
})

type RecipientJson = ReturnType<typeof recipientJson>

/** In the order of the columns of --plain. */
export const RECIPIENT_KEYS = [
  'id',
  'externalId',
  'phone',
  'email',
  'operatorCode',
  'name',
  'contactPerson',
  'taxNumber',
  'address',
  'district',
  'zone',
  'zoneNow',
  'tags',
  'unsubscribed',
  'unsubscribedByAdmin',
  'blocked',
  'attributes',
  'createdAt',
  'updatedAt',
  'blockedPhone',
  'blockedEmail',
] as const satisfies readonly (keyof RecipientJson)[]

/** Tags with commas between them, attributes as JSON. */
export const plainRecipient = (
  json: RecipientJson,
): Readonly<Record<keyof RecipientJson, string | boolean | null>> => ({
  ...json,
  tags: json.tags.join(','),
  attributes: Object.keys(json.attributes).length === 0 ? null : JSON.stringify(json.attributes),
})

export const recipientMessageJson = (message: RecipientMessage) => ({
  id: String(message.id),
  mailing: String(message.mailingId),
  mailingName: message.mailing,
  state: message.state,
  reason: message.reason,
  zone: message.zone,
  sendAt: isoUtc(message.sendAt),
  settledAt: message.settledAt === null ? null : isoUtc(message.settledAt),
})

export const actJson = ({ at, who, what, why, detail }: RecordedAct) => {
  const known: unknown = detail === null ? null : JSON.parse(detail)
  return { at: isoUtc(at), who, what, why, detail: known }
}
