// What is told of the work, and how loudly. The flow emits events; here each becomes one line (docs/logs.md).
import type { Clock } from './clock.ts'
import { Fixable } from './domain/errors.ts'
import { type LogScreen, openLines } from './log/lines.ts'
import type { Loudness, Render } from './log/render.ts'

/** Ids as a person sees them elsewhere: numbers of rows, names of gateways. Never an address, never a text. */
interface AboutMessage {
  readonly message: number
  readonly mailing: number
  readonly recipient: number
  readonly worker: number
  readonly gateway: string
  readonly attempt: number
}

export type LogEvent =
  /** What became of one attempt; `again`: it goes back and is tried later. */
  | (AboutMessage & {
      readonly event: 'sent' | 'failed' | 'unknown' | 'again'
      readonly ms: number
      readonly reason: string | null
    })
  | { readonly event: 'stale-settle'; readonly worker: number; readonly count: number }
  | { readonly event: 'gateway-rests'; readonly gateway: string; readonly until: number; readonly reason: string }
  | { readonly event: 'gateway-trouble'; readonly gateway: string; readonly reason: string }
  | { readonly event: 'gateway-works'; readonly gateway: string }
  | { readonly event: 'mailing-paused'; readonly mailing: number; readonly reason: string }
  | { readonly event: 'rows-rescued'; readonly worker: number; readonly count: number }
  | { readonly event: 'schedule-rolled-back'; readonly mailing: number; readonly name: string }
  /** Recipients that joined the audience of a mailing that follows the address book. */
  | { readonly event: 'joined'; readonly mailing: number; readonly count: number }
  /** An edit whose process died was brought to its end. */
  | { readonly event: 'edit-finished'; readonly mailing: number; readonly name: string }
  | { readonly event: 'daemon-started' | 'daemon-stopped' | 'reloaded' }
  | { readonly event: 'daemon-stopping'; readonly reason: string | null }
  | { readonly event: 'reload-refused'; readonly reason: string }
  /** Settings that were changed, and count after a restart only. */
  | { readonly event: 'restart-needed'; readonly settings: string }
  /**
   * The wall clock was set by this many ms; held: so far that nothing is sent until somebody looked. `reason`: at a boot, where
   * that is reckoned from what was written last.
   */
  | { readonly event: 'clock-jumped'; readonly ms: number; readonly held: boolean; readonly reason?: string }
  /** Everything is held, at the start of a daemon. */
  | { readonly event: 'held'; readonly by: string; readonly reason: string | null }
  | { readonly event: 'database-locked'; readonly seconds: number; readonly pid: number | null }
  /** Due for minutes, and nothing hinders it, and still it does not move. */
  | {
      readonly event: 'stalled'
      readonly message: number
      readonly mailing: number
      readonly recipient: number
      readonly gateway: string
      readonly dueAt: number
    }
  | { readonly event: 'moves-again'; readonly gateway: string }
  | { readonly event: 'outcomes-kept'; readonly worker: number; readonly count: number; readonly reason: string }
  | { readonly event: 'outcomes-replayed'; readonly worker: number; readonly count: number }
  /** Whoever reads the log did not keep up. */
  | { readonly event: 'log-lines-lost'; readonly count: number }
  /** What systemd was told, and that it cannot be told anything. */
  | { readonly event: 'supervisor-told'; readonly state: string }
  | { readonly event: 'supervisor-unheard'; readonly reason: string }
  | {
      readonly event: 'pass'
      readonly gateway?: string
      readonly claimed: number
      readonly sent: number
      readonly failed: number
      readonly retried: number
      readonly handedBack: number
      readonly unknown: number
      readonly expired: number
      readonly skipped: number
    }

export type Log = (event: LogEvent) => void

