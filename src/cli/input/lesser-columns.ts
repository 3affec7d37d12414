// Headings that are fields only where no other heading is, and those that look like one and are not known.
import { Fixable } from '../../domain/errors.ts'
import type { Column, Field } from '../../domain/recipient.ts'
import { FIELD_NAMES, headerKey, knownField, LESSER_KEYS, lesserField } from './header-names.ts'
import { quoted } from './quoted.ts'

/** Of these a firm may have several, and it does no harm which one is taken; of phones and codes the operator says which. */
const ANY_WILL_DO: readonly (Field | null)[] = ['name', 'contactPerson', 'address', 'tags']

/** The columns that stay attributes, because another column is what their heading says; `taken`: fields that --map names. */
export const lesserColumns = (header: readonly string[], taken: ReadonlySet<string>): ReadonlySet<number> => {
  const fields = header.map((name) => ({ known: knownField(name), lesser: lesserField(name) }))
  const isSaid = (field: Field): boolean =>
    taken.has(FIELD_NAMES[field]) || fields.some(({ known, lesser }) => known === field && lesser === null)
  const first = (field: Field): number =>
    fields
      .flatMap(({ lesser }, at) => (lesser === field ? [at] : []))
      .toSorted((a, b) => orderOf(header[a] ?? '') - orderOf(header[b] ?? ''))[0] ?? -1
  return new Set(
    fields.flatMap(({ lesser }, at) => {
      if (lesser === null) return []
      return isSaid(lesser) || (ANY_WILL_DO.includes(lesser) && first(lesser) !== at) ? [at] : []
    }),
  )
}

/** What is only a known heading with its owner behind it comes first. */
const orderOf = (name: string): number => LESSER_KEYS.indexOf(headerKey(name))

const LOOKS_LIKE: readonly (readonly [field: Field, pattern: RegExp])[] = [
  [
    'name',
    /^(?:first|last|sur|given|family|full|display|customer|client|supplier|company|firm|vendor|partner|person)[\s_.-]*names?$|(?<!\p{L})(?:наименование|название|фио|имя|фамилия|контрагент|фирма|организация|компания|клиент|поставщик|покупатель|заказчик)(?!\p{L})/iu,
  ],
  ['email', /e-?mail|(?<!\p{L})почта(?!\p{L})/iu],
  ['address', /(?<!\p{L})адрес(?!\p{L})|^(?:street|postal|mailing|billing|legal)[\s_.-]*address$/iu],
]

/** A heading that looks like what no column is: as an attribute it would be kept, and texts would begin with ", !". */
export const refuseUnknownNames = (
  header: readonly string[],
  columns: readonly Column[],
  mapped: ReadonlyMap<number, Column>,
  file: string,
): void => {
  for (const [field, pattern] of LOOKS_LIKE) {
    if (columns.some((column) => column.kind === 'field' && column.field === field)) continue
    const at = columns.findIndex(
      (column, i) => column.kind === 'attribute' && !mapped.has(i) && pattern.test(header[i] ?? ''),
    )
    if (at < 0) continue
    const [name, called] = [quoted(header[at] ?? ''), FIELD_NAMES[field]]
    throw new Fixable(
      'input',
      `${file}: the column ${name} looks like the ${called} of people, and no other column is`,
      `Say what it is: --map ${called}=${name}. It is only an attribute: --map ${name}=${name}`,
    )
  }
}
