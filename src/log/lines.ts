// Lines on their way to stderr: gathered, so that 20,000 a second cost a hundred writes.

/** What is told waits so long for company. */
const GATHER_MS = 10
/** No more than this is kept for a reader that has stopped reading; the work goes on without him. */
const MOST_KEPT = 8 * 1024 * 1024

/** process.stderr is one: at a pipe that is full it queues, and does not stop the event loop. */
export interface LogScreen {
  write(text: string): unknown
  /** Bytes that it has queued. */
  readonly writableLength?: number
}

export interface Lines {
  write(line: string): void
  /** Hands over now what was gathered. */
  flush(): void
  /** Lines that were dropped since the last question, once there is room again; else 0. */
  takeLost(): number
}

/** What is gathered is handed over also where the process ends before its time; only a kill -9 loses it. */
export const openLines = (screen: LogScreen): Lines => {
  let gathered = ''
  let count = 0
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  const hasRoom = (): boolean => (screen.writableLength ?? 0) < MOST_KEPT

  const flush = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    process.off('exit', flush)
    if (hasRoom()) screen.write(gathered)
    else lost += count
    gathered = ''
    count = 0
  }
  const gather = (): void => {
    timer = setTimeout(flush, GATHER_MS)
    process.once('exit', flush)
  }
  return {
    write: (line) => {
      gathered += line
      count += 1
      if (timer === undefined) gather()
    },
    flush,
    takeLost: () => {
      if (lost === 0 || !hasRoom()) return 0
      const taken = lost
      lost = 0
      return taken
    },
  }
}
