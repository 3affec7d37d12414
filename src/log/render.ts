// What a format of the log does with an event, and how its fields are told: the words of strangers masked and on one line.
import { maskPersonal } from '../domain/mask.ts'
import { UNSAFE, writtenOut } from '../domain/unsafe.ts'

export type Loudness = 'debug' | 'info' | 'warn'

/** Writes one line. The fields beside `event` are plain: ids, counts, words. */
export type Render = (loudness: Loudness, event: { readonly event: string }) => void

const LONGEST = 500

const words = (value: unknown): unknown => {
  if (typeof value !== 'string') return undefined
  // masked before it is cut: of a number that is cut in the middle too much would stay
  const masked = maskPersonal(value.slice(0, 2 * LONGEST))
  const cut = masked.length > LONGEST ? `${masked.slice(0, LONGEST)}…` : masked
  return cut.replaceAll(UNSAFE, writtenOut)
}

const instant = (value: unknown): unknown => (typeof value === 'number' ? isoOf(value) : undefined)

/** ISO 8601 in UTC; the number itself where no calendar reaches. */
export const isoOf = (ms: number): string => {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString()
}

/** How a field is told, by its name; one that is not here is an id or a count, and is told as it is. undefined: it is left out. */
export const FIELDS: Readonly<Record<string, (value: unknown) => unknown>> = {
  reason: words,
  by: words,
  name: words,
  until: instant,
  dueAt: instant,
}
