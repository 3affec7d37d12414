// The first bytes of a stream, looked at before anybody decides how the whole of it is to be read.
export interface Peeked {
  readonly head: Buffer
  /** True: there is no more than the head. */
  readonly isWhole: boolean
  /** All bytes, these included. */
  readonly all: AsyncIterable<Uint8Array>
}

const HEAD_BYTES = 64 * 1024

export const peek = async (chunks: AsyncIterator<Uint8Array>, size = HEAD_BYTES): Promise<Peeked> => {
  const first: Uint8Array[] = []
  let length = 0
  let next = await chunks.next()
  while (next.done !== true) {
    first.push(next.value)
    length += next.value.length
    if (length >= size) break
    next = await chunks.next()
  }
  const read = Buffer.concat(first)
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield read
      yield* { [Symbol.asyncIterator]: () => chunks }
    } finally {
      await chunks.return?.() // who has looked at the beginning may look no further
    }
  }
  return { head: read.subarray(0, size), isWhole: length < size, all: all() }
}

/** Everything, where it is no more than `most` bytes; null: it is more. */
export const readWhole = async (chunks: AsyncIterable<Uint8Array>, most: number): Promise<Buffer | null> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length > most) return null
  }
  return Buffer.concat(parts)
}
