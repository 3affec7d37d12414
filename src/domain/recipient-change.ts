// A recipient as an operator writes one by hand: added whole, or changed in some of its fields. The rules are those of an import.
import { type Column, type Field, type ParsedRecipient, type RecipientDraft, recipientParser } from './recipient.ts'
import { districtKey } from './zone.ts'

/** What the address book says of a recipient, consent apart: that has sentences of its own. */
export type RecipientContent = Omit<RecipientDraft, 'unsubscribed' | 'unsubscribedByAdmin'>

/** Fields that an operator writes as text. */
export const WRITTEN_FIELDS = [
  'externalId',
  'phone',
  'email',
  'name',
  'contactPerson',
  'taxNumber',
  'address',
  'district',
  'zone',
] as const satisfies readonly Field[]

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

/** Fields whose value differs, each with both as text; an attribute under its own name. */
export const differences = (
  before: RecipientContent,
  after: RecipientContent,
): readonly { readonly field: string; readonly before: string; readonly after: string }[] => {
  const pairs = [
    ...[...WRITTEN_FIELDS, 'operatorCode' as const].map(
      (field) => [field, before[field] ?? '', after[field] ?? ''] as const,
    ),
    ['tags', tagsText(before), tagsText(after)] as const,
    ...attributeNames(before, after).map(
      (name) => [name, attributeOf(before, name), attributeOf(after, name)] as const,
    ),
  ]
  return pairs.flatMap(([field, old, now]) => (old === now ? [] : [{ field, before: old, after: now }]))
}

const tagsText = ({ tags }: RecipientContent): string => tags.toSorted().join(', ')

/** Every object has a `constructor`, which is no attribute. */
const attributeOf = ({ attributes }: RecipientContent, name: string): string =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? '') : ''

const attributeNames = (...contents: readonly RecipientContent[]): readonly string[] => [
  ...new Set(contents.flatMap(({ attributes }) => Object.keys(attributes))),
]
