// `notify stats --watch`: the same answer again and again, until the mailing is over or nobody looks any more.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { type Cli, print } from '../cli.ts'
import type { StatsOptions } from '../commands/stats.ts'

const USUAL_SECONDS = 2
const TO_THE_TOP = '\u001b[H'
const CLEAR_THE_REST = '\u001b[J'
const CLEAR_LINE = '\u001b[K'

/** `draw` says whether there is anything to wait for. */
export const watch = async (
  cli: Cli,
  app: Pick<App, 'clock'>,
  options: StatsOptions,
  draw: (cli: Cli) => Promise<boolean>,
): Promise<void> => {
  const pause = secondsOf(options.watch) * 1_000
  const isTTY = cli.out.isTTY === true
  if (isTTY) cli.out.write(`${TO_THE_TOP}${CLEAR_THE_REST}`)
  for (;;) {
    const page = gathering(cli)
    const goesOn = await draw(page.cli)
    // line over line: a screen that is cleared first flickers
    if (isTTY) cli.out.write(`${TO_THE_TOP}${page.text().replaceAll('\n', `${CLEAR_LINE}\n`)}${CLEAR_THE_REST}`)
    else print(cli.out, page.text())
    if (!goesOn || cli.unread.aborted) return
    await app.clock.sleep(pause, AbortSignal.any([cli.signal, cli.unread]))
    if (cli.signal.aborted) return
  }
}

const secondsOf = (raw: string | boolean | undefined): number => {
  if (typeof raw !== 'string') return USUAL_SECONDS
  if (/^\d{1,4}$/.test(raw) && Number(raw) > 0) return Number(raw)
  throw new Fixable('usage', `--watch "${raw}" is not a number of seconds`, 'Write it like --watch 5.')
}

/** The same command line, writing into memory. */
const gathering = (cli: Cli): { readonly cli: Cli; text(): string } => {
  let text = ''
  const write = (more: string): void => {
    text += more
  }
  const { isTTY, columns } = cli.out
  const out = { write, ...(isTTY === undefined ? {} : { isTTY }), ...(columns === undefined ? {} : { columns }) }
  return { cli: { ...cli, out, err: { write: () => undefined } }, text: () => text }
}
