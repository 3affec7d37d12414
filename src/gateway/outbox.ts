// A gateway that writes each message as one line of JSON into a file: for trying things, and for programs that take it from there.
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OutboxGatewayConfig } from '../config.ts'
import type { Reply } from '../domain/outcome.ts'
import { refusalOf } from '../file-access.ts'
import { makeFolder, ownAs } from '../file-owner.ts'
import type { OwnFile } from '../files/own-files.ts'
import type { Gateway, Outgoing } from './gateway.ts'
import { type OutboxGuard, openGuard } from './outbox-guard.ts'

/** A disk that takes longer is in trouble; nothing is cut off after it. */
const DEADLINE_MS = 10_000

interface Waiting {
  readonly line: string
  readonly signal: AbortSignal
  readonly settle: (reply: Reply) => void
}

/**
 * A line is `{"key": …, "address": …, "text": …}`. It is accepted when it is on the disk, also after a power cut. After a
 * crash a line may come twice, with the same key: whoever reads the file keeps the first.
 */
export const openOutboxGateway = (name: string, config: OutboxGatewayConfig, own: readonly OwnFile[]): Gateway => {
  const guard = openGuard(config.file, own)
  let waiting: Waiting[] = []
  let writing: Promise<void> | null = null

  /** What came while one batch was being written is the next batch: one write and one sync for all of it. */
  const writeAll = async (): Promise<void> => {
    await new Promise(setImmediate) // all messages of this turn of the event loop go together
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await writeBatch(config.file, guard, batch)
    }
    writing = null
  }
  return {
    name,
    addressKind: config.addressKind,
    concurrency: config.concurrency,
    ratePerSecond: config.ratePerSecond,
    deadlineMs: DEADLINE_MS,
    honoursKey: true, // by whoever reads the file
    onUnknown: 'repeat',
    keyRetentionMs: Infinity,
    send: (message, signal) =>
      new Promise((settle) => {
        waiting.push({ line: lineOf(message), signal, settle })
        writing ??= writeAll()
      }),
    close: async () => {
      await writing
    },
  }
}

const lineOf = ({ key, address, text }: Outgoing): string => `${JSON.stringify({ key, address, text })}\n`

const writeBatch = async (file: string, guard: OutboxGuard, batch: readonly Waiting[]): Promise<void> => {
  const stopped = batch.filter(({ signal }) => signal.aborted)
  for (const { settle } of stopped) settle({ kind: 'unavailable', reason: 'stopped before it was written' })
  const going = batch.filter(({ signal }) => !signal.aborted)
  if (going.length === 0) return
  const reply = await appendLines(file, guard, going.map(({ line }) => line).join(''))
  for (const { settle } of going) settle(reply)
}

/** A pipe that nobody reads is not waited for. */
const APPENDING = constants.O_RDWR | constants.O_APPEND | constants.O_NONBLOCK
const MAKING = APPENDING | constants.O_CREAT | constants.O_EXCL

/** Opened for each batch: a file that was rotated away or removed is made anew. */
const appendLines = async (path: string, guard: OutboxGuard, lines: string): Promise<Reply> => {
  let file: FileHandle | null = null
  try {
    makeFolder(dirname(path))
    const why = guard.whyNot()
    if (why !== null)
      return { kind: 'misconfigured', reason: `outbox ${path} cannot be written: ${why}`, blameless: true }
    file = await openOrMake(path)
    const found = await file.stat()
    guard.remember(found)
    const start = (await endsInHalfALine(file, found.size)) ? '\n' : ''
    await file.appendFile(start + lines)
    await file.datasync()
    return { kind: 'accepted', ref: null }
  } catch (error) {
    return trouble(
      path,
      error instanceof Error && 'code' in error ? String(error.code) : 'unknown error',
      file !== null,
    )
  } finally {
    await file?.close()
  }
}

/** Only what is made here changes its owner: in a folder of another user a name that is there may lead anywhere. */
const openOrMake = async (path: string): Promise<FileHandle> => {
  for (;;) {
    const there = await open(path, APPENDING).catch(unless('ENOENT'))
    if (there !== null) return there
    const made = await open(path, MAKING, 0o600).catch(unless('EEXIST')) // another process may be quicker
    if (made === null) continue
    ownAs(made.fd, dirname(path))
    return made
  }
}

const unless =
  (code: string) =>
  (error: unknown): null => {
    if (error instanceof Error && 'code' in error && error.code === code) return null
    throw error
  }

const NEWLINE = 0x0a

/** A full disk or a power cut may have left one; the next line must not grow onto it. */
const endsInHalfALine = async (file: FileHandle, size: number): Promise<boolean> => {
  if (size === 0) return false
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== NEWLINE
}

/** An operator has to look at these; what is missing here passes by itself, or is told by its code. */
const OURS_TO_MEND: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'its folder is a file',
  EEXIST: 'its folder is a file',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder is not there',
}

const trouble = (path: string, code: string, isOpen: boolean): Reply => {
  const refusal = /^(EACCES|EPERM|EROFS)$/.test(code) ? refusalOf(path, 'write') : null
  const why = OURS_TO_MEND[code] ?? (code === 'ENOSPC' ? 'the disk is full' : code)
  const reason = `outbox ${path} cannot be written: ${refusal === null ? why : `${refusal.says}. ${refusal.hint}`}`
  if (isOpen) return { kind: 'unknown', reason } // some of the lines may be there
  return { kind: code in OURS_TO_MEND ? 'misconfigured' : 'unavailable', reason, blameless: true }
}
