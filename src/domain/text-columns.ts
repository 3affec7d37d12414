// The columns of a recipient, by the names that they have in a text.
import type { RecipientColumn } from './message.ts'

/** What each variable of a text says; every other name is an attribute. */
const COLUMN_OF: Readonly<Record<string, Exclude<RecipientColumn, 'attributes'>>> = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  contact_person: 'contactPerson',
  inn: 'taxNumber',
  tax_number: 'taxNumber',
  address: 'address',
  district: 'district',
  zone: 'zone',
  operator_code: 'operatorCode',
  external_id: 'externalId',
  id: 'externalId',
}

/** The columns of a recipient by the names they have in a text; attributes have their own. */
export const TEXT_COLUMNS: readonly string[] = Object.keys(COLUMN_OF)

/** Where the value of a variable stands. */
export const columnOf = (variable: string): RecipientColumn =>
  Object.hasOwn(COLUMN_OF, variable) ? (COLUMN_OF[variable] ?? 'attributes') : 'attributes'
