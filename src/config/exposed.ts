// Files that keep a secret, or say where it is sent, and that others on this machine can read or change.
import { type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'

const READ_BY_OTHERS = 0o004
const WRITTEN_BY_OTHERS = 0o002
/** Where others may make files but not replace those that are there. */
const STICKY = 0o1000

/** A sentence for each, with what to do. */
export const exposedFiles = ({ file, gateways }: Config): readonly string[] => {
  if (process.platform === 'win32') return [] // modes say nothing there
  const tokens = Object.entries(gateways).flatMap(([name, gateway]) =>
    gateway.type === 'http' && gateway.tokenFile !== null ? exposedToken(name, gateway.tokenFile) : [],
  )
  return [...tokens, ...(file === null ? [] : exposedConfig(file))]
}

const exposedToken = (gateway: string, file: string): readonly string[] =>
  may(file, READ_BY_OTHERS)
    ? [`everybody on this machine can read ${file} (gateways.${gateway}.token_file): chmod 600 ${file}`]
    : []

const exposedConfig = (file: string): readonly string[] => {
  const folder = dirname(file)
  const what = 'and so where the token is sent'
  if (may(file, WRITTEN_BY_OTHERS)) return [`everybody on this machine can change ${file}, ${what}: chmod o-w ${file}`]
  return may(folder, WRITTEN_BY_OTHERS) && !may(folder, STICKY)
    ? [`everybody on this machine can replace ${file}, ${what}: chmod o-w ${folder}`]
    : []
}

/** False where there is no such file: who needs it says so. */
const may = (path: string, bits: number): boolean => {
  const found: Stats | undefined = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (found.mode & bits) !== 0
}
