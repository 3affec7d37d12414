// Which parts of a schema an answer shows: an array that is always empty, an object that is always null, proves nothing.

export interface Part {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly Part[]
  readonly items?: Part
  readonly properties?: Readonly<Record<string, Part>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Part
}

type Defs = Readonly<Record<string, Part>>

/** A part that has a name of its own is one part, wherever it stands. */
const named = (part: Part, place: string, defs: Defs): readonly [Part, string] => {
  const name = part.$ref?.replace('#/$defs/', '')
  return name === undefined ? [part, place] : [defs[name] ?? {}, `#${name}`]
}

/** Places such as 'schedule.zones[]', of everything that is in parts itself. */
export const partsOf = (schema: Part, defs: Defs, place: string): readonly string[] => {
  const [{ anyOf = [], items, properties = {}, additionalProperties }, here] = named(schema, place, defs)
  const branches = anyOf.flatMap((branch, i) => partsOf(branch, defs, branchOf(here, i)))
  const elements = items === undefined ? [] : [`${here}[]`, ...partsOf(items, defs, `${here}[]`)]
  const values =
    additionalProperties === undefined ? [] : [`${here}{}`, ...partsOf(additionalProperties, defs, `${here}{}`)]
  const inner = Object.entries(properties).flatMap(([name, part]) => partsOf(part, defs, `${here}.${name}`))
  return [...branches, ...elements, ...values, ...(inner.length > 0 ? [here] : []), ...inner]
}

/** Of these places, those that this answer shows. */
export const shownBy = (value: unknown, schema: Part, defs: Defs, place: string): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  const [{ anyOf = [], items, properties = {}, additionalProperties }, here] = named(schema, place, defs)
  const i = anyOf.findIndex((branch) => fits(named(branch, '', defs)[0], value))
  const branches = (i < 0 ? [] : anyOf.slice(i, i + 1)).flatMap((branch) =>
    shownBy(value, branch, defs, branchOf(here, i)),
  )
  const within = (part: Part, inside: string) => {
    const inner = Object.values(value).flatMap((each) => shownBy(each, part, defs, inside))
    return Object.keys(value).length === 0 ? [] : [inside, ...inner]
  }
  const elements = items === undefined ? [] : within(items, `${here}[]`)
  const values = additionalProperties === undefined ? [] : within(additionalProperties, `${here}{}`)
  const fields = new Map<string, unknown>(Object.entries(value))
  const inner = Object.entries(properties).flatMap(([name, part]) =>
    shownBy(fields.get(name), part, defs, `${here}.${name}`),
  )
  return [here, ...branches, ...elements, ...values, ...inner]
}

const branchOf = (place: string, i: number): string => (i <= 0 ? place : `${place}|${i}`)

/** Whether the object is an answer of this branch. */
const fits = ({ type, required = [] }: Part, value: object): boolean =>
  type === 'object' && required.every((name) => Object.hasOwn(value, name))
