// What `notify demo` does: the commands that an operator types, then the day they prepared, played as a time-lapse.
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { visible } from '../../domain/visible.ts'
import { writeFileWhole } from '../../files/output-file.ts'
import { cannotWrite } from '../../files/output-place.ts'
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
  const folder = newFolder(cli.cwd)
  const clock = demoClock(cli.clock)
  const sandbox = await startSandbox({ port: 0, latencyMs: LATENCY_MS, failRate: 0 })
  const there: Cli = { ...cli, cwd: folder, clock, env: withoutNotify(cli.env) }
  try {
    for (const [name, content] of [
      ['suppliers.csv', readFileSync(packagePath('examples/suppliers.csv'))],
      ['token.txt', 'demo-token\n'],
      ['notify.toml', configuration(sandbox.url)],
    ] as const)
      await writeFileWhole(join(folder, name), { name, own: [] }, content)
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

const newFolder = (beside: string): string => {
  try {
    return mkdtempSync(join(beside, 'notify-demo-'))
  } catch (error) {
    throw cannotWrite(beside, error, 'failed')
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
The sandbox took ${taken} messages, each once. Everything is in ${visible(folder)}:
  notify.toml    the configuration    suppliers.csv  what was imported
  notify.db      the rows             token.txt      the token of the gateway
Look around there: notify stats 1 · notify messages list 1 · notify --help
Your own:          notify init, then the same four commands.`
