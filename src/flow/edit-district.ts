// An operator gives a district a zone, a name, another name.
import { Fixable } from '../domain/errors.ts'
import { nearestDistrict } from '../domain/nearest-district.ts'
import { districtKey, parseZone } from '../domain/zone.ts'
import type { District, DistrictStore, EditedDistrict } from '../store/district-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'

export interface DistrictRequest {
  /** By any of its names. */
  readonly district: string
  readonly name: string | undefined
  readonly zone: string | undefined
  readonly otherNames: readonly string[]
  readonly dryRun: boolean
}

export type SavedDistrict = Extract<EditedDistrict, { kind: 'saved' }>

/** Fixable('notFound') with the nearest name, Fixable('usage') for a zone that nobody knows, Fixable('input') for a name of another. */
export const editDistrict = async (
  { store }: { readonly store: Pick<DistrictStore, 'editDistrict' | 'listDistricts'> },
  request: DistrictRequest,
  by: OperatorAct,
): Promise<SavedDistrict> => {
  const { district, zone, dryRun } = request
  const edit = {
    name: request.name === undefined ? null : nameOf(request.name),
    zone: zone === undefined ? null : zoneOf(zone),
    otherNames: request.otherNames.map(nameOf),
  }
  const edited = await store.editDistrict(districtKey(district), edit, by, { dryRun })
  if (edited.kind === 'saved') return edited
  if (edited.kind === 'unknown') throw unknown(district, await store.listDistricts())
  throw new Fixable(
    'input',
    `"${edited.name}" is the district ${edited.other} already: nothing is changed`,
    'Two districts become one only by a table: notify import timezones FILE',
  )
}

const nameOf = (raw: string): string => {
  const name = raw.trim().normalize('NFC')
  if (name !== '' && !name.includes('\0')) return name
  throw new Fixable('usage', `"${raw}" is no name of a district`, 'Write it like --name "Амурская область".')
}

const zoneOf = (raw: string): string => {
  const zone = parseZone(raw)
  if (zone.ok) return zone.zone
  throw new Fixable('usage', `--zone "${raw}": ${zone.reason}`, 'Write it like --zone Asia/Yakutsk or --zone UTC+3.')
}

const unknown = (district: string, districts: readonly District[]): Fixable => {
  const near = nearestDistrict(district, districts)
  return new Fixable(
    'notFound',
    `there is no district "${district}"`,
    `${near === null ? '' : `Did you mean "${near}"? `}See notify districts.`,
  )
}
