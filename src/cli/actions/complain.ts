// Trouble, told to an operator who reads cron's mail: when it begins, at most every so often, and once when it ends (cli.md 36).
import type { App } from '../../app.ts'
import { EXIT } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import type { PassReport } from '../../flow/run-due.ts'
import { type Cli, print } from '../cli.ts'

/** Prints what should be told now, and sets the exit code to 7 while there is trouble. `every` in ms. */
export const complain = async (cli: Cli, app: App, { troubles, working }: PassReport, every: number): Promise<void> => {
  await tellEnds(
    cli,
    app,
    [...working].filter((gateway) => !troubles.has(gateway)),
  )
  for (const [gateway, reason] of troubles) {
    cli.exit(EXIT.gateway)
    if (OF_A_MAILING.test(reason)) continue // told with the other troubles of mailings
    if (!(await app.store.noteTrouble(`${gateway} ${kindOf(reason)}`, app.clock.now(), every))) continue
    print(
      cli.err,
      `notify: gateway "${gateway}" does not take messages: ${visible(reason)}${adviceFor(reason)}\nNothing is lost: they wait and are tried again.`,
    )
  }
}

const tellEnds = async (cli: Cli, { store }: App, mended: readonly string[]): Promise<void> => {
  const ended = new Set<string>()
  for (const key of await store.listTroubles()) {
    const [gateway = ''] = key.split(' ')
    if (mended.includes(gateway) && (await store.clearTrouble(key))) ended.add(gateway)
  }
  for (const gateway of ended) print(cli.err, `notify: gateway "${gateway}" works again`)
}

const OF_A_MAILING = /^mailing \d+ "/

/** What makes one trouble of a gateway another than the last: not what the gateway wrote, nor how long or how many it were. */
const kindOf = (reason: string): string =>
  (/^[^:("]*/.exec(reason)?.[0] ?? '')
    .replaceAll(/(?<!answered \d*)\d+/g, '#')
    .trim()
    .slice(0, LONGEST_KIND)

const LONGEST_KIND = 80

/** What a person can do about it, where that is known. */
const adviceFor = (reason: string): string =>
  /answered 40[13]\b/.test(reason) ? '\nCheck its token (token_file or token_env in notify.toml).' : ''
