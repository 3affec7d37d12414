// Text -> bytes of an encoding that Node can only read: its own decoder, turned round.

/** Bytes of `text`; fails for a character that the encoding does not have. */
export const encode = (text: string, encoding: string): Buffer => {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte), { stream: true }), byte]),
  )
  return Buffer.from(
    Array.from(text, (character) => {
      const byte = bytes.get(character)
      if (byte === undefined) throw new Error(`${encoding} has no ${character}`)
      return byte
    }),
  )
}
