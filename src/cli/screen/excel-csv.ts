// Rows as CSV that Excel opens by a double click: a byte order mark, semicolons, and no cell that would be reckoned as a formula.
import { stringify } from 'csv-stringify/sync'

export const excelCsv = <Key extends string>(
  keys: readonly Key[],
  rows: readonly Readonly<Record<Key, string | number | boolean | null>>[],
): string =>
  `\uFEFF${stringify([[...keys], ...rows.map((row) => keys.map((key) => String(row[key] ?? '')))], {
    delimiter: ';',
    record_delimiter: '\r\n',
    escape_formulas: true,
  })}`
