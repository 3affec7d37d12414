// A disk of a few MB for a database: a tmpfs in a mount namespace of its own, which goes with the process that holds it.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './database.ts'

const MIB = 1024 * 1024

const isRoot = process.getuid?.() === 0
const UNSHARE = isRoot ? ['-m'] : ['-Urm']

/** Why there can be no such disk here; null: there can. */
export const whyNoSmallDisk = (): string | null => {
  const tried = spawnSync('unshare', [...UNSHARE, 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /tmp'], {
    encoding: 'utf8',
  })
  return tried.status === 0
    ? null
    : `no tmpfs of one's own may be mounted here: ${tried.error?.message ?? tried.stderr}`
}

export interface SmallDisk {
  /** As processes on it see it. */
  readonly folder: string
  /** Words to run a command with it, in this folder. */
  through(cwd: string): readonly string[]
  free(): number
  /** Leaves so many bytes, or none. */
  fill(leave?: number): void
  /** Gives back what was filled. */
  empty(): void
  /** Removes every file. */
  clear(): void
  files(): readonly string[]
  /** Bytes of one of its files, 0 where there is none. */
  size(name: string): number
  /** Rows of the database there. */
  query<T>(sql: string): readonly T[]
}

export const openSmallDisk = async (mib: number): Promise<SmallDisk> => {
  const folder = temporaryFolder()
  const mount = `mount -t tmpfs -o size=${mib}m tmpfs "$0" && echo mounted && exec sleep 600`
  const holder = spawn('unshare', [...UNSHARE, 'sh', '-c', mount, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  const outside = `/proc/${holder.pid}/root${folder}` // for plain files; SQLite would take the wrong way here
  const fill = join(outside, 'filled')
  const enter = ['nsenter', '-t', String(holder.pid), '-m', ...(isRoot ? [] : ['-U', '--preserve-credentials'])]
  const through = (cwd: string): readonly string[] => [...enter, 'sh', '-c', 'cd "$0" && exec "$@"', cwd]
  const free = (): number => {
    const { bavail, bsize } = statfsSync(outside)
    return bavail * bsize
  }
  return {
    folder,
    through,
    free,
    fill: (leave = 0) => fillUp(fill, () => free() - leave),
    empty: () => rmSync(fill),
    clear: () => {
      for (const name of readdirSync(outside)) rmSync(join(outside, name), { recursive: true })
    },
    files: () => readdirSync(outside),
    size: (name) => statSync(join(outside, name), { throwIfNoEntry: false })?.size ?? 0,
    query: (sql) => {
      const [command, ...words] = [
        ...through(folder),
        process.execPath,
        '-e',
        QUERY,
        BETTER_SQLITE,
        join(folder, 'notify.db'),
        sql,
      ]
      return JSON.parse(execFileSync(command, words, { encoding: 'utf8' }))
    },
  }
}

const BETTER_SQLITE = createRequire(import.meta.url).resolve('better-sqlite3')
const QUERY = `const [module, file, sql] = process.argv.slice(1)
const db = new (require(module))(file, { timeout: 5000 })
console.log(JSON.stringify(db.prepare(sql).all()))
db.close()`

const fillUp = (file: string, left: () => number): void => {
  const handle = openSync(file, 'a')
  try {
    for (let bytes = left(); bytes > 0; bytes = left()) writeSync(handle, Buffer.alloc(Math.min(bytes, MIB)))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    closeSync(handle)
  }
}
