// notify version: which program this is and what it rests on.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import { packageVersion } from '../package-version.ts'

export const addVersionCommand = (program: Command, cli: Cli): void => {
  addCommand(program, 'version', 'print the version, and what it rests on', [
    'notify version',
    'notify version --json',
  ]).action(async (options: CommonOptions) => {
    const { storeVersions } = await import('../../app.ts')
    const versions = {
      notify: packageVersion(),
      node: process.versions.node,
      ...storeVersions(),
      icu: process.versions['icu'] ?? null,
      tz: process.versions['tz'] ?? null,
      platform: `${process.platform} ${process.arch}`,
    }
    if (options.json !== undefined) return printJson(cli, versions)
    print(
      cli.out,
      Object.entries(versions)
        .map(([name, value]) => `${name.padEnd(10)}${value ?? ''}`)
        .join('\n'),
    )
  })
}
