// A recipient: parse a raw record, or say what is wrong with it.
import { attributesOf, parseTags } from './cell.ts'
import { parsePermission, parseRefusal } from './consent.ts'
import { parseEmail } from './email.ts'
import { operatorCode, phoneParser } from './phone.ts'
import { sizeFault } from './row-size.ts'
import { isDamaged, withoutUnseen } from './unseen.ts'
import { parseZone } from './zone.ts'

/** A checked record, ready to be saved. null: the record says nothing, what is known stays. */
export interface RecipientDraft {
  readonly externalId: string | null
  readonly phone: string | null // E.164, with the plus
  readonly email: string | null
  readonly operatorCode: string | null
  readonly name: string | null
  readonly contactPerson: string | null
  readonly taxNumber: string | null
  readonly address: string | null
  /** As written, trimmed; the store finds it by districtKey (src/domain/zone.ts). */
  readonly district: string | null
  /** The operator's own number of that district, where the record names both: another name of it. */
  readonly districtId?: string | null
  readonly zone: string | null // canonical
  readonly tags: readonly string[]
  readonly unsubscribed: boolean
  readonly unsubscribedByAdmin: boolean
  readonly attributes: Readonly<Record<string, string>>
}

/** What a column of a table can say about a recipient. */
export const FIELDS = [
  'externalId',
  'phone',
  'email',
  'name',
  'contactPerson',
  'taxNumber',
  'address',
  'district',
  'districtId', // the operator's own number of a district; read where the row names no district
  'zone',
  'tags',
  'unsubscribed',
  'unsubscribedByAdmin',
  'subscribed', // the same consent said the other way round: no is unsubscribed
] as const

export type Field = (typeof FIELDS)[number]

/** What the cells of one column become: a field, an attribute under this name, or nothing. */
export type Column =
  | { readonly kind: 'field'; readonly field: Field }
  /** `isMeant`: the operator said that it is one, whatever its cells may say of consent. */
  | { readonly kind: 'attribute'; readonly name: string; readonly isMeant?: true }
  | { readonly kind: 'ignored' }

export type ParsedRecipient =
  | { readonly ok: true; readonly draft: RecipientDraft }
  | { readonly ok: false; readonly reason: string }

/**
 * How the records of a table with these columns are read; `country`: of phones written without one. `part`: a record that says
 * only what is to change, so that it may name no address.
 * Each field stands in one column at most. Fails with Fixable('config') for an unknown country.
 */
export const recipientParser = (
  columns: readonly Column[],
  country: string,
  extent: 'whole' | 'part' = 'whole',
): ((cells: readonly string[]) => ParsedRecipient) => {
  const parsePhone = phoneParser(country)
  const places = new Map(columns.flatMap((column, i) => (column.kind === 'field' ? [[column.field, i]] : [])))
  const attributes = columns.flatMap((column, i) => (column.kind === 'attribute' ? [[i, column.name] as const] : []))

  return (cells) => {
    const fault = shapeFault(cells, columns)
    if (fault !== null) return { ok: false, reason: fault }
    const text: Cells = (field) => seenIn(cells[places.get(field) ?? -1])
    const contact = parseContact(text, parsePhone, extent)
    if (typeof contact === 'string') return { ok: false, reason: shortFault(contact, cells, columns) }
    const rules = parseRules(text, places.has('subscribed'))
    if (typeof rules === 'string') return { ok: false, reason: rules }
    const draft = {
      // written out: with spreads a record takes three times as long
      externalId: text('externalId'),
      phone: contact.phone,
      email: contact.email,
      operatorCode: contact.operatorCode,
      name: text('name'),
      contactPerson: text('contactPerson'),
      taxNumber: text('taxNumber'),
      address: text('address'),
      district: text('district') ?? text('districtId'),
      districtId: text('district') === null ? null : text('districtId'),
      zone: rules.zone,
      tags: parseTags(text('tags')),
      unsubscribed: rules.unsubscribed,
      unsubscribedByAdmin: rules.unsubscribedByAdmin,
      attributes: attributesOf(cells, attributes, contact.phones),
    }
    return { ok: true, draft }
  }
}

