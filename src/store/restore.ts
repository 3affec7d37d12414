// The way of a backup into the place of the database: copied beside it, checked there, and renamed over it. What was there is kept.
import { existsSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'
import { makeFolder } from '../file-owner.ts'
import { belongsTo, type OwnFile, realFile, refuseOwn } from '../files/own-files.ts'
import { clearPartsBeside, partOf } from '../files/part-names.ts'
import { syncFile } from '../files/sync.ts'
import { manifestOf, readManifest } from './backup.ts'
import { carryRefusals } from './carry-refusals.ts'
import { lockInPlace, refuseOpen, replace, workersOf } from './in-place.ts'
import type { Manifest, Restore, StagedBackup } from './installation-store.ts'
import { knownMigrations } from './migrate.ts'
import { openStore } from './open.ts'
import { APPLICATION_ID } from './sqlite/connection.ts'
import { copyWhole, openSign, removeDatabase } from './whole-file.ts'

/** `own`: files that no database is put over, whatever the configuration says. */
export const restoreInto = (database: string, clock: Clock, own: readonly OwnFile[]): Restore => {
  const place = realFile(database)
  refusePlace(database, place, own)
  return {
    location: database,
    workersInPlace: async () => {
      refuseOpen(place)
      return existsSync(place) ? workersOf(place) : []
    },
    stage: async (backup) => {
      const manifest = lookAt(backup, database)
      const copy = partOf(place, 'restoring')
      try {
        makeFolder(dirname(place))
        clearPartsBeside(place)
        const sha256 = await copyWhole(backup, copy, existsSync(place) ? place : dirname(place))
        if (manifest !== null && manifest.sha256 !== sha256) {
          throw bad(backup, `it is not what was backed up: its SHA-256 differs from the one in ${manifestOf(backup)}`)
        }
        checkWhole(copy, backup)
        return await staged(copy, place, manifest, clock)
      } catch (error) {
        removeDatabase(copy)
        throw error
      }
    },
  }
}

/** It is never put over something that is no database of ours: that would be kept under another name, and missed. */
const refusePlace = (database: string, place: string, own: readonly OwnFile[]): void => {
  refuseOwn(
    database,
    place,
    own.filter(({ kind }) => kind !== 'database'),
  )
  const found = statSync(place, { throwIfNoEntry: false })
  if (found !== undefined && !found.isFile())
    throw new Fixable('usage', `"${visible(database)}" is not a file`, 'Name another file in `database`.')
}

const bad = (backup: string, why: string): Fixable =>
  new Fixable('input', `"${backup}" cannot be restored: ${why}`, 'Take another backup. Nothing was changed.')

/** What can be seen without reading it; the manifest, where there is one. */
const lookAt = (backup: string, database: string): Manifest | null => {
  const found = statSync(backup, { throwIfNoEntry: false })
  if (found === undefined) throw new Fixable('usage', `there is no file "${backup}"`)
  if (!found.isFile()) throw new Fixable('usage', `"${backup}" is not a file`)
  if (belongsTo(backup, database)) throw new Fixable('usage', `"${backup}" is the database itself`)
  const sign = openSign(backup)
  if (sign !== undefined) throw bad(backup, `${basename(sign)} is beside it: it is in use, or a part of it only`)
  return existsSync(manifestOf(backup)) ? manifestBeside(backup) : null
}

const manifestBeside = (backup: string): Manifest => {
  const manifest = readManifest(backup)
  if (manifest !== null) return manifest
  throw bad(backup, `its manifest ${manifestOf(backup)} cannot be read; without one the backup is checked by itself`)
}

const checkWhole = (copy: string, backup: string): void => {
  const db = new Database(copy)
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw bad(backup, 'it is no database of notify')
    const version = Number(db.pragma('user_version', { simple: true }))
    const known = knownMigrations()
    if (version > known)
      throw bad(backup, `it was written by a newer notify (schema ${version}, this one knows ${known})`)
    const says = db.pragma('integrity_check(1)', { simple: true })
    if (says !== 'ok') throw bad(backup, `it is damaged: ${String(says)}`)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    throw bad(backup, `it is damaged: ${error.message}`)
  } finally {
    db.close()
  }
}

const staged = async (copy: string, place: string, manifest: Manifest | null, clock: Clock): Promise<StagedBackup> => {
  const store = await openStore(copy, clock)
  let isOpen = true
  const close = async (): Promise<void> => {
    if (isOpen) await store.close()
    isOpen = false
  }
  return {
    madeAt: manifest === null ? lastKnown(copy) : Date.parse(manifest.time),
    isDated: manifest !== null,
    store,
    putInPlace: async (finish) => {
      const lock = lockInPlace(place)
      try {
        await finish(store)
        await close()
        const carried = carryRefusals(lock, copy, clock.now())
        syncFile(copy)
        return { kept: replace(place, copy, clock.now()), carried }
      } finally {
        lock?.close()
      }
    },
    discard: async () => {
      await close()
      removeDatabase(copy)
    },
  }
}

/** A backup without a manifest was made after the last thing that it knows of; what happened since then is in doubt. */
const lastKnown = (copy: string): number => {
  const db = new Database(copy, { readonly: true })
  try {
    const last = db.prepare(
      `select max(coalesce((select max(settled_at) from messages), 0), coalesce((select max(created_at) from mailings), 0),
         coalesce((select max(at) from audit), 0), (select max(created_at) from installation))`,
    )
    return Number(last.pluck().get())
  } finally {
    db.close()
  }
}
