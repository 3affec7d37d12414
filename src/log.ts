// Only the wording of logs. The flow emits events; here each becomes one JSON line.
import type { Clock } from './clock.ts'

export type LogEvent =
  | { readonly event: 'stale-settle'; readonly count: number }
  | { readonly event: 'gateway-rests'; readonly gateway: string; readonly until: number; readonly reason: string }
  | { readonly event: 'gateway-trouble'; readonly gateway: string; readonly reason: string }
  | { readonly event: 'rows-rescued'; readonly workerId: number; readonly count: number }
  | { readonly event: 'schedule-rolled-back'; readonly mailing: string }
  | { readonly event: 'daemon-started' | 'daemon-stopping' | 'daemon-stopped' | 'reloaded' }
  | { readonly event: 'reload-refused'; readonly reason: string }
  | {
      readonly event: 'pass'
      readonly gateway?: string
      readonly claimed: number
      readonly sent: number
      readonly failed: number
    }

export type Log = (event: LogEvent) => void

/** quiet: only what must be heard, in words; info: every event, as JSON. */
export type LogLevel = 'quiet' | 'info'

const WARNINGS: ReadonlySet<LogEvent['event']> = new Set([
  'stale-settle',
  'gateway-rests',
  'gateway-trouble',
  'rows-rescued',
  'schedule-rolled-back',
  'reload-refused',
])

/** What somebody must hear even of a command that is to be silent. */
const mustBeHeard = (event: LogEvent): string | null =>
  event.event === 'schedule-rolled-back'
    ? `notify: mailing "${event.mailing}" was being scheduled when its process died: it is taken back, nothing of it is sent. Schedule it again.`
    : null

/** One event, one line of JSON; line breaks and control characters inside are escaped by JSON itself. */
export const createLog = (screen: { write(text: string): unknown }, clock: Clock, level: LogLevel): Log => {
  return (event) => {
    if (level === 'quiet') {
      const words = mustBeHeard(event)
      if (words !== null) screen.write(`${words}\n`)
      return
    }
    const isWarning = WARNINGS.has(event.event)
    const time = new Date(clock.now()).toISOString()
    screen.write(`${JSON.stringify({ time, level: isWarning ? 'warn' : 'info', ...event })}\n`)
  }
}
