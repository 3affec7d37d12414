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

/** A workbook; each sheet is what stands in its <sheetData>. Style 1 is a date, 2 a date with a time. */
export const workbookOf = (sheets: Readonly<Record<string, string>>, hidden: readonly string[] = []): Buffer => {
  const names = Object.keys(sheets)
  const contents = Object.values(sheets)
  return zipOf({
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${names
      .map(
        (name, i) =>
          `<sheet name="${name}" sheetId="${i + 1}"${hidden.includes(name) ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map(
        (_, i) =>
          `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts>
      <cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      contents.map((rows, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  })
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
