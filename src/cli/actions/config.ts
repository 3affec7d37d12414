// What `notify config` shows.
import { homedir } from 'node:os'
import { explainConfig } from '../../config.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ConfigCommandOptions } from '../commands/config.ts'
import { type Look, lookOf } from '../screen/look.ts'
import { drawPlain, drawTable } from '../table.ts'

type Explained = Awaited<ReturnType<typeof explainConfig>>
type Setting = Explained['values'][number]

export const showConfig = async (cli: Cli, options: ConfigCommandOptions): Promise<void> => {
  const { env, cwd } = cli
  const { file, values } = await explainConfig({ file: options.config, env, cwd, home: homedir() })
  const effective = await withFlags(values, options)
  if (options.validate === true && options.json === undefined) {
    if (options.quiet !== true) print(cli.out, `${file === null ? 'No file: the defaults' : visible(file)}: in order.`)
    return
  }
  if (options.json !== undefined) return printJson(cli, { file, values: effective })
  if (options.plain === true) return print(cli.out, drawPlain(['path', 'value', 'source'], effective))
  print(cli.out, drawSettings(effective, lookOf(cli, options, cli.out)))
}

/** --tz stands for the zone of this one command. */
const withFlags = async (values: readonly Setting[], { tz }: ConfigCommandOptions): Promise<readonly Setting[]> => {
  const zone = tz === undefined ? null : (await import('../../app.ts')).checkZone(tz)
  const system = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
  return values.map((setting) => {
    if (setting.path !== 'zone') return setting
    if (zone !== null) return { path: 'zone', value: zone, source: '--tz' }
    return setting.value === null ? { path: 'zone', value: system(), source: 'default (the system)' } : setting
  })
}

const drawSettings = (values: readonly Setting[], look: Look): string =>
  drawTable<Setting>(
    [
      { title: 'SETTING', cell: ({ path }) => path },
      { title: 'VALUE', cutTo: 20, cell: ({ value }) => (value === null ? '-' : String(value)) },
      {
        title: 'FROM',
        wrapTo: 12,
        isWord: true,
        cell: ({ source }) => source,
        paint: ({ source }) => (source.startsWith('default') ? 'dim' : null),
      },
    ],
    values,
    look,
  )
