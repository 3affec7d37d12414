// Where the parts of an .xlsx workbook are. Programs that write it by hand name the workbook otherwise, or leave its list of parts out.
import { posix } from 'node:path'
import { stored, type ZipEntry } from './zip.ts'

const LIST = '[Content_Types].xml'
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** By the last word of a relation. */
const TYPES: Readonly<Record<string, string>> = {
  officeDocument: `${CONTENT}.sheet.main+xml`,
  worksheet: `${CONTENT}.worksheet+xml`,
  sharedStrings: `${CONTENT}.sharedStrings+xml`,
  styles: `${CONTENT}.styles+xml`,
}

/**
 * The list of parts, made of the relations between them; of a workbook that is not written in XML, the one that is there.
 * null: there is no workbook.
 */
export const contentTypes = (entries: readonly ZipEntry[], read: (entry: ZipEntry) => string): ZipEntry | null => {
  const byPath = new Map(entries.map((entry) => [entry.path.toLowerCase(), entry]))
  const find = (path: string): ZipEntry | undefined => byPath.get(path.toLowerCase())
  if (find('xl/workbook.bin') !== undefined) return find(LIST) ?? null
  const relationsOf = (path: string): readonly Relation[] => {
    const { dir, base } = posix.parse(path)
    const entry = find(posix.join(dir, '_rels', `${base}.rels`))
    return entry === undefined ? [] : relations(read(entry), dir).filter((part) => find(part.path) !== undefined)
  }
  const main = relationsOf('').find(({ type }) => type === 'officeDocument')?.path ?? find('xl/workbook.xml')?.path
  if (main === undefined) return null
  const related = relationsOf(main)
  const unrelated = ['sharedStrings', 'styles'].flatMap((type) => {
    const path = find(`xl/${type}.xml`)?.path
    return path === undefined || related.some((part) => part.type === type) ? [] : [{ type, path }]
  })
  return stored(LIST, Buffer.from(listOf([{ type: 'officeDocument', path: main }, ...related, ...unrelated])))
}

interface Relation {
  /** The last word of its type. */
  readonly type: string
  readonly path: string
}

const RELATION = /<(?:\w+:)?Relationship\s[^<>]*>/g
const attribute = (tag: string, name: string): string =>
  new RegExp(`\\b${name}\\s*=\\s*(["'])(.*?)\\1`).exec(tag)?.[2] ?? ''

const relations = (xml: string, folder: string): Relation[] =>
  [...xml.matchAll(RELATION)].map(([tag]) => {
    const target = attribute(tag, 'Target').replaceAll('\\', '/')
    const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
    return { type: posix.basename(attribute(tag, 'Type')), path }
  })

const listOf = (parts: readonly Relation[]): string => {
  const overrides = parts.flatMap(({ type, path }) =>
    TYPES[type] === undefined ? [] : [`<Override PartName="/${path}" ContentType="${TYPES[type]}"/>`],
  )
  return `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
}
