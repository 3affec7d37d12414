// The files that a configuration leads to, and those that are configurations: nothing that is written goes over them.
import type { Config, ConfigOptions } from '../config.ts'
import { asDatabase, type OwnFile } from '../files/own-files.ts'
import { usualPlaces } from './find-file.ts'

export const ownFilesOf = (config: Config, options: ConfigOptions): readonly OwnFile[] => [
  asDatabase(config.database),
  ...[config.file, ...usualPlaces(options)].flatMap((file): readonly OwnFile[] =>
    file === null ? [] : [{ file, kind: 'configuration', what: 'a configuration' }],
  ),
  ...Object.entries(config.gateways).flatMap(([name, gateway]): readonly OwnFile[] => {
    if (gateway.type === 'outbox')
      return [{ file: gateway.file, kind: 'outbox', what: `the outbox of gateway "${name}"` }]
    const { tokenFile } = gateway
    return tokenFile === null ? [] : [{ file: tokenFile, kind: 'token', what: `the token of gateway "${name}"` }]
  }),
]
