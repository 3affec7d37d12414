// An open database of which somebody took a file away. What is still in hand goes into the main file where that is safe; else
// nothing is touched any more, and a note beside it makes whoever opens it next hold everything.
import { renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { lostSince, second } from '../../domain/hold.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { isSame, lookAtParts, type Parts, sightOf } from './file-parts.ts'
import { leaveNote } from './lost-note.ts'

export interface LostPart {
  readonly part: keyof Parts
  /** It is the same file still, emptied or overwritten by somebody. */
  readonly isSame: boolean
}

export interface LossCase {
  readonly file: string
  readonly real: string
  readonly opened: Parts
  readonly seen: Parts
  readonly lost: LostPart
  readonly wholeAt: number | null
  readonly now: number
}

export interface Loss {
  readonly error: Fixable
  close(): void
}

/** Does what can still be done, once, and says what may be lost. */
export const salvage = (db: Database.Database, loss: LossCase): Loss => {
  const { part, isSame: isSpoilt } = loss.lost
  if (part === 'main') return lostMain(db, loss)
  if (part === 'index' && isSpoilt) return { error: lostPart(loss, IN_LOG), close: () => leaveOpen(db) }
  const isSaved = !isSpoilt && isAlone(loss.opened, loss.seen) && emptyLog(db)
  if (isSaved) return { error: lostPart(loss, SAVED), close: () => closeAlone(db, loss) }
  const since = loss.wholeAt
  leaveNote(loss.real, { at: loss.now, why: lostSince(nameOf(loss), since) })
  return { error: lostPart(loss, mayBeLost(db, since)), close: () => leaveOpen(db) }
}

const SAVED = 'Nothing is lost: all of it was put into the database itself. Start again, and leave these files alone.'
/** Whoever opens it next makes the index anew, of the log. */
const IN_LOG = 'Nothing is lost: all of it is in the log beside it. Start again, and leave these files alone.'

/** Nobody has put other files there, and works with them. */
const isAlone = (opened: Parts, seen: Parts): boolean =>
  (['log', 'index'] as const).every((part) => seen[part] === null || isSame(opened[part], seen[part]))

/** True: everything that is committed is in the main file, and on the disk. */
const emptyLog = (db: Database.Database): boolean => {
  try {
    for (let tries = 0; tries < 3; tries += 1) {
      const done = db.prepare<[], Progress>('pragma wal_checkpoint(full)').get()
      if (done?.busy === 0 && done.log === done.checkpointed) return true
    }
  } catch {
    // what cannot be read any more cannot be saved
  }
  return false
}

interface Progress {
  readonly busy: number
  readonly log: number
  readonly checkpointed: number
}

/**
 * The main file is gone, or another stands there: the log beside it belongs to the one that is gone, and SQLite would find it by
 * its name and write it into the other.
 */
const lostMain = (db: Database.Database, loss: LossCase): Loss => {
  const { file, lost, now, real } = loss
  const there = sightOf(real)
  if (there !== null && (lost.isSame || !isSame(there, loss.opened.main))) setLogAside(loss)
  if (lost.isSame) leaveNote(real, { at: now, why: lostSince(basename(real), null) })
  return {
    error: lost.isSame
      ? new Fixable(
          'failed',
          `the database ${file} was overwritten while it was in use: nothing more is sent from it`,
          'What was done since that file was made may be lost. All is held: put a backup in its place (notify restore FILE), or notify release.',
        )
      : new Fixable(
          'failed',
          `the database ${file} was deleted or replaced while it was in use: nothing more is sent from it`,
          'If that was not meant, put a backup in its place: notify restore FILE. Then start again.',
        ),
    close: () => (lost.isSame ? leaveOpen(db) : db.close()), // of a file that is not at its name SQLite copies nothing
  }
}

const setLogAside = ({ real, opened, now }: LossCase): void => {
  const { log, index } = lookAtParts(real, real)
  const minute = isoUtc(now).slice(0, 16).replaceAll(/[-:]/g, '')
  try {
    if (isSame(log, opened.log)) renameSync(`${real}-wal`, `${real}.lost-${minute}Z-wal`)
    if (isSame(index, opened.index)) rmSync(`${real}-shm`, { force: true })
  } catch {
    // another process of ours did it at the same moment, or the folder may not be written any more
  }
}

const nameOf = ({ real, lost }: LossCase): string => `${basename(real)}${lost.part === 'log' ? '-wal' : '-shm'}`

const lostPart = (loss: LossCase, hint: string): Fixable => {
  const what = loss.lost.isSame ? 'cut short' : 'deleted or replaced'
  return new Fixable(
    'failed',
    `${nameOf(loss)}, which belongs to the database ${loss.file}, was ${what} while it was in use: nothing more is sent`,
    hint,
  )
}

const mayBeLost = (db: Database.Database, since: number | null): string => {
  const acts = actsSince(db, since)
  return since === null
    ? `What was done lately may be lost${acts}, and what was sent may be sent again. All is held: see notify stats, then notify release.`
    : `What was done since ${second(since)} may be lost${acts}, and what was sent since may be sent again. All is held: see notify stats, then notify release.`
}

/** Commands that were told to be done. */
const actsSince = (db: Database.Database, since: number | null): string => {
  try {
    const found = db
      .prepare<[number], string>('select distinct what from audit where at >= ? order by id desc limit 5')
      .pluck()
      .all(since ?? 0)
    return found.length === 0 ? '' : ` (${found.join(', ')})`
  } catch {
    return '' // what it would say is not to be trusted
  }
}

/** Alone still: the last one that closes it removes what is left of the log. */
const closeAlone = (db: Database.Database, { real, opened }: LossCase): void => {
  if (isAlone(opened, lookAtParts(real, real))) db.close()
  else leaveOpen(db)
}

const leftOpen = new Set<Database.Database>()

/**
 * To close it would copy pages of a log that is not the one at its name into the main file, and remove the one that is. Left to
 * the kernel: Node itself closes it where a process ends by itself, but not at process.exit.
 */
const leaveOpen = (db: Database.Database): void => {
  if (leftOpen.size === 0) process.once('beforeExit', () => process.exit())
  leftOpen.add(db)
}
