// Recipients as CSV, CSV for spreadsheets, JSON lines: text, piece by piece.
import { stringify } from 'csv-stringify/sync'
import type { Recipient } from '../../store/address-book-store.ts'
import { EXPORT_COLUMNS } from '../input/header-names.ts'
import { cellsOf, headerOf, PHONE_CELL } from './recipient-cells.ts'

export interface TextWriter {
  readonly head: string
  readonly textOf: (recipients: readonly Recipient[]) => string
}

/** What programs read: each value exactly as it is. */
export const csvWriter = (attributes: readonly string[]): TextWriter => ({
  head: csv([headerOf(attributes)]),
  textOf: (recipients) => csv(recipients.map((recipient) => cellsOf(recipient, attributes))),
})

const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { quoted_match: LINE_BREAK },
  )

/** csv-stringify puts quotes only around the line break that it writes itself. */
const LINE_BREAK = /[\r\n]/

/**
 * What Excel opens by a double click: a byte order mark, semicolons. A cell that begins like a formula gets a ' before it, since
 * whoever opens the file would have it reckoned; but for our own phones, which begin with +.
 */
export const excelCsvWriter = (attributes: readonly string[]): TextWriter => ({
  head: `\uFEFF${excelCsv([headerOf(attributes)])}`,
  textOf: (recipients) => excelCsv(recipients.map((recipient) => cellsOf(recipient, attributes))),
})

const excelCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    {
      delimiter: ';',
      record_delimiter: '\r\n',
      quoted_match: LINE_BREAK,
      escape_formulas: true,
      cast: {
        string: (value, { column }) =>
          column === PHONE_CELL && /^\+\d+$/.test(value) ? { value, escape_formulas: false } : value,
      },
    },
  )

/** Every object has every key: whoever reads the first one knows them all. An attribute called like a column stands apart. */
export const jsonLinesWriter = (attributes: readonly string[]): TextWriter => {
  const fields = new Set<string>(EXPORT_COLUMNS)
  const apart = attributes.filter((name) => fields.has(name))
  const beside = attributes.filter((name) => !fields.has(name))
  const header = headerOf(beside)
  return {
    head: '',
    textOf: (recipients) =>
      recipients
        .map((recipient) => {
          const cells = cellsOf(recipient, beside)
          const entries = header.map((name, i) => [name, cells[i] === '' ? null : cells[i]] as const)
          const more = apart.filter((name) => Object.hasOwn(recipient.attributes, name))
          const others = more.map((name) => [name, recipient.attributes[name]] as const)
          const all = more.length === 0 ? entries : [...entries, ['attributes', Object.fromEntries(others)] as const]
          return `${JSON.stringify(Object.fromEntries<unknown>(all))}\n`
        })
        .join(''),
  }
}
