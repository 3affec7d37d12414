// Which configuration file is read, and its text. The current folder only: never searched upwards.
import { isAbsolute, join, resolve } from 'node:path'
import type { ConfigOptions } from '../config.ts'
import { Fixable } from '../domain/errors.ts'
import { refusalOf } from '../file-access.ts'
import { readPlainFile } from '../plain-file.ts'

export interface ConfigFile {
  readonly path: string
  readonly text: string
}

/** The file that was named, else the first that is there of ./notify.toml, the user's and the system's; null: none. */
export const findConfigFile = ({ file, env, cwd, home }: ConfigOptions): ConfigFile | null => {
  const named = file ?? (env['NOTIFY_CONFIG'] || undefined)
  if (named !== undefined) {
    const path = resolve(cwd, named)
    const found = read(path)
    if (found === null)
      throw new Fixable('config', `there is no configuration file ${path}`, '`notify init` writes one.')
    return found
  }
  for (const place of usualPlaces({ env, cwd, home })) {
    const found = read(place)
    if (found !== null) return found
  }
  return null
}

/** Where one is looked for when none is named, the first one first. */
export const usualPlaces = ({ env, cwd, home }: Pick<ConfigOptions, 'env' | 'cwd' | 'home'>): readonly string[] => [
  resolve(cwd, 'notify.toml'),
  join(xdgFolder(env['XDG_CONFIG_HOME'], join(home, '.config')), 'notify/config.toml'),
  '/etc/notify/config.toml',
]

/** A relative XDG folder counts as unset, as its specification says. */
export const xdgFolder = (value: string | undefined, otherwise: string): string =>
  value !== undefined && isAbsolute(value) ? value : otherwise

const LARGEST = 1024 * 1024

const read = (path: string): ConfigFile | null => {
  const found = readPlainFile(path, LARGEST)
  if (!found.ok) {
    if (found.code === 'ENOENT' || found.code === 'ENOTDIR') return null
    if (found.code === 'EISDIR') throw new Fixable('config', `${path} is a folder, not a configuration file`)
    const refusal = refusalOf(path, 'read')
    if (refusal !== null) throw new Fixable('config', refusal.says, refusal.hint, true)
    throw new Fixable('config', `${path} cannot be read (${found.why})`, 'Check its owner and permissions.')
  }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(found.bytes) }
  } catch {
    throw new Fixable('config', `${path} is not UTF-8`, 'Save it as UTF-8.')
  }
}
