// One event, one line of JSON. The only file that knows pino, which takes 30 ms to load: only those who log load it.
import { pino } from 'pino'
import type { Clock } from '../clock.ts'
import { FIELDS, isoOf, type Render } from './render.ts'

export const jsonRender = (write: (line: string) => void, clock: Clock): Render => {
  let at = Number.NaN
  let time = ''
  /** Many events fall into one millisecond, and making its text is a quarter of a line's cost. */
  const timestamp = (): string => {
    const now = clock.now()
    if (now !== at) {
      at = now
      time = `,"time":"${isoOf(now)}"`
    }
    return time
  }
  const logger = pino(
    {
      base: null,
      level: 'debug',
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
      serializers: FIELDS,
    },
    { write },
  )
  return (loudness, event) => logger[loudness](event)
}
