// What counts as a zone: IANA names and their aliases, fixed offsets, "МСК+7". And what counts as one district.
import { shownZone, windowsZone } from './foreign-zone.ts'
import { nearest } from './nearest.ts'
import { offsetName, parseOffset } from './offset.ts'
import { withoutUnseen } from './unseen.ts'

export type ParsedZone = { readonly ok: true; readonly zone: string } | { readonly ok: false; readonly reason: string }

/**
 * Whatever a table, a flag or a form says -> the one name under which the zone is stored: an IANA name (today's, not
 * yesterday's: Europe/Kyiv), or a fixed offset as luxon writes it (UTC, UTC+3, UTC+5:30). Never guesses: what is not
 * known is refused with a reason and, where a slip of the finger is likely, a suggestion.
 */
export const parseZone = (raw: string): ParsedZone => {
  const known = parsed.get(raw)
  if (known) return known
  const answer = readZone(raw.trim())
  if (raw.length > LONGEST_NAME) return answer
  if (parsed.size >= MOST_PARSED) parsed.clear()
  parsed.set(raw, answer)
  return answer
}

/** Asking Intl costs about 90 µs and an import asks once a row: answers are kept. */
const parsed = new Map<string, ParsedZone>()
const MOST_PARSED = 2000

const LONGEST_NAME = 64

/** EST is two zones, IST three, CST five; EST5EDT and SystemV/EST5 are rules that no place follows. */
const ABBREVIATION = /^[a-z]{1,3}$|^[a-z]{3,4}\d|^systemv\//i

const MOSCOW = /^(?:мск|msk)$/iu

const readZone = (raw: string): ParsedZone => {
  if (raw === '') return refused('the zone is empty')
  if (raw.length > LONGEST_NAME) return refused(`unknown zone "${raw.slice(0, 20)}…"`)
  const offset = parseOffset(raw)
  if (typeof offset === 'string') return refused(offset)
  if (offset !== null) return { ok: true, zone: offsetName(offset) }
  if (MOSCOW.test(raw)) return { ok: true, zone: 'Europe/Moscow' }
  if (ABBREVIATION.test(raw)) {
    return refused(
      `"${raw}" is an abbreviation, not a zone — write a name such as "Asia/Yakutsk" or an offset such as "UTC+9"`,
    )
  }
  const name = canonicalName(raw) ?? windowsZone(raw) ?? shownZone(raw)
  if (typeof name === 'number') return { ok: true, zone: offsetName(name) }
  if (name !== null) return { ok: true, zone: name }
  const suggestion = suggest(raw)
  return refused(`unknown zone "${raw}"${suggestion === null ? '' : ` — did you mean "${suggestion}"?`}`)
}

const refused = (reason: string): ParsedZone => ({ ok: false, reason })

// ---------------------------------------------------------------- IANA names

/** Renamed by IANA. Node's Intl keeps the old names as the canonical ones (measured on 20 and 24), so they are put right here. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

const canonicalName = (raw: string): string | null => {
  const name = intlName(raw)
  if (name === null || name === 'UTC' || name === 'GMT') return name === null ? null : 'UTC'
  const posix = /^Etc\/GMT([-+])(\d+)$/.exec(name)
  // Etc/GMT-3 is three hours *ahead* of UTC: POSIX counts westward
  if (posix) return offsetName((posix[1] === '-' ? 60 : -60) * Number(posix[2]))
  return RENAMED[name] ?? name
}

/** Canonical as they are. They take 1 ms; the first DateTimeFormat of a process takes 10. */
let namesOfNode: ReadonlySet<string> | null = null

const intlName = (raw: string): string | null => {
  // newer versions of Node take offsets here as well; those have been read already, or refused
  if (!/^[a-z]/i.test(raw)) return null
  namesOfNode ??= new Set(Intl.supportedValuesOf('timeZone'))
  if (namesOfNode.has(raw)) return raw
  try {
    return new Intl.DateTimeFormat('en', { timeZone: raw }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

let suggestions: { readonly names: readonly string[]; readonly byPlace: ReadonlyMap<string, string> } | null = null

const suggest = (raw: string): string | null => {
  if (!/^[\x20-\x7e]+$/.test(raw)) return null // every name is ASCII; a column of addresses is not compared with them
  suggestions ??= allNames()
  const { names, byPlace } = suggestions
  const wanted = raw.replaceAll(/\s+/g, '_')
  return nearest(wanted, names) ?? byPlace.get(nearest(wanted, byPlace.keys()) ?? '') ?? null
}

const allNames = (): NonNullable<typeof suggestions> => {
  const names = Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name)
  return { names, byPlace: new Map(names.map((name) => [name.slice(name.lastIndexOf('/') + 1), name])) }
}

// ---------------------------------------------------------------- districts

/** Words that say what kind of district it is, not which. "АО" is the short form of автономный округ. */
const KINDS = new Set('область обл край республика респ автономный автономная авт округ ао аобл город г'.split(' '))

/**
 * The key under which a district is found however it is written: "Амурская обл." and "амурская область" are one, and so
 * are ё and е, dashes and spaces. An id ("3") stays as it is. Empty only for a blank name.
 */
export const districtKey = (name: string): string => {
  const normal = name.normalize('NFKC')
  const seen = withoutUnseen(normal)
  const lower = (seen.trim() === '' ? normal : seen).toLowerCase().replaceAll('ё', 'е').normalize('NFKC')
  const words = lower.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const own = words.filter((word) => !KINDS.has(word))
  return (own.length > 0 ? own : words).join(' ') || lower.trim()
}
