// Two columns under one heading: one column where they say the same; else the operator says which is meant.
import { Fixable } from '../../domain/errors.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import type { Mapping } from './columns.ts'
import { headerKey, isExport } from './header-names.ts'
import { quoted } from './quoted.ts'

export interface Twin {
  readonly first: number
  readonly second: number
}

/** How --map calls the column at this place: where it is the second of that heading, with its number behind. */
export const headingKeys = (header: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>()
  return header.map((name) => {
    const key = headerKey(name)
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 || key === '' ? key : headerKey(`${name} (${times})`)
  })
}

/** Columns that are to say what the first of their heading says. One that --map names, or whose first it names, is a column of its own. */
export const twinsOf = (header: readonly string[], mappings: readonly Mapping[]): readonly Twin[] => {
  if (mappings.length === 0 && isExport(header)) return []
  const wanted = new Set(mappings.map((mapping) => headerKey(mapping.header)))
  const keys = headingKeys(header)
  const firsts = new Map<string, number>()
  return header.flatMap((name, second) => {
    const key = headerKey(name)
    const first = firsts.get(key)
    if (key === '' || first === undefined) {
      firsts.set(key, second)
      return []
    }
    return wanted.has(keys[second] ?? '') ? [] : [{ first, second }]
  })
}

/** The same records, held against what their twins say. Reading fails with Fixable('input') at the first that differs. */
export const withoutTwins = (
  records: AsyncIterable<readonly RawRecord[]>,
  header: readonly string[],
  mappings: readonly Mapping[],
  file: string,
): AsyncIterable<readonly RawRecord[]> => {
  const twins = twinsOf(header, mappings).filter(({ first }) => !isMapped(header[first] ?? '', mappings))
  if (twins.length === 0) return records
  const compared = async function* (): AsyncGenerator<readonly RawRecord[]> {
    for await (const batch of records) {
      for (const { line, cells } of batch) {
        const differing = twins.find(({ first, second }) => differ(cells[first], cells[second]))
        if (differing !== undefined) throw unlike(header, differing, line, file)
      }
      yield batch
    }
  }
  return compared()
}

const isMapped = (name: string, mappings: readonly Mapping[]): boolean =>
  mappings.some(({ header }) => headerKey(header) === headerKey(name))

/** A second one that is blank says nothing else. */
const differ = (first = '', second = ''): boolean => second.trim() !== '' && first.trim() !== second.trim()

const unlike = (header: readonly string[], { first, second }: Twin, line: number, file: string): Fixable => {
  const name = header[first] ?? ''
  const times = header.slice(0, second + 1).filter((each) => headerKey(each) === headerKey(name)).length
  return new Fixable(
    'input',
    `${file} has the column ${quoted(name)} twice, column ${first + 1} and column ${second + 1}, and line ${line} says different things in them`,
    `Say which is meant: --map phone=${quoted(name)} or --map phone=${quoted(`${name} (${times})`)}.`,
  )
}