/** The text of a field in one record, trimmed; null: blank, or there is no such column. */
type Cells = (field: Field) => string | null

const seenIn = (cell: string | undefined): string | null =>
  cell === undefined ? null : withoutUnseen(cell).trim() || null

/** A row that ends early has blank cells at its end, as Excel leaves them out; what stands beyond the header must be blank. */
const shapeFault = (cells: readonly string[], columns: readonly Column[]): string | null => {
  if (cells.length > columns.length && !cells.slice(columns.length).every(isBlankCell))
    return wrongLength(cells, columns)
  const harmful = cells.findIndex((cell) => HARMFUL.test(cell))
  if (harmful >= 0) {
    if (cells.some((cell) => cell.includes('\0'))) return 'the row has a NUL character'
    const at = cells.findIndex((cell, i) => isDamaged(cell) && (columns[i]?.kind ?? 'ignored') !== 'ignored')
    if (at >= 0) return `letters of "${wordOf(columns[at])}" are lost (\ufffd stands for them)`
  }
  return sizeFault(cells, (at) => wordOf(columns[at]))
}

const HARMFUL = /[\0\ufffd]/
const isBlankCell = (cell: string): boolean => cell.trim() === ''

const wrongLength = (cells: readonly string[], columns: readonly Column[]): string =>
  `the row has ${cells.length} cell${cells.length === 1 ? '' : 's'}, the header has ${columns.length}`

/** A row without an address that ends early has lost it with its end. */
const shortFault = (reason: string, cells: readonly string[], columns: readonly Column[]): string =>
  reason === NO_ADDRESS && cells.length < columns.length ? wrongLength(cells, columns) : reason

const NO_ADDRESS = 'the row has neither a phone nor an e-mail'

const wordOf = (column: Column | undefined): string => {
  if (column === undefined || column.kind === 'ignored') return 'a column that is not read'
  return column.kind === 'field' ? column.field : column.name
}

interface Contact extends Pick<RecipientDraft, 'phone' | 'email' | 'operatorCode'> {
  /** The whole phone cell, where it says more than the one number. */
  readonly phones: string | null
}

/** Where somebody can be reached, or the reason why it cannot be said. */
const parseContact = (
  text: Cells,
  parsePhone: ReturnType<typeof phoneParser>,
  extent: 'whole' | 'part',
): Contact | string => {
  const phoneCell = text('phone')
  const emailCell = text('email')
  if (phoneCell === null && emailCell === null && extent === 'whole') return NO_ADDRESS
  const parsedEmail = emailCell === null ? NO_EMAIL : parseEmail(emailCell)
  if (!parsedEmail.ok) return parsedEmail.reason
  const { email } = parsedEmail
  if (phoneCell === null) return { phone: null, operatorCode: null, phones: null, email }
  const parsedPhone = parsePhone(phoneCell)
  if (!parsedPhone.ok) return parsedPhone.reason
  const { phone, more } = parsedPhone
  return { phone, operatorCode: operatorCode(phone), phones: more === 'nothing' ? null : phoneCell, email }
}

const NO_EMAIL = { ok: true, email: null } as const

/** When and whether somebody may be written to, or the reason why it cannot be said. */
const parseRules = (
  text: Cells,
  hasSubscribed: boolean,
): Pick<RecipientDraft, 'zone' | 'unsubscribed' | 'unsubscribedByAdmin'> | string => {
  const zoneCell = text('zone')
  const zone = zoneCell === null ? null : parseZone(zoneCell)
  if (zone?.ok === false) return zone.reason
  const refused = parseRefusal(text('unsubscribed'))
  const unsubscribedByAdmin = parseRefusal(text('unsubscribedByAdmin'))
  const subscribed = hasSubscribed ? parsePermission(text('subscribed')) : true
  // consent is nothing to guess about
  if (refused === null || unsubscribedByAdmin === null) return 'whether they unsubscribed is neither yes nor no'
  if (subscribed === null) return 'whether they subscribed is neither yes nor no'
  const unsubscribed = refused || !subscribed
  return { zone: zone?.zone ?? null, unsubscribed, unsubscribedByAdmin }
}
