// .xlsx files from hand-written sheets: what a spreadsheet program would never write can be written too.
import { deflateRawSync } from 'node:zlib'
import { packAgain, type ZipEntry } from '../../src/cli/input/zip.ts'

/** An archive of these texts. */
export const zipOf = (files: Readonly<Record<string, string>>, change: Partial<ZipEntry> = {}): Buffer =>
  packAgain(
    Object.entries(files).map(([path, text]) =>
      Object.assign({ path, method: 8, crc: 0, packed: deflateRawSync(text), size: Buffer.byteLength(text) }, change),
    ),
  )

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook; each sheet is what stands in its <sheetData>. Style 1 is a date, 2 a date with a time, or what `formats` say. */
export const workbookOf = (
  sheets: Readonly<Record<string, string>>,
  hidden: readonly string[] = [],
  formats: readonly string[] = FORMATS,
): Buffer => zipOf(partsOf(sheets, (path) => path, 'xl/workbook.xml', hidden, formats))

const FORMATS = ['yyyy-mm-dd', 'dd.mm.yyyy hh:mm']

/** Its parts by their paths, each put where `place` says. */
export const partsOf = (
  sheets: Readonly<Record<string, string>>,
  place: (path: string) => string = (path) => path,
  workbook = 'xl/workbook.xml',
  hidden: readonly string[] = [],
  formats: readonly string[] = FORMATS,
): Record<string, string> => {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  const relations = (...each: readonly string[]): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
  const names = Object.keys(sheets)
  const tags = names.map(
    (name, i) =>
      `<sheet name="${name}" sheetId="${i + 1}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
  )
  const own = names.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
  const written = formats.map(
    (format, i) => `<numFmt numFmtId="${200 + i}" formatCode="${format.replaceAll('"', '&quot;')}"/>`,
  )
  const styles = formats.map((_, i) => `<xf numFmtId="${200 + i}" applyNumberFormat="1"/>`)
  const parts: Record<string, string> = {
    '_rels/.rels': relations(relation('rId1', 'officeDocument', workbook)),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tags.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(...own),
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${written.join('')}</numFmts>
      <cellXfs count="${formats.length + 1}"><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  }
  return Object.fromEntries(Object.entries(parts).map(([path, text]) => [place(path), text]))
}

/** <row> number `row` of these texts, in columns A, B, C …; what begins with a < stands as it is. */
export const sheetRow = (row: number, ...cells: readonly string[]): string => {
  const written = cells.map((cell, i) => {
    const place = `${String.fromCharCode(65 + i)}${row}`
    if (cell.startsWith('<')) return cell.replace('<c', `<c r="${place}"`)
    return cell === '' ? '' : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`
  })
  return `<row r="${row}">${written.join('')}</row>`
}

export const numberCell = (value: string, style = 0): string => `<c s="${style}"><v>${value}</v></c>`
