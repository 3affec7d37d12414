// D11: a migration killed at each of its steps, and an older notify on a newer file.
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownMigrations } from '../../src/store/migrate.ts'
import { runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { KILLED, killedAt, number, readDatabase } from '../support/fail-at.ts'
import { olderDatabase, olderMigrations } from '../support/older-database.ts'

const ROOT = join(import.meta.dirname, '../..')

const KNOWN = knownMigrations()
const STEPS = ['mid-migrate:1', 'mid-migrate:2', 'mid-migrate:3']

const expectMigrated = (file: string): void =>
  readDatabase(file, (db) => {
    expect(db.pragma('user_version', { simple: true })).toBe(KNOWN)
    expect(number(db, 'select count(*) from __drizzle_migrations')).toBe(KNOWN)
    expect(number(db, 'select count(*) from installation')).toBe(1)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
  })

test('a first start killed at each step of the migration: the next one finishes it', { timeout: 60_000 }, async () => {
  for (const step of STEPS) {
    const folder = temporaryFolder()
    const env = { NOTIFY_DATABASE_URL: 'sqlite:notify.db' }
    expect((await killedAt(step, ['stats', '--json'], folder, env)).code, step).toBe(KILLED)
    const next = await runNotify(['stats', '--json'], { cwd: folder, env })
    expect(next.code, next.stderr).toBe(0)
    expectMigrated(join(folder, 'notify.db'))
  }
})

test('an upgrade killed at each step: the next start finishes it, and every row is there', { timeout: 60_000 }, async ({
  skip,
}) => {
  skip(KNOWN < 2, 'there is no older schema yet')
  for (const step of STEPS) {
    const { folder, file } = olderDatabase()
    const env = { NOTIFY_DATABASE_URL: 'sqlite:notify.db' }
    expect((await killedAt(step, ['stats', '--json'], folder, env)).code, step).toBe(KILLED)
    const next = await runNotify(['stats', '--json'], { cwd: folder, env })
    expect(next.code, next.stderr).toBe(0)
    expectMigrated(file)
    expect(readDatabase(file, (db) => db.prepare('select id from installation').pluck().all())).toEqual(['older'])
    expect(readDatabase(file, (db) => number(db, 'select count(*) from recipients'))).toBe(3)
  }
})

test('an older notify on a newer file: refused, and not a byte is changed', { timeout: 60_000 }, async ({ skip }) => {
  skip(KNOWN < 2, 'there is no older notify yet')
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  const env = { NOTIFY_DATABASE_URL: `sqlite:${file}` }
  expect(await runNotify(['stats', '--json'], { cwd: folder, env })).toMatchObject({ code: 0 })
  const before = readFileSync(file)
  const older = join(folder, 'older')
  olderMigrations(older)
  cpSync(join(ROOT, 'dist'), join(older, 'dist'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(older, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(older, 'node_modules'))
  const refused = await runNotify(['stats', '--json'], { cwd: folder, env, binary: join(older, 'dist/bin/notify.js') })
  expect(refused.code).toBe(3)
  expect(refused.stderr + refused.stdout).toContain('was written by a newer notify')
  expect(readFileSync(file).equals(before)).toBe(true)
})
