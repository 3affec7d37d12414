// How far long work has come, on stderr: a bar that moves on a terminal, else a line every 10 % or 10 s.
import type { Cli, CommonOptions } from '../cli.ts'
import { duration, percent } from './format.ts'
import { lookOf } from './look.ts'

export interface Progress {
  /** So many are done by now; `share`: of the whole work, 0 to 1, where that is known. */
  advance(done: number, share?: number): void
  /** Says in one line what was done and how long it took, if anything was shown before. */
  end(): void
}

/** Short work shows nothing. */
const PATIENCE_MS = 500
const REDRAW_MS = 100
const NEXT_LINE_MS = 10_000

const BAR_WIDTH = 24
const START_OF_LINE = '\r\u001b[K'

const HIDDEN: Progress = { advance: () => undefined, end: () => undefined }

/** `unit`: what is counted, in the plural: "messages", "rows read". Nothing is shown with --quiet. */
export const openProgress = (
  cli: Pick<Cli, 'err' | 'env' | 'clock'>,
  options: Pick<CommonOptions, 'quiet' | 'color'>,
  unit: string,
): Progress => {
  if (options.quiet === true) return HIDDEN
  const { isTTY, blocks, count } = lookOf(cli, options, cli.err)
  const start = cli.clock.now()
  let shown: { readonly at: number; readonly tenth: number } | null = null
  let counted = 0

  const isTime = (now: number, tenth: number): boolean => {
    if (now - start < PATIENCE_MS) return false
    const since = now - (shown?.at ?? start)
    return isTTY ? shown === null || since >= REDRAW_MS : since >= NEXT_LINE_MS || tenth > (shown?.tenth ?? 0)
  }

  return {
    advance: (done, share) => {
      counted = done
      const now = cli.clock.now()
      const tenth = Math.floor((share ?? 0) * 10)
      if (!isTime(now, tenth)) return
      shown = { at: now, tenth }
      const said = `${share === undefined ? '' : `${percent(share, 1)} `}${count(done)} ${unit}`
      cli.err.write(isTTY ? `${START_OF_LINE}${share === undefined ? '' : bar(share, blocks)}${said}` : `${said}\n`)
    },
    end: () => {
      if (shown === null) return
      const summary = `${count(counted)} ${unit} in ${duration(cli.clock.now() - start)}\n`
      cli.err.write(isTTY ? `${START_OF_LINE}${summary}` : summary)
    },
  }
}

const bar = (share: number, blocks: boolean): string => {
  const full = Math.round(Math.min(share, 1) * BAR_WIDTH)
  const [done, open] = blocks ? ['█', '░'] : ['#', '-']
  return `${done.repeat(full)}${open.repeat(BAR_WIDTH - full)} `
}
