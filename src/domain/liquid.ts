// The template language, locked down: no file, no clock, no code, and bounds on what it may take.
import { createRequire } from 'node:module'
import type { Liquid } from 'liquidjs'

export const LONGEST_TEXT = 100_000

const TAGS = new Set('if unless case for assign capture comment raw cycle break continue'.split(' '))
// no `date`: it reads the clock and the time zone of this process
const FILTERS = new Set(
  'default upcase downcase capitalize size first last join truncate strip escape round plus minus times divided_by'.split(
    ' ',
  ),
)

let blankSeen = 0

const countBlank = <T>(value: T): T => {
  if (value === null || value === undefined || String(value).trim() === '') blankSeen += 1
  return value
}

/** How many outputs of all renderings so far said nothing. */
export const blankOutputsSeen = (): number => blankSeen

let opened: Liquid | undefined

/** 27 ms and most texts do without: loaded with the first text that needs it. */
export const openLiquid = (): Liquid => {
  if (opened) return opened
  const require: (name: 'liquidjs') => typeof import('liquidjs') = createRequire(import.meta.url)
  const engine = new (require('liquidjs').Liquid)({
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: LONGEST_TEXT,
    renderLimit: 200,
    memoryLimit: 1e6,
    templates: {},
    outputEscape: countBlank,
  })
  for (const tag of Object.keys(engine.tags)) if (!TAGS.has(tag)) Reflect.deleteProperty(engine.tags, tag)
  for (const name of Object.keys(engine.filters)) if (!FILTERS.has(name)) Reflect.deleteProperty(engine.filters, name)
  opened = engine
  return engine
}
