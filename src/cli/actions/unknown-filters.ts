// A tag or a district that nobody has: most often a slip of the finger, by which others are written to than were meant.
import type { App } from '../../app.ts'
import type { Audience } from '../../domain/mailing.ts'
import { nearest } from '../../domain/nearest.ts'
import { visible } from '../../domain/visible.ts'
import { districtKey } from '../../domain/zone.ts'
import { type Cli, type CommonOptions, print } from '../cli.ts'

/** Warns of each, with the nearest that is there; whether nobody is left to write to is told by the plan. */
export const warnOfUnknownFilters = async (
  cli: Cli,
  { store }: Pick<App, 'store'>,
  options: CommonOptions,
  audience: Pick<Audience, 'tags' | 'notTags' | 'districts'>,
): Promise<void> => {
  if (options.quiet === true) return
  const tags = [...audience.tags, ...audience.notTags]
  const warnings = [
    ...(tags.length === 0 ? [] : unknownOf('tag', tags, namesByThemselves(await store.usedTags()))),
    ...(audience.districts.length === 0
      ? []
      : unknownOf('district', audience.districts, namesByKey(await store.listDistricts()))),
  ]
  for (const warning of warnings) print(cli.err, `Warning: ${warning}`)
}

/** What is asked for -> how it is written. */
type Names = ReadonlyMap<string, string>

const namesByThemselves = (names: readonly string[]): Names => new Map(names.map((name) => [name, name] as const))

const namesByKey = (districts: readonly { readonly name: string; readonly otherNames: readonly string[] }[]): Names =>
  new Map(
    districts.flatMap(({ name, otherNames }) =>
      [districtKey(name), name.toLowerCase(), ...otherNames].map((key) => [key, name] as const),
    ),
  )

const unknownOf = (kind: 'tag' | 'district', wanted: readonly string[], known: Names): readonly string[] =>
  [...new Set(wanted)]
    .filter((name) => !known.has(name))
    .map((name) => {
      const near = known.get(nearest(name, known.keys()) ?? '')
      const what = kind === 'tag' ? `nobody has the tag "${visible(name)}"` : `there is no district "${visible(name)}"`
      return near === undefined ? `${what}.` : `${what}. Did you mean "${visible(near)}"?`
    })
