// The district that somebody meant.
import { nearest } from './nearest.ts'
import { districtKey } from './zone.ts'

/** The name of the nearest one, null: none is near. Compared as districts are found: "область" and its like say nothing. */
export const nearestDistrict = (
  wanted: string,
  districts: readonly { readonly name: string; readonly otherNames: readonly string[] }[],
): string | null => {
  const byKey = new Map(
    districts.flatMap(({ name, otherNames }) => [districtKey(name), ...otherNames].map((key) => [key, name] as const)),
  )
  return byKey.get(nearest(districtKey(wanted), byKey.keys()) ?? '') ?? null
}
