// One event, one line for people: 2021-10-22T07:00:00.012Z info  sent message=123 mailing=4 …
import type { Clock } from '../clock.ts'
import { FIELDS, isoOf, type Render } from './render.ts'

export const prettyRender =
  (write: (line: string) => void, clock: Clock): Render =>
  (loudness, { event, ...fields }) => {
    const told = Object.entries<unknown>(fields).flatMap(([name, raw]) => {
      const value = FIELDS[name] === undefined ? raw : FIELDS[name](raw)
      return value === undefined ? [] : [`${name}=${quoted(value)}`]
    })
    write(`${[isoOf(clock.now()), loudness.padEnd(5), event, ...told].join(' ')}\n`)
  }

const quoted = (value: unknown): string =>
  typeof value === 'string' && /^[\w:.+-]+$/.test(value) ? value : JSON.stringify(value)
