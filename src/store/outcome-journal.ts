// Outcomes on disk beside the database, for the time in which it does not take them: a file for each worker, JSON lines under
// a header that names installation and worker.
//
// Its room is taken when the worker starts: 1 MiB is written and fsynced, and outcomes are later written over it. Given back
// first, it could be gone to whoever fills the disk. Its bytes are random: a file system that compresses has no room for
// zeros. What is written ends with a NUL; behind it lies what was there before.
import { type FileHandle, open, readFile, unlink } from 'node:fs/promises'
import { MESSAGE_STATES, type Settlement } from '../domain/message.ts'
import { ownBeside } from '../file-owner.ts'
import { syncFolderOf } from '../files/sync.ts'

/** Some 4,000 outcomes; a gateway of 64 at once has 576 in hand. */
const ROOM = 1024 * 1024

const FORMAT = 1

export interface JournalOwner {
  readonly installation: string
  readonly worker: number
}

export interface OutcomeJournal {
  /** Appends outcomes; they are on disk when it resolves. */
  keep(settlements: readonly Settlement[]): Promise<void>
  /** These are in the database after all. */
  forget(settlements: readonly Settlement[]): void
  /** Removes the file, unless something is kept there. */
  close(): Promise<void>
}

interface JournalPlace {
  readonly withRoom: boolean
  readonly database: string
}

/** Makes a new file beside the database; `withRoom`: with room for what may have to be kept, or not at all. */
export const openJournal = async (path: string, owner: JournalOwner, place: JournalPlace): Promise<OutcomeJournal> => {
  const { file, name } = await createFile(path, place.database)
  const header = Buffer.from(`${JSON.stringify({ notify: 'outcomes', format: FORMAT, ...owner })}\n`)
  const owed = new Set<Settlement>()
  let end = header.length
  let last: Promise<void> = Promise.resolve()

  const append = async (settlements: readonly Settlement[]): Promise<void> => {
    const lines = Buffer.from(settlements.map((each) => `${JSON.stringify(each)}\n`).join(''))
    await writeWhole(file, Buffer.concat([lines, NUL]), end)
    end += lines.length
  }

  /** What is in the database may be erased there: it does not stay here. */
  const overwrite = async (): Promise<void> => {
    if (owed.size > 0 || end === header.length) return
    await file.write(Buffer.concat([NUL, randomBytes(end - header.length)]), 0, undefined, header.length)
    end = header.length
  }

  await begin(file, name, Buffer.concat([header, NUL, place.withRoom ? randomBytes(ROOM) : NUL]))
  return {
    keep: (settlements) => {
      if (owed.size === 0) end = header.length
      for (const each of settlements) owed.add(each)
      last = last.catch(() => undefined).then(() => append(settlements))
      return last
    },
    forget: (settlements) => {
      for (const each of settlements) owed.delete(each)
      if (owed.size > 0) return
      last = last.catch(() => undefined).then(overwrite)
      last.catch(() => undefined) // a disk that cannot be written is told by what has to be
    },
    close: async () => {
      await last.catch(() => undefined)
      await file.close()
      if (owed.size === 0) await removeJournal(name)
    },
  }
}

/** On the disk, with its name, or not there at all. */
const begin = async (file: FileHandle, name: string, bytes: Buffer): Promise<void> => {
  try {
    await writeWhole(file, bytes, 0)
    syncFolderOf(name) // without it a power cut may forget that the file is there
  } catch (error) {
    await file.close()
    await unlink(name)
    throw error
  }
}

const NUL = Buffer.alloc(1)

/** 65,536 at a time: more are not given. */
const randomBytes = (size: number): Buffer => {
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/** A name that is taken already belongs to another installation, or to a time before a restore. */
const createFile = async (
  path: string,
  database: string,
): Promise<{ readonly file: FileHandle; readonly name: string }> => {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? path : `${path}.${n}`
    try {
      const file = await open(name, 'wx', 0o600)
      ownBeside(file.fd, database)
      return { file, name }
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    }
  }
}

const writeWhole = async (file: FileHandle, bytes: Buffer, at: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
  await file.sync()
}

export const removeJournal = async (path: string): Promise<void> => {
  await unlink(path).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error // another process was there first
  })
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

export interface JournalContent {
  /** null: nothing was ever kept there, its header was not even written. */
  readonly owner: JournalOwner | null
  readonly settlements: readonly Settlement[]
}

/** undefined: it is no journal, or one that this version cannot read. */
export const readJournal = async (path: string): Promise<JournalContent | undefined> => {
  const bytes = await readFile(path)
  const end = bytes.indexOf(0)
  const [first = '', ...lines] = bytes.toString('utf8', 0, end === -1 ? bytes.length : end).split('\n')
  if (first === '') return { owner: null, settlements: [] }
  const owner = parse(first, isOwner)
  if (owner === undefined) return undefined
  const settlements = lines.slice(0, -1).map((line) => parse(line, isSettlement)) // behind the last line break: a torn line
  const torn = settlements.indexOf(undefined)
  const whole = torn === -1 ? settlements : settlements.slice(0, torn)
  return { owner, settlements: whole.flatMap((each) => (each === undefined ? [] : [{ ...BLANK, ...each }])) }
}

const parse = <T>(line: string, isOne: (value: object) => value is T & object): T | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && isOne(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isOwner = (value: object): value is JournalOwner =>
  'notify' in value &&
  value.notify === 'outcomes' &&
  'format' in value &&
  value.format === FORMAT &&
  'installation' in value &&
  typeof value.installation === 'string' &&
  'worker' in value &&
  Number.isSafeInteger(value.worker)

const isSettlement = (value: object): value is Settlement =>
  'id' in value &&
  Number.isSafeInteger(value.id) &&
  'attempts' in value &&
  Number.isSafeInteger(value.attempts) &&
  'state' in value &&
  MESSAGE_STATES.some((state) => state === value.state)

/** What an older version did not write. */
const BLANK: Settlement = {
  id: 0,
  mailingId: 0,
  attempts: 0,
  state: 'unknown',
  reason: null,
  dueAt: null,
  gatewayRef: null,
  settledAt: null,
  at: null,
  attemptBack: false,
  unfreezes: false,
  doubtSince: null,
}
