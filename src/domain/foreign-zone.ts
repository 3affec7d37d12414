// Zones in words of other programs: Windows' names, and what its lists show, such as "(UTC+03:00) Москва, Санкт-Петербург".
import { parseOffset } from './offset.ts'
import { WINDOWS_ZONES } from './presets/windows-zones.ts'

/** "Russian Standard Time", "W. Europe Daylight Time" -> an IANA name; null: Windows has no such zone. */
export const windowsZone = (name: string): string | null =>
  WINDOWS_ZONES.get(name.toLowerCase().replace(/ (?:daylight|summer) time$/, ' standard time')) ?? null

/** (UTC+03:00) Москва · UTC+7:00 (MSK+4) · GMT+3 Moscow: an offset, and behind it what it is called. */
const SHOWN = /^\(?\s*((?:utc|gmt)\s*[-+\u2212]\s*\d{1,2}(?::?\d{2})?)\s*\)?\s*[-–—,]?\s*(\S.*)$/iu

/**
 * What a list of zones shows -> the zone of the first place in it that keeps that offset in January or July; of an offset said
 * twice, the offset. null: it is no such text, or no place in it is known: the offset alone would be wrong for half of the year
 * where clocks are changed.
 */
export const shownZone = (raw: string): string | number | null => {
  const [, written = '', rest = ''] = SHOWN.exec(raw) ?? []
  const offset = parseOffset(written.replaceAll(/\s/g, ''))
  if (typeof offset !== 'number') return null
  const words = rest.replace(/^\((.*)\)$/, '$1').trim()
  if (parseOffset(words) === offset) return offset
  const places = words.split(/[,;/]/).map((place) => placeKey(place.replace(/\(.*\)/, '')))
  const zones = places.flatMap((place) => zonesByPlace().get(place) ?? [])
  return zones.find((zone) => offsetsOf(zone).includes(offset)) ?? null
}

const placeKey = (place: string): string =>
  place
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s_]+/g, ' ')

let places: ReadonlyMap<string, string> | null = null

/** By the place in the name of a zone, and by what Russian calls it; the latter takes Intl 60 ms, once, for those who need it. */
const zonesByPlace = (): ReadonlyMap<string, string> => {
  places ??= new Map(
    Intl.supportedValuesOf('timeZone').flatMap((zone) => [
      [placeKey(zone.slice(zone.lastIndexOf('/') + 1)), zone] as const,
      [placeKey(partOf(zone, 0, 'ru', 'shortGeneric')), zone] as const,
    ]),
  )
  return places
}

const offsetsOf = (zone: string): number[] =>
  [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)].map((at) => {
    const said = partOf(zone, at, 'en', 'longOffset').replace('GMT', 'UTC')
    const offset = parseOffset(said)
    return typeof offset === 'number' ? offset : Number.NaN
  })

const partOf = (zone: string, at: number, language: string, timeZoneName: 'shortGeneric' | 'longOffset'): string =>
  new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? ''
