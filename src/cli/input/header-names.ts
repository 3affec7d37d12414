// The usual names of columns, in English and Russian. Compared without case, spaces, underscores, dots and dashes; ё = е.
import { consentHeading } from '../../domain/consent.ts'
import { FIELDS, type Field } from '../../domain/recipient.ts'
import { withoutUnseen } from '../../domain/unseen.ts'

/** What a column of this name holds; 'ignored': what is derived anyway, and what an earlier import added. null: not known. */
export const knownField = (name: string): Field | 'ignored' | null =>
  FIELD_BY_KEY.get(headerKey(name)) ?? CONSENT_FIELDS[consentHeading(name) ?? 'unclear'] ?? lesserField(name)

/** What a column of this name holds where no other column does: accounting has several names and addresses of one firm. */
export const lesserField = (name: string): Field | null => {
  const key = headerKey(name)
  const known = LESSER_BY_KEY.get(key) ?? FIELD_BY_KEY.get(key.replace(OF_WHOM, '')) ?? null
  return known === 'ignored' || FIELD_BY_KEY.has(key) ? null : known
}

/** Телефон контрагента, ИНН клиента. */
const OF_WHOM = /(?<=.)(?:контрагента|клиента|поставщика|покупателя|заказчика|партнера|организации|фирмы)$/

const CONSENT_FIELDS = { refusal: 'unsubscribed', permission: 'subscribed', unclear: null } as const

/** Two headers with one key are one name. */
export const headerKey = (name: string): string =>
  withoutUnseen(name)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s_.\u2010-\u2015*:-]+/g, '')

/** How a field is called in --map and in words to the operator. */
export const FIELD_NAMES: Readonly<Record<Field, string>> = {
  externalId: 'external_id',
  phone: 'phone',
  email: 'email',
  name: 'name',
  contactPerson: 'contact_person',
  taxNumber: 'inn',
  address: 'address',
  district: 'district',
  districtId: 'district_id',
  zone: 'zone',
  tags: 'tag',
  unsubscribed: 'unsubscribed',
  unsubscribedByAdmin: 'unsubscribed_by_admin',
  subscribed: 'subscribed',
}

/** Columns that the reject file adds: the file can be imported again once it is mended. */
export const REJECT_COLUMNS = ['rejected_line', 'rejected_reason'] as const

/** Columns of an export, in this order; behind them one for each attribute, whatever it is called. */
export const EXPORT_COLUMNS = [
  ...FIELDS.filter((field) => field !== 'districtId' && field !== 'subscribed').map((field) => FIELD_NAMES[field]),
  'operator_code',
]

/** A table that `notify recipients export` wrote: what its attributes are called is nothing to guess about. */
export const isExport = (header: readonly string[]): boolean => EXPORT_COLUMNS.every((name, i) => header[i] === name)

const NAMES: Readonly<Record<Field | 'ignored', string>> = {
  externalId: `external_id, id, code, supplier_id, client_id, user_id,
    код, ид, идентификатор, внешний код, внешний ид, внешний id, код поставщика, код клиента`,
  phone: `phone, phones, phone_number, mobile, mobile_phone, mobile_number, cell, cell_phone, tel, telephone, msisdn,
    телефон, телефоны, тел, номер телефона, контактный телефон, мобильный, мобильный телефон, моб, моб тел, моб телефон,
    сотовый, сотовый телефон`,
  email: `email, e-mail, email_address, mail,
    почта, эл почта, электронная почта, эл адрес, электронный адрес, адрес эл почты, адрес электронной почты, имейл`,
  name: `name, full_name, company, company_name, organization, organisation, supplier, supplier_name, client, client_name,
    наименование, название, фио, имя, организация, компания, поставщик, клиент, наименование организации,
    название организации, наименование поставщика, наименование клиента, полное наименование, полное имя`,
  contactPerson: `contact_person, contact, contact_name,
    контактное лицо, контакт, конт лицо, представитель, ответственный, фио контактного лица`,
  taxNumber: 'inn, tax_number, tax_id, itn, инн',
  address: 'address, адрес',
  district: `district, region, state, province, federal_subject,
    область, регион, район, край, округ, субъект, субъект рф, субъект федерации`,
  districtId: 'district_id, region_id, код области, код региона, ид области, ид региона, id области, id региона',
  zone: 'zone, time_zone, tz, часовой пояс, пояс, часовая зона, временная зона, таймзона',
  tags: 'tag, tags, label, labels, тег, теги, тэг, тэги, метка, метки',
  unsubscribed: 'unsubscribed',
  subscribed: 'subscribed', // and what else headings say of consent: src/domain/consent.ts
  unsubscribedByAdmin: `unsubscribed_by_admin, subscription_admin, subscription_cancelled_by_admin,
    отписан администратором, отключен администратором, отписан админом`,
  ignored: `operator_code, mobile_operator_code, код оператора, код мобильного оператора, ${REJECT_COLUMNS.join(', ')}`,
}

/** Of several that a table has, the first of these is taken. */
const LESSER: Partial<Readonly<Record<Field, string>>> = {
  externalId: 'код 1с, код в 1с',
  phone: 'основной телефон, телефон основной, рабочий телефон, телефон рабочий, служебный телефон',
  name: `контрагент, фирма, название фирмы, партнер, покупатель, заказчик, краткое наименование, наименование полное,
    юридическое лицо, юр лицо, предприятие`,
  contactPerson: 'основное контактное лицо',
  address: `юридический адрес, юр адрес, адрес юридический, фактический адрес, факт адрес, адрес фактический, почтовый адрес,
    адрес почтовый, адрес доставки, адрес регистрации`,
  tags: 'группа, группы, группа контрагентов',
}

const KNOWN = [...FIELDS, 'ignored'] as const

const FIELD_BY_KEY: ReadonlyMap<string, Field | 'ignored'> = new Map(
  KNOWN.flatMap((field) => NAMES[field].split(',').map((name) => [headerKey(name), field] as const)),
)

const LESSER_BY_KEY: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) => (LESSER[field] ?? '').split(',').map((name) => [headerKey(name), field] as const)).filter(
    ([key]) => key !== '',
  ),
)

/** The headings that are taken only where no other says the same, the first one before. */
export const LESSER_KEYS: readonly string[] = [...LESSER_BY_KEY.keys()]
