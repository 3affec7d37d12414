// A recipient as the cells of a table: the columns that an import knows, and one for each attribute.
import { WRITTEN_FIELDS } from '../../domain/recipient-content.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { EXPORT_COLUMNS } from '../input/header-names.ts'

/** Where the phone stands: a cell that we wrote ourselves, and never a formula. */
export const PHONE_CELL = EXPORT_COLUMNS.indexOf('phone')

export const headerOf = (attributes: readonly string[]): readonly string[] => [...EXPORT_COLUMNS, ...attributes]

/** In the order of EXPORT_COLUMNS. */
export const cellsOf = (recipient: Recipient, attributes: readonly string[]): readonly string[] => [
  ...WRITTEN_FIELDS.map((field) => recipient[field] ?? ''),
  recipient.tags.join(','),
  recipient.unsubscribed ? 'yes' : '',
  recipient.unsubscribedByAdmin ? 'yes' : '',
  recipient.operatorCode ?? '',
  ...attributes.map((name) => (Object.hasOwn(recipient.attributes, name) ? (recipient.attributes[name] ?? '') : '')),
]
