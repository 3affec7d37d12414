// Tables as nobody should write them, made from a seed, and what has to become of each: refused as a whole with its place, or
// every record taken or rejected at its own line, and each cell under its own header.
import { encode } from './encode.ts'
import { seededRandom } from './seeded.ts'

export interface HostileTable {
  readonly bytes: Buffer
  readonly encoding: string
  readonly delimiter: string
  /** The file comes in pieces of that many bytes. */
  readonly chunk: number
  readonly fate: Fate
  /** What is wrong with it, for messages. */
  readonly faults: readonly string[]
}

export interface GoodRow {
  readonly phone: string
  /** By header, as they are to be kept; without the phone. */
  readonly cells: Readonly<Record<string, string>>
}

export type Fate =
  /** What the refusal says. */
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'read'; readonly good: readonly GoodRow[]; readonly badLines: readonly number[] }

interface Chance {
  random(): number
  /** From 0 to `most`. */
  upTo(most: number): number
  pick<T>(values: readonly T[]): T
}

const chanceOf = (seed: number): Chance => {
  const random = seededRandom(seed)
  const upTo = (most: number): number => Math.floor(random() * (most + 1))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the index is inside
  return { random, upTo, pick: (values) => values[upTo(values.length - 1)] as (typeof values)[number] }
}

// ---------------------------------------------------------------- the shape of the file

interface Shape {
  readonly encoding: string
  readonly hasMark: boolean
  readonly delimiter: string
  readonly breaks: readonly string[]
  readonly header: readonly string[]
  readonly letters: readonly string[]
}

const UNICODE = ['Ж', 'ё', '😀', '\u202e', '\u2028', '\u0301', '\ufeff', '漢', 'ﬁ', '\u200b']
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  'windows-1251': ['Ж', 'ё', '«', '№', '—', 'Я'],
  'windows-1252': ['é', 'ß', 'ü', 'Ø', '“', '€'],
}

const FIELDS = ['phone', 'name', 'address', 'contact_person']
const ATTRIBUTES = ['__proto__', 'constructor', 'toString', 'a b', '#', "x'y"]

