// A recipient as an operator writes one by hand: added whole, or changed in some of its fields. The rules are those of an import.

import { type Column, type ParsedRecipient, recipientParser } from './recipient.ts'
import { type RecipientContent, WRITTEN_FIELDS } from './recipient-content.ts'
import { districtKey } from './zone.ts'

export type WrittenField = (typeof WRITTEN_FIELDS)[number]

/** As it is written; what is not mentioned stays as it is. */
export interface WrittenRecipient {
  readonly fields: Readonly<Partial<Record<WrittenField, string>>>
  /** To be added to those that are there. */
  readonly tags: readonly string[]
  /** A blank value takes the attribute away. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
}

/** Checks what is written; `part`: of a recipient that is there. Fails with Fixable('config') for an unknown country. */
export const parseWritten = (written: WrittenRecipient, country: string, extent: 'whole' | 'part'): ParsedRecipient => {
  const fields = WRITTEN_FIELDS.filter((field) => written.fields[field] !== undefined)
  const columns: readonly Column[] = [
    ...fields.map((field) => ({ kind: 'field', field }) as const),
    { kind: 'field', field: 'tags' },
    ...written.attributes.map(({ name }) => ({ kind: 'attribute', name }) as const),
  ]
  const cells = [
    ...fields.map((field) => written.fields[field] ?? ''),
    written.tags.join(','),
    ...written.attributes.map(({ value }) => value),
  ]
  return recipientParser(columns, country, extent)(cells)
}

export type ClearedField = WrittenField | 'tags' | 'attributes'

export interface RecipientChange {
  /** null: stays as it is. Tags and attributes are added to what is there. */
  readonly set: RecipientContent
  readonly clear: readonly ClearedField[]
  /** Attributes that go. */
  readonly dropped: readonly string[]
}

export const changeContent = (before: RecipientContent, { set, clear, dropped }: RecipientChange): RecipientContent => {
  const next = <F extends WrittenField>(field: F): RecipientContent[F] =>
    set[field] ?? (clear.includes(field) ? null : before[field])
  const tags = clear.includes('tags') ? [] : before.tags
  const attributes = Object.entries(clear.includes('attributes') ? {} : before.attributes)
  const phone = next('phone')
  return {
    externalId: next('externalId'),
    phone,
    email: next('email'),
    operatorCode: phone === null ? null : (set.operatorCode ?? (set.phone === null ? before.operatorCode : null)),
    name: next('name'),
    contactPerson: next('contactPerson'),
    taxNumber: next('taxNumber'),
    address: next('address'),
    district: sameDistrict(before.district, next('district')) ? before.district : next('district'),
    zone: next('zone'),
    tags: [...new Set([...tags, ...set.tags])],
    attributes: Object.fromEntries([
      ...attributes.filter(([name]) => !dropped.includes(name)),
      ...Object.entries(set.attributes),
    ]),
  }
}

const sameDistrict = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && districtKey(one) === districtKey(other))
