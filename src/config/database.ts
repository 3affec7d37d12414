// Where the database is: a path, or a URL whose scheme says which kind of database.
import { resolve } from 'node:path'
import type { Reading } from './settings.ts'

/** A file, "sqlite:FILE" or "sqlite:///FILE" -> its absolute path. Never shows what it got: URLs hold passwords. */
export const readDatabase = (raw: unknown, folder: string): Reading<string> => {
  if (typeof raw !== 'string' || raw === '') return { ok: false, says: 'expected a file such as "notify.db"' }
  if (/^postgres(ql)?:/i.test(raw)) return { ok: false, says: 'PostgreSQL comes later: for now name a file' }
  const path = raw.replace(/^sqlite:(\/\/)?/i, '')
  // two letters at least: C:\notify.db is a file
  if (path === '' || path === ':memory:' || /^[a-z][a-z0-9+.-]+:/i.test(path)) {
    return { ok: false, says: 'expected a file such as "notify.db"' }
  }
  return { ok: true, value: resolve(folder, path) }
}
