// Bytes in any encoding -> UTF-8, strictly: a byte that the encoding cannot mean is an error with its place, never a question mark.
import { isUtf8 } from 'node:buffer'
import { Fixable } from '../../domain/errors.ts'
import type { Encoding } from './encoding.ts'

/**
 * A file as UTF-8, chunk by chunk, with \n as its only line break (\r\n and \r become \n).
 * Fails with Fixable('input') naming line and byte.
 */
export async function* toUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  name: string,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array()
  let place: Place = { byte: encoding.bom, line: 1 }
  for await (const chunk of skipBytes(chunks, encoding.bom)) {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    const end = safeEnd(bytes, encoding.encoding)
    held = bytes.subarray(end)
    if (end === 0) continue
    const utf8 = convert(bytes.subarray(0, end), encoding.encoding, place, name)
    yield utf8
    place = { byte: place.byte + end, line: place.line + breaksIn(utf8) }
  }
  if (held.length > 0) yield convert(held, encoding.encoding, place, name)
}

async function* skipBytes(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length)
    left -= skipped
    yield chunk.subarray(skipped)
  }
}

const RETURN = 13
const NEWLINE = 10

/** Bytes that can be converted by themselves: no character, and no \r\n, goes on behind them. */
const safeEnd = (bytes: Uint8Array, encoding: string): number => {
  const unit = encoding.startsWith('utf-16') ? 2 : 1
  let end = bytes.length - (bytes.length % unit) - unit
  if (encoding === 'utf-8') while (end > bytes.length - 4 && isContinuation(bytes[end])) end--
  while (end >= unit && goesOn(bytes, end - unit, encoding)) end -= unit
  return Math.max(0, end)
}

const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80

/** True for \r, and for the first half of a surrogate pair. */
const goesOn = (bytes: Uint8Array, at: number, encoding: string): boolean => {
  if (!encoding.startsWith('utf-16')) return bytes[at] === RETURN
  const [low = 0, high = 0] = encoding === 'utf-16le' ? [bytes[at], bytes[at + 1]] : [bytes[at + 1], bytes[at]]
  return (high === 0 && low === RETURN) || (high & 0xfc) === 0xd8
}

/** UTF-8 that is right already is only checked: decoding it and encoding it anew took a sixth of an import. */
const convert = (bytes: Uint8Array, encoding: string, place: Place, name: string): Uint8Array => {
  if (encoding === 'utf-8' && !bytes.includes(RETURN) && isUtf8(bytes)) return bytes
  return Buffer.from(decode(bytes, encoding, place, name).replace(/\r\n?/g, '\n'))
}

/** All of a file that is read at once, without its byte order mark. Fails with Fixable('input') naming line and byte. */
export const decodeWhole = (bytes: Uint8Array, { encoding, bom }: Encoding, name: string): string =>
  decode(bytes.subarray(bom), encoding, { byte: bom, line: 1 }, name)

const decode = (bytes: Uint8Array, encoding: string, place: Place, name: string): string => {
  const decoder = new TextDecoder(lettersOf(encoding), { fatal: true, ignoreBOM: true })
  try {
    // as a stream: in one go Node 20 reads windows-1252 as latin1, and “ ” – € become control characters
    return decoder.decode(bytes, { stream: true }) + decoder.decode()
  } catch {
    throw undecodable(bytes, encoding, place, name)
  }
}

/** What KOI8 says in Russian its Ukrainian kind says too; where that has letters, the Russian one has corners of boxes. */
const lettersOf = (encoding: string): string => (encoding === 'koi8-r' ? 'koi8-u' : encoding)

const breaksIn = (utf8: Uint8Array): number => {
  let breaks = 0
  for (let at = utf8.indexOf(NEWLINE); at >= 0; at = utf8.indexOf(NEWLINE, at + 1)) breaks++
  return breaks
}

interface Place {
  /** Bytes before. */
  readonly byte: number
  readonly line: number
}

/** Finds the place by feeding a decoder byte by byte: done once, for the piece that failed. */
const undecodable = (bytes: Uint8Array, encoding: string, before: Place, name: string): Fixable => {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let good = 0
  let text = ''
  try {
    for (let i = 0; i < bytes.length; i++) {
      const character = decoder.decode(bytes.subarray(i, i + 1), { stream: true })
      text += character
      if (character !== '') good = i + 1
    }
  } catch {
    // this is the place
  }
  const line = before.line + (text.match(/\r\n?|\n/g)?.length ?? 0)
  return new Fixable(
    'input',
    `${name} is not ${encoding}: line ${line}, byte ${before.byte + good + 1} of the file`,
    'Name the encoding it is written in: --encoding windows-1251, koi8-r, cp866, utf-16le …',
  )
}
