// Which columns of a table name a district, and which its zone.
import type { RawDistrict } from '../../domain/district.ts'
import { Fixable } from '../../domain/errors.ts'
import { isDamaged } from '../../domain/unseen.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import { headingOf } from './heading.ts'
import { listed, quoted } from './quoted.ts'

// The most telling first: of several such columns the first in this order is read.
const NAMES =
  'district,district name,name,область,субъект,субъект рф,регион,region,наименование,название,район,город,city'.split(
    ',',
  )
const IDS = 'district id,id,код региона,код,code,номер'.split(',')
const ZONES =
  'zone,timezone,time zone,tz,часовой пояс,временная зона,зона,пояс,utc offset,offset,смещение,utc,gmt,hours,часы'.split(
    ',',
  )

/** Whether it names both districts and zones. */
export const fitsTimezones = (header: readonly string[]): boolean => {
  const titles = header.map(titleOf)
  return ZONES.some((title) => titles.includes(title)) && [...NAMES, ...IDS].some((title) => titles.includes(title))
}

/** How rows under this header are read. Fails with Fixable('input') when it does not name both districts and zones. */
export const timezoneColumns = (header: readonly string[], file: string): ((record: RawRecord) => RawDistrict) => {
  const titles = header.map(titleOf)
  const [name, id, zone] = [NAMES, IDS, ZONES].map((known) => known.find((title) => titles.includes(title)))
  if (zone === undefined) throw missing(file, header, 'zones', 'zone, hours, offset or "часовой пояс"')
  if (name === undefined && id === undefined) throw missing(file, header, 'districts', 'district, область, name or id')
  return ({ line, cells, fault: unsound }) => {
    const cell = (title: string | undefined): string => cells[title === undefined ? -1 : titles.indexOf(title)] ?? ''
    const row = { line, name: headingOf(cell(name)), otherNames: [cell(id)], zone: headingOf(cell(zone)) }
    const fault = unsound ?? faultOf(cells, header.length)
    return fault === null ? row : { ...row, fault }
  }
}

const titleOf = (cell: string): string =>
  headingOf(cell)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

const missing = (file: string, header: readonly string[], what: string, names: string): Fixable =>
  new Fixable(
    'input',
    `${file} has no column of ${what}; its columns are ${listed(header.map(quoted))}`,
    `Name one of them ${names} in the first line.`,
  )

const faultOf = (cells: readonly string[], columns: number): string | null => {
  if (cells.slice(columns).some((cell) => cell.trim() !== ''))
    return `the row has ${cells.length} cells, the header has ${columns}`
  if (cells.some((cell) => cell.includes('\0'))) return 'the row has a NUL character'
  return cells.some(isDamaged) ? 'letters of the row are lost (\ufffd stands for them)' : null
}