const shapeOf = ({ pick, upTo, random }: Chance): Shape => {
  const encoding = pick(['utf-8', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'])
  const header = [...FIELDS, ...ATTRIBUTES.slice(0, upTo(ATTRIBUTES.length))]
  return {
    encoding,
    hasMark: encoding.startsWith('utf') && random() < 0.5,
    delimiter: pick([';', ',', '\t', '|']),
    breaks: pick([['\n'], ['\r\n'], ['\r'], ['\n', '\r\n']]),
    header: header
      .map((name) => ({ name, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ name }) => name),
    letters: LETTERS[encoding] ?? UNICODE,
  }
}

// ---------------------------------------------------------------- cells and rows

/** What spreadsheets, shells, browsers, templates and databases take for an order, and what breaks a careless reader. */
const SPICES = [
  ...['', ' ', '"', '""', '"""', '\n', '\n\n', 'a "b" c', '\\', '\\"', "'", '`'],
  ...[';', ',', '\t', '|', ';;', ',"', '";', 'sep=;', '#', '//'],
  ...['=1+1', '+cmd', '@x', "'; drop table recipients; --", '%_', '../../etc/x', '\u001b[31m', '<img src=x onerror=1>'],
  ...['{{ name }}', '{% raw %}', '<%= x %>', '__proto__', 'constructor', 'null', 'NaN', '-0'],
]

/** Each says where it belongs, so that none can be shifted unnoticed. */
const cellOf = ({ pick, random }: Chance, letters: readonly string[], row: number, column: string): string => {
  if (column === 'phone') return phoneOf(row)
  const spice = (): string => pick(random() < 0.6 ? SPICES : letters)
  return `${spice()}r${row}c:${column}${spice()}${random() < 0.01 ? 'long '.repeat(2_000) : ''}`
}

const phoneOf = (row: number): string => `+7916${String(row).padStart(7, '0')}`

/** What makes one row bad, and no other. */
const ROW_FAULTS: Readonly<Record<string, (cells: string[], phoneAt: number) => void>> = {
  'an end before the phone': (cells, phoneAt) => void cells.splice(phoneAt, phoneAt === 0 ? 1 : cells.length),
  'a cell too many': (cells) => void cells.push('more'),
  'a NUL': (cells, phoneAt) => void cells.splice(phoneAt === 0 ? 1 : 0, 1, 'a\0b'),
  'a lost letter': (cells, phoneAt) => void cells.splice(phoneAt === 0 ? 1 : 0, 1, 'a\ufffdb'),
  'a phone of letters': (cells, phoneAt) => void cells.splice(phoneAt, 1, '8916ABC4567'),
  'no phone': (cells, phoneAt) => void cells.splice(phoneAt, 1, ' '),
  'a phone of a megabyte': (cells, phoneAt) => void cells.splice(phoneAt, 1, `8${' '.repeat(900_000)}9`),
}

/** The big ones take time. */
const usualFaults = ({ encoding }: Shape): readonly string[] =>
  Object.keys(ROW_FAULTS).filter(
    (name) => !name.includes('megabyte') && (encoding.startsWith('utf') || name !== 'a lost letter'),
  )

// ---------------------------------------------------------------- the file

interface Draft {
  /** Records and blank lines as they are written, each with its line break. */
  readonly pieces: { text: string; readonly line: number }[]
  readonly good: GoodRow[]
  readonly badLines: number[]
  readonly faults: string[]
}

const writeRecord = ({ pick, random }: Chance, { delimiter, breaks }: Shape, cells: readonly string[]): string => {
  const lineBreak = pick(breaks)
  const written = cells.map((cell) => {
    const mustQuote = /["\n]/.test(cell) || cell.includes(delimiter)
    return mustQuote || random() < 0.3 ? `"${cell.replaceAll('"', '""')}"` : cell
  })
  return written.join(delimiter).replaceAll('\n', lineBreak) + pick(breaks)
}

/** What nobody sees says nothing in a field. */
const keptOf = (column: string, cell: string): string =>
  (FIELDS.includes(column) ? cell.replaceAll(/[\u202e\u200b\ufeff]/g, '') : cell).trim()

const draftTable = (chance: Chance, shape: Shape): Draft => {
  const { pick, upTo, random } = chance
  const { header, delimiter, breaks } = shape
  const draft: Draft = { pieces: [], good: [], badLines: [], faults: [] }
  let line = 1
  const put = (text: string, lines: number): void => {
    draft.pieces.push({ text, line })
    line += lines
  }
  if (random() < 0.05) put(delimiter.repeat(3) + pick(breaks), 1) // a header of nothing is a blank line
  put(writeRecord(chance, shape, header), 1)
  for (let row = 0, rows = upTo(25); row < rows; row += 1) {
    if (random() < 0.05) put(pick(['', ' ', delimiter, delimiter.repeat(header.length - 1)]) + pick(breaks), 1)
    const cells = header.map((column) => cellOf(chance, shape.letters, row, column))
    const fault = random() < 0.15 ? (random() < 0.01 ? 'a phone of a megabyte' : pick(usualFaults(shape))) : null
    const kept = header.map((name, i): [string, string] => [name, keptOf(name, cells[i] ?? '')])
    if (fault !== null) ROW_FAULTS[fault]?.(cells, header.indexOf('phone'))
    if (fault !== null) draft.faults.push(`${fault} at line ${line}`)
    if (fault === null) {
      draft.good.push({ phone: phoneOf(row), cells: Object.fromEntries(kept.filter(([name]) => name !== 'phone')) })
    } else draft.badLines.push(line)
    put(writeRecord(chance, shape, cells), cells.join('').split('\n').length)
  }
  const last = draft.pieces.at(-1)
  if (last !== undefined && random() < 0.3) last.text = last.text.replace(/[\r\n]+$/, '')
  return draft
}

// ---------------------------------------------------------------- what is wrong with the whole file

interface Spoilt {
  readonly bytes: Buffer
  readonly says: string
}

type FileFault = (chance: Chance, shape: Shape, draft: Draft, write: (text: string) => Buffer) => Spoilt | null

const textOf = ({ pieces }: Draft): string => pieces.map(({ text }) => text).join('')

/** Puts a record after some other one; returns the text and the line it stands on. */
const withRecord = (
  { upTo }: Chance,
  { breaks }: Shape,
  draft: Draft,
  record: string,
): { text: string; line: number } => {
  const whole = draft.pieces.map(({ text }) => (/[\r\n]$/.test(text) ? text : `${text}${breaks[0]}`))
  const at = 1 + upTo(whole.length - 1)
  const last = draft.pieces.at(-1)
  const end = (last?.line ?? 1) + (last === undefined ? 0 : breaksIn(whole.at(-1) ?? ''))
  const line = draft.pieces[at]?.line ?? end
  return { text: [...whole.slice(0, at), `${record}${breaks[0]}`, ...whole.slice(at)].join(''), line }
}

const breaksIn = (text: string): number => text.match(/\r\n?|\n/g)?.length ?? 0

/** What is no text in this encoding. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  // overlong, CESU, five bytes, a lone continuation, no byte of UTF-8, cut in the middle
  'utf-8': ['c080', 'e08080', 'eda080', 'f888808080', '80', 'ff', 'e282', 'f0808080'],
  'utf-16le': ['00dc', '00d82000'],
  'utf-16be': ['dc00', 'd8000020'],
}

const FILE_FAULTS: Readonly<Record<string, FileFault>> = {
  'no byte': () => ({ bytes: Buffer.alloc(0), says: 'is empty' }),
  'blank lines only': (_, { breaks }, __, write) => ({ bytes: write(`${breaks[0]} ${breaks[0]}`), says: 'is empty' }),
  'no column for an address': (chance, shape, draft, write) => {
    const header = writeRecord(chance, shape, ['name', ...shape.header.filter((name) => name === '__proto__')])
    return { bytes: write(header + textOf(draft)), says: 'has no column for a phone or an e-mail' }
  },
  'a quote that is never closed': (chance, shape, draft, write) => {
    const { text, line } = withRecord(chance, shape, { ...draft, pieces: draft.pieces.slice(0, 1) }, '"abc')
    return { bytes: write(text), says: `a quote is opened in the record at line ${line} and never closed` }
  },
  'a record of more than 4 MiB': (chance, shape, draft, write) => {
    if (chance.random() < 0.8) return null // it takes time
    const { text, line } = withRecord(chance, shape, draft, `"${'x'.repeat(4_300_000)}"`)
    return { bytes: write(text), says: `the record at line ${line} is longer than 4 MiB` }
  },
  'bytes that mean nothing': ({ pick, upTo }, { encoding, hasMark }, { pieces }, write) => {
    const broken = BROKEN[encoding]
    if (broken === undefined) return null
    const at = 1 + upTo(pieces.length - 1)
    const before = write(
      pieces
        .slice(0, at)
        .map(({ text }) => text)
        .join(''),
    )
    const after = write(
      pieces
        .slice(at)
        .map(({ text }) => text)
        .join(''),
    )
    const line =
      1 +
      breaksIn(
        pieces
          .slice(0, at)
          .map(({ text }) => text)
          .join(''),
      )
    const mark = hasMark ? markOf(write).length : 0
    const bytes = Buffer.concat([before, Buffer.from(pick(broken), 'hex'), after.subarray(mark)])
    return { bytes, says: `is not ${encoding}: line ${line}, byte ${before.length + 1} of the file` }
  },
}

const markOf = (write: (text: string) => Buffer): Buffer => write('')

/** A table from this seed; the same for the same seed. */
export const hostileTable = (seed: number): HostileTable => {
  const chance = chanceOf(seed)
  const shape = shapeOf(chance)
  const draft = draftTable(chance, shape)
  const write = (text: string): Buffer => encode((shape.hasMark ? '\ufeff' : '') + text, shape.encoding)
  const fault = chance.random() < 0.3 ? chance.pick(Object.keys(FILE_FAULTS)) : null
  const spoilt = fault === null ? null : (FILE_FAULTS[fault]?.(chance, shape, draft, write) ?? null)
  const { encoding, delimiter } = shape
  return {
    bytes: spoilt?.bytes ?? write(textOf(draft)),
    encoding,
    delimiter,
    chunk: chance.pick([1, 2, 3, 7, 64, 1_000, 100_000]),
    fate:
      spoilt === null
        ? { kind: 'read', good: draft.good, badLines: draft.badLines }
        : { kind: 'refused', says: spoilt.says },
    faults: [...draft.faults, ...(spoilt === null ? [] : [fault ?? ''])],
  }
}
