// What the address book says of a recipient, and what differs between two such. Apart from how it is written: that knows all phones
// of the world, and every start of run-due reads the store, which needs only this.
import type { Field, RecipientDraft } from './recipient.ts'

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
