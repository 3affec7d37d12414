// What a format of the log does with an event, and how its fields are told: the words of strangers masked and on one line.
import { maskPersonal } from '../domain/mask.ts'
import { visible } from '../domain/visible.ts'

export type Loudness = 'debug' | 'info' | 'warn'

/** Writes one line. The fields beside `event` are plain: ids, counts, words. */
export type Render = (loudness: Loudness, event: { readonly event: string }) => void

const LONGEST = 500

const words = (value: unknown): unknown => {
  if (typeof value !== 'string') return undefined
  const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  return visible(maskPersonal(cut))
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