/** How loud each event is, and so at which level it is told. */
export const LOUDNESS: Readonly<Record<LogEvent['event'], Loudness>> = {
  sent: 'info',
  failed: 'warn',
  unknown: 'warn',
  again: 'info',
  'stale-settle': 'warn',
  'gateway-rests': 'warn',
  'gateway-trouble': 'warn',
  'gateway-works': 'info',
  'mailing-paused': 'warn',
  'rows-rescued': 'warn',
  'schedule-rolled-back': 'warn',
  'edit-finished': 'warn',
  joined: 'info',
  'daemon-started': 'info',
  'daemon-stopping': 'info',
  'daemon-stopped': 'info',
  reloaded: 'info',
  'reload-refused': 'warn',
  'restart-needed': 'warn',
  'clock-jumped': 'warn',
  held: 'warn',
  'database-locked': 'warn',
  stalled: 'warn',
  'moves-again': 'info',
  'outcomes-kept': 'warn',
  'outcomes-replayed': 'info',
  'log-lines-lost': 'warn',
  'supervisor-told': 'debug',
  'supervisor-unheard': 'warn',
  pass: 'info',
}

/** quiet: only what must be heard, in words; info: every event but those that only a developer wants; debug: all. */
const LEVELS = ['quiet', 'info', 'debug'] as const
const FORMATS = ['json', 'pretty'] as const

export type LogLevel = (typeof LEVELS)[number]
export type LogFormat = (typeof FORMATS)[number]

/** NOTIFY_LOG_LEVEL and NOTIFY_LOG_FORMAT; an empty one sets nothing. Fails with Fixable('config'). */
export const readLogSettings = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly level: LogLevel | undefined; readonly format: LogFormat } => ({
  level: readWord(env, 'NOTIFY_LOG_LEVEL', LEVELS),
  format: readWord(env, 'NOTIFY_LOG_FORMAT', FORMATS) ?? 'json',
})

const readWord = <T extends string>(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
  words: readonly T[],
): T | undefined => {
  const raw = env[variable] ?? ''
  const word = words.find((each) => each === raw)
  if (raw === '' || word !== undefined) return word
  throw new Fixable('config', `${variable}: got ${JSON.stringify(raw.slice(0, 20))}, expected ${words.join(' or ')}`)
}

export interface LogPowers {
  readonly screen: LogScreen
  readonly clock: Clock
}

export interface OpenLog {
  readonly log: Log
  /** Hands over what is still gathered. */
  close(): void
}

/** Loads what the format needs, so that events can be logged without waiting; quiet needs nothing. */
export const openLog = async (powers: LogPowers, level: LogLevel, format: LogFormat): Promise<OpenLog> => {
  if (level === 'quiet') return quietLog(powers.screen)
  const lines = openLines(powers.screen)
  const render = await openRender(format, lines.write, powers.clock)
  const tell = (event: LogEvent): void => {
    const loudness = LOUDNESS[event.event]
    if (loudness === 'debug' && level !== 'debug') return
    render(loudness, event)
    if (loudness === 'warn') lines.flush()
  }
  return {
    log: (event) => {
      const count = lines.takeLost()
      if (count > 0) tell({ event: 'log-lines-lost', count })
      tell(event)
    },
    close: lines.flush,
  }
}

const openRender = async (format: LogFormat, write: (line: string) => void, clock: Clock): Promise<Render> => {
  if (format === 'pretty') return (await import('./log/pretty.ts')).prettyRender(write, clock)
  return (await import('./log/json.ts')).jsonRender(write, clock)
}

const quietLog = (screen: LogScreen): OpenLog => ({
  log: (event) => {
    const words = mustBeHeard(event)
    if (words !== null) screen.write(`notify: ${words}\n`)
  },
  close: () => undefined,
})

const clockWords = (ms: number, reason: string | undefined): string => {
  const way = ms > 0 ? 'forward' : 'back'
  return reason === undefined
    ? `the clock of this machine was set ${way} by ${Math.round(Math.abs(ms) / 3_600_000)} h: nothing is sent. Check it (date), then notify release.`
    : `${reason}: nothing is sent until notify release.`
}

/** What somebody must hear even of a command that is to be silent. */
const mustBeHeard = (event: LogEvent): string | null => {
  if (event.event === 'schedule-rolled-back')
    return `mailing "${event.name}" was being scheduled when its process died: it is taken back, nothing of it is sent. Schedule it again.`
  if (event.event === 'clock-jumped' && event.held) return clockWords(event.ms, event.reason)
  if (event.event === 'stalled')
    return `gateway "${event.gateway}": message ${event.message} has been due for minutes, nothing hinders it, and it does not move.`
  return null
}
