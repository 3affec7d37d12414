// What `notify demo` does: the commands that an operator types, then the day they prepared, played as a time-lapse.
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '../../gateway/sandbox.ts'
import { packagePath } from '../../package-path.ts'
import { type Cli, type CommonOptions, print, withApp } from '../cli.ts'
import { runProgram } from '../program.ts'
import { demoClock } from './demo-clock.ts'
import { playDay } from './demo-day.ts'

const LATENCY_MS = 20
const TEXT = 'Здравствуйте, {{ name }}! Ждём вашу заявку сегодня до 18:00.'

/** Everything is real but the clock: the store, the engine, HTTP, the commands. */
export const demo = async (cli: Cli, options: CommonOptions): Promise<void> => {
  const folder = mkdtempSync(join(cli.cwd, 'notify-demo-'))
  const clock = demoClock(cli.clock)
  const sandbox = await startSandbox({ port: 0, latencyMs: LATENCY_MS, failRate: 0 })
  const there: Cli = { ...cli, cwd: folder, clock, env: withoutNotify(cli.env) }
  try {
    copyFileSync(packagePath('examples/suppliers.csv'), join(folder, 'suppliers.csv'))
    writeFileSync(join(folder, 'token.txt'), 'demo-token\n', { mode: 0o600 })
    writeFileSync(join(folder, 'notify.toml'), configuration(sandbox.url), { mode: 0o600 })
    const type = async (...words: string[]): Promise<void> => {
      if (cli.signal.aborted) return
      print(cli.out, `\n$ notify ${words.join(' ')}`)
      await runProgram(there, words)
    }
    await type('import', 'timezones', '--preset', 'ru')
    await type('import', 'suppliers', 'suppliers.csv')
    await type('schedule', '--at', '10:00')
    print(cli.out, '\nThe day, as a time-lapse (in earnest: crontab runs notify run-due, or notify daemon stays up):\n')
    await withApp(there, options, (app) => playDay(cli, options, app, clock))
    await type('stats')
    print(cli.out, farewell(folder, sandbox.counts().taken))
  } finally {
    await sandbox.close()
  }
}

/** The demo has a configuration of its own; the operator's stays out of it. */
const withoutNotify = (env: Cli['env']): Cli['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('NOTIFY_')))

const configuration = (url: string): string => `# Written by notify demo.
database = "notify.db"
zone = "Europe/Moscow"

[defaults]
gateway = "sms"
text = "${TEXT}"

[gateways.sms]
type = "http"
preset = "probe"
url = "${url}" # the sandbox of the demo: gone now, start another with notify sandbox
token_file = "token.txt"
`

const farewell = (folder: string, taken: number): string => `
The sandbox took ${taken} messages, each once. Everything is in ${folder}:
  notify.toml    the configuration    suppliers.csv  what was imported
  notify.db      the rows             token.txt      the token of the gateway
Look around there: notify stats 1 · notify messages list 1 · notify --help
Your own:          notify init, then the same four commands.`
