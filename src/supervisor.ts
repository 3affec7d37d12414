// What systemd is told of the daemon: that it works, reloads, stops, and that its messages move (Type=notify, WatchdogSec=).
// Node has no datagram sockets of unix; systemd's own little program has one.
import { execFile } from 'node:child_process'
import type { Log } from './log.ts'

/** It waits until systemd has read what it was told, unless systemd is in trouble itself. */
const PATIENCE_MS = 5_000
/** With no watchdog to be fed, all is looked at this often. */
const LOOK_MS = 10_000

const AT_WORK = 'STATUS=sends what becomes due'

const SAYS = {
  ready: ['READY=1', AT_WORK],
  reloading: ['RELOADING=1', 'STATUS=reads its settings anew'],
  well: ['WATCHDOG=1', AT_WORK],
  stalled: ['STATUS=due messages do not move: see the log and notify gateways list'],
  stopping: ['STOPPING=1', 'STATUS=finishes what is in flight'],
} as const

export type DaemonState = keyof typeof SAYS

export interface Supervisor {
  /** `well` or `stalled` is to be told this often, ms. */
  readonly everyMs: number
  /** Tells how the daemon is, in the order in which it is called. Resolves when that is told, or cannot be; never rejects. */
  tell(state: DaemonState): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where NOTIFY_SOCKET is not set, nobody is told. */
export const openSupervisor = (env: Environment, log: Log, pid: number): Supervisor => {
  const socket = env['NOTIFY_SOCKET'] ?? ''
  if (socket === '') return { everyMs: LOOK_MS, tell: async () => undefined }
  const watchdogMs = readWatchdog(env, pid)
  const say = speaker(socket, env['PATH'], log)
  let last: DaemonState | undefined
  let saying = Promise.resolve()
  return {
    everyMs: Math.min(LOOK_MS, watchdogMs / 2),
    tell: (state) => {
      if (last === 'stopping') return saying // a reload may end after it
      const isNews = state === 'well' ? last === 'stalled' : state !== last
      const isFood = state === 'well' && watchdogMs < Number.POSITIVE_INFINITY
      if (isNews || isFood) saying = saying.then(() => say([`--pid=${pid}`, ...SAYS[state]]))
      last = state
      return saying
    },
  }
}

/** The longest that systemd waits for WATCHDOG=1, ms; Infinity: it does not, or waits for another process. */
const readWatchdog = (env: Environment, pid: number): number => {
  const ms = Number(env['WATCHDOG_USEC']) / 1_000
  const isOurs = Number(env['WATCHDOG_PID'] ?? pid) === pid
  return isOurs && ms > 0 ? ms : Number.POSITIVE_INFINITY
}

const speaker = (socket: string, path: string | undefined, log: Log) => {
  const options = { env: { NOTIFY_SOCKET: socket, PATH: path ?? '/usr/bin:/bin' }, timeout: PATIENCE_MS }
  let isUnheard = false
  return (words: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      execFile('systemd-notify', words, options, (error) => {
        if (error === null) log({ event: 'supervisor-told', state: words.slice(1).join(' ') })
        else if (!isUnheard) log({ event: 'supervisor-unheard', reason: `systemd-notify: ${String(error.code)}` })
        isUnheard = error !== null
        resolve()
      })
    })
}
