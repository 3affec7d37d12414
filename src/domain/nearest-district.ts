// The district that somebody meant.
import { nearest } from './nearest.ts'
import { districtKey } from './zone.ts'

/**
 * What a district is called by its code at the tax service. The bare number is no name of it: in a table of zones of one's own,
 * 28 is another district.
 */
export const codeName = (code: string): string => `код ${code}`

/** One letter in eight may be a slip, none in a short name: Тула and Тува are one letter and four hours apart. */
const slipsIn = (key: string): number =>
  key.length < 5 || /\d/.test(key) ? 0 : Math.max(1, Math.floor(key.length / 8))

/** The name of the nearest one, null: none is near. Compared as districts are found: "область" and its like say nothing. */
export const nearestDistrict = (
  wanted: string,
  districts: readonly { readonly name: string; readonly otherNames: readonly string[] }[],
): string | null => {
  const byKey = new Map(
    districts.flatMap(({ name, otherNames }) => [districtKey(name), ...otherNames].map((key) => [key, name] as const)),
  )
  const key = districtKey(/^\d\d$/.test(wanted.trim()) ? codeName(wanted.trim()) : wanted)
  return byKey.get(nearest(key, byKey.keys(), slipsIn(key)) ?? '') ?? null
}
