// Names of files that are not whole yet. Each says whose process makes it, so that what a killed one left can be told from
// what a living one is about to finish.
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isAround, systemWitness } from '../worker-identity.ts'
import { realFile } from './own-files.ts'

/** A backup, a list; a database that a restore puts in place; the first one of all; a folder with a copy of somebody else's. */
type PartKind = 'part' | 'restoring' | 'new' | 'copy'

/** The process, when it started, its machine with the namespace of its processes, its boot; then chance, so that nobody guesses it. */
const PART =
  /\.(?:part|restoring|new|copy)-(\d+)-(\d+)-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{8}(?:-wal|-shm|-journal|\.lock)?$/

/** What this program wrote before names said more than the number of the process. */
const OLDER = /^\.(?:part|restoring)-(\d+)(?:\.json)?(?:-wal|-shm|-journal|\.lock)?$/

/** A name has 255 bytes at most: of a longer one only its beginning stands here. */
const LONGEST = 60

/** Beside the file; of this process alone. */
export const partOf = (file: string, kind: PartKind): string => {
  const { pid, pidStart, host, bootId } = systemWitness().self('run-due')
  const start = /^\d+$/.test(pidStart) ? pidStart : '0'
  const mark = `${pid}-${start}-${digest(host)}-${digest(bootId)}-${crypto.randomUUID().slice(0, 8)}`
  return join(dirname(file), `${basename(file).slice(0, LONGEST)}.${kind}-${mark}`)
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

export interface PartOfSomebody {
  readonly path: string
  readonly bytes: number
  /** What is known of its process. `unknown`: it is of another machine, or another container. */
  readonly maker: 'dead' | 'alive' | 'unknown'
}

/** Every unfinished file of ours in the folder of this file. None where it cannot be read. */
const partsBeside = (file: string): readonly PartOfSomebody[] =>
  namesIn(dirname(file)).flatMap((name) => {
    const maker = makerOf(name, basename(file))
    const path = join(dirname(file), name)
    const found = maker === null ? undefined : lstatSync(path, { throwIfNoEntry: false })
    return maker === null || found === undefined || !isOurs(found, dirname(file))
      ? []
      : [{ path, bytes: found.size, maker }]
  })

/** In a folder of everybody, such as /tmp, somebody else may have given the name. Root makes files for the owner of a folder. */
const isOurs = ({ uid }: Stats, folder: string): boolean => {
  const self = process.getuid?.()
  return self === undefined || uid === self || (self === 0 && uid === statSync(folder).uid)
}

/** The same in the folders of all these, each once. */
export const unfinishedNear = (files: readonly (string | null)[]): readonly PartOfSomebody[] => {
  const all = files.flatMap((file) => (file === null ? [] : partsBeside(realFile(file))))
  return [...new Map(all.map((each) => [each.path, each])).values()]
}

/** Removes what dead processes left there: each may hold a whole address book. What cannot be removed hinders nobody. */
export const clearPartsBeside = (file: string): void => {
  for (const { path } of partsBeside(file).filter(({ maker }) => maker === 'dead')) {
    try {
      // a folder of another user's is not gone into: what is in it may change at any moment
      rmSync(path, { force: true, recursive: lstatSync(path).uid === process.getuid?.() })
    } catch {
      // doctor tells of it
    }
  }
}

/** null: it is no unfinished file of ours. An older name is known beside its own file only: elsewhere its number may mean something else. */
const makerOf = (name: string, base: string): PartOfSomebody['maker'] | null => {
  const found = PART.exec(name)
  if (found !== null) return fateOf(found.slice(1))
  const older = name.startsWith(base) ? OLDER.exec(name.slice(base.length)) : null
  return older === null ? null : isAround(Number(older[1])) ? 'alive' : 'dead'
}

const fateOf = ([pid = '', pidStart = '', host = '', boot = '']: readonly string[]): PartOfSomebody['maker'] => {
  const witness = systemWitness()
  const self = witness.self('run-due')
  const worker = {
    ...self,
    pid: Number(pid),
    pidStart: pidStart === '0' ? self.pidStart : pidStart,
    host: host === digest(self.host) ? self.host : '',
    bootId: boot === digest(self.bootId) ? self.bootId : '',
  }
  if (!witness.canTell(worker)) return 'unknown'
  return witness.isDead(worker) ? 'dead' : 'alive'
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
