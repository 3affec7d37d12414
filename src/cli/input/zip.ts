// A ZIP archive, held against its own table of contents before anything in it is believed: sizes that lie, a bomb, a password.
import { inflateRawSync } from 'node:zlib'
import { Fixable } from '../../domain/errors.ts'

export interface ZipEntry {
  readonly path: string
  readonly method: number
  readonly crc: number
  /** As it lies in the archive. */
  readonly packed: Buffer
  /** Bytes once it is unpacked, as the archive says. */
  readonly size: number
}

const MOST_UNPACKED = 200 * 1024 * 1024
/** Tables of numbers reach 40; what is packed a thousandfold was made to fill a memory. */
const MOST_TIMES = 200

const END = { signature: 0x06054b50, length: 22, longestComment: 65_535 } as const
const CENTRAL = { signature: 0x02014b50, length: 46 } as const
const LOCAL = { signature: 0x04034b50, length: 30 } as const
const STORED = 0
const DEFLATED = 8

/** Its entries, none of them unpacked. Fails with Fixable('input') for one that is damaged, too large or has a password. */
export const zipEntries = (bytes: Buffer, name: string): ZipEntry[] => {
  try {
    const entries = readEntries(bytes, name)
    const unpacked = entries.reduce((sum, { size }) => sum + size, 0)
    if (unpacked > MOST_UNPACKED || unpacked > bytes.length * MOST_TIMES) throw tooLarge(name, unpacked, bytes.length)
    return entries
  } catch (error) {
    throw error instanceof Fixable ? error : damaged(name) // a place beyond the end
  }
}

/** The content of an entry: as long as the archive says, or Fixable('input'). */
export const unpacked = ({ method, packed, size }: ZipEntry, name: string): Buffer => {
  try {
    const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
    if (content.length === size) return content
  } catch {
    // longer than it says, or no deflate
  }
  throw damaged(name)
}

/** An entry of an archive of our own; who reads it does not look at its checksum. */
export const stored = (path: string, content: Buffer): ZipEntry => ({
  path,
  method: STORED,
  crc: 0,
  packed: content,
  size: content.length,
})

/**
 * An archive of these entries and nothing else. Who reads archives as they come, from one local header to the next, never
 * looks at the table of contents: this way what is read is what was checked.
 */
export const packAgain = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = []
  const table: Buffer[] = []
  let offset = 0
  for (const { path, method, crc, packed, size } of entries) {
    const nameBytes = Buffer.from(path)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const local = Buffer.concat([number32(LOCAL.signature), common, nameBytes])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    table.push(Buffer.concat([number32(CENTRAL.signature), Buffer.from([20, 0]), common, rest, nameBytes]))
    parts.push(local, packed)
    offset += local.length + packed.length
  }
  const contents = Buffer.concat(table)
  const end = Buffer.alloc(END.length)
  end.writeUInt32LE(END.signature, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(contents.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, contents, end])
}

const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

const readEntries = (bytes: Buffer, name: string): ZipEntry[] => {
  const { count, start } = contentsOf(bytes, name)
  let at = start
  const entries: ZipEntry[] = []
  for (let i = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== CENTRAL.signature) throw damaged(name)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const next = at + CENTRAL.length + (nameLength ?? 0)
    const extra = bytes.subarray(next, next + (extraLength ?? 0))
    entries.push(readEntry(bytes, at, pathOf(bytes.toString('utf8', at + CENTRAL.length, next)), extra, name))
    at = next + extra.length + (commentLength ?? 0)
  }
  return entries
}

/** Some programs of Windows write its own separators, or begin with one. */
const pathOf = (written: string): string => written.replaceAll('\\', '/').replace(/^\/+/, '')

/** Where the table of contents begins and how much is in it; ZIP64, which some programs write always, keeps both apart. */
const contentsOf = (bytes: Buffer, name: string): { readonly count: number; readonly start: number } => {
  const end = bytes.lastIndexOf(number32(END.signature), bytes.length - END.length)
  if (end < 0 || end < bytes.length - END.length - END.longestComment) throw damaged(name)
  const [count, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)]
  const hasLarge = end >= END64.locatorLength && bytes.readUInt32LE(end - END64.locatorLength) === END64.locator
  if (!hasLarge || (count !== TOO_MANY && start !== TOO_LARGE)) return { count, start }
  const end64 = Number(bytes.readBigUInt64LE(end - END64.locatorLength + 8))
  if (bytes.readUInt32LE(end64) !== END64.signature) throw damaged(name)
  return { count: Number(bytes.readBigUInt64LE(end64 + 32)), start: Number(bytes.readBigUInt64LE(end64 + 48)) }
}

const END64 = { signature: 0x06064b50, locator: 0x07064b50, locatorLength: 20 } as const
/** What stands where a number of ZIP64 is kept elsewhere. */
const TOO_MANY = 0xffff
const TOO_LARGE = 0xffffffff

/** The numbers of an entry that ZIP64 keeps behind its name, in this order, each only where its place says so. */
const largeNumbers = (extra: Buffer, numbers: readonly number[]): readonly number[] => {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2)
  let next = at + 4
  return numbers.map((number) => {
    if (number !== TOO_LARGE || next + 8 > extra.length) return number
    next += 8
    return Number(extra.readBigUInt64LE(next - 8))
  })
}

const readEntry = (bytes: Buffer, at: number, path: string, extra: Buffer, name: string): ZipEntry => {
  if ((bytes.readUInt16LE(at + 8) & 1) === 1) {
    throw new Fixable('input', `${name} has a password`, 'Save it without one, as .xlsx or CSV.')
  }
  const method = bytes.readUInt16LE(at + 10)
  const written = [24, 20, 42].map((place) => bytes.readUInt32LE(at + place))
  const [size = 0, packedLength = 0, local = 0] = largeNumbers(extra, written)
  const start = local + LOCAL.length + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const isSound = bytes.readUInt32LE(local) === LOCAL.signature && start + packedLength <= bytes.length
  if (!isSound || (method !== STORED && method !== DEFLATED)) throw damaged(name)
  return { path, method, crc: bytes.readUInt32LE(at + 16), packed: bytes.subarray(start, start + packedLength), size }
}

const damaged = (name: string): Fixable =>
  new Fixable(
    'input',
    `${name} is a damaged ZIP archive or .xlsx workbook`,
    'Copy it anew; or open it, save it as .xlsx or CSV, and import that.',
  )

/** Its content is larger than that of any table of recipients. */
export const tooLarge = (name: string, unpackedBytes: number, bytes: number): Fixable =>
  new Fixable(
    'input',
    `${name} would unpack to ${Math.ceil(unpackedBytes / 2 ** 20)} MiB (${Math.ceil(unpackedBytes / bytes)} times its size): no workbook of recipients is like that`,
    'Save the sheet as CSV and import that: CSV may have any size.',
  )
