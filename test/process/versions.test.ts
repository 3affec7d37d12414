// An old and a new notify on one database: the new one waits until the old ones have ended, the old one ends when it sees the new.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { knownMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import type { WorkerIdentity } from '../../src/store/worker-store.ts'
import { mayLive, systemWitness } from '../../src/worker-identity.ts'
import { runNotify, startNotify } from '../support/binary.ts'
import { handClock } from '../support/clock.ts'
import { olderDatabase, schemaOf } from '../support/older-database.ts'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until, untilTaken } from '../support/until.ts'

const RAISED = 1_000

const witness = systemWitness()

test('a daemon that finds a newer schema in its file claims nothing more, hands back, and says why', async () => {
  const shop = await openShop({ latencyMs: 50, concurrency: 4 })
  await shop.scheduleMany(400)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 20)
  const began = performance.now()
  shop.sql((db) => db.pragma(`user_version = ${RAISED}`))
  const { code, stderr } = await daemon.exit
  expect(performance.now() - began).toBeLessThan(4_000)
  expect(code).toBe(3)
  expect(stderr).toContain(`was written by a newer notify (schema ${RAISED}`)
  const { sent = 0, scheduled = 0, ...others } = shop.states()
  expect(others).toEqual({})
  expect(sent).toBe(shop.sandbox.counts().taken)
  expect(sent + scheduled).toBe(400)
}, 60_000)

test('so does a pass of cron that is under way', async () => {
  const shop = await openShop({ latencyMs: 50, concurrency: 4 })
  await shop.scheduleMany(400)
  const pass = shop.start(['run-due'], TEN_IN_MOSCOW)
  await untilTaken(shop, 20)
  shop.sql((db) => db.pragma(`user_version = ${RAISED}`))
  const { code, stderr } = await pass.exit
  expect(code).toBe(3)
  expect(stderr).toContain(`was written by a newer notify (schema ${RAISED}`)
  const { sent = 0, scheduled = 0, ...others } = shop.states()
  expect(others).toEqual({})
  expect(scheduled).toBeGreaterThan(0)
  expect(sent).toBe(shop.sandbox.counts().taken)
}, 60_000)

/** A process of this user that stands for an older notify at work. */
const olderNotify = async (): Promise<{ readonly worker: WorkerIdentity; end(): Promise<void> }> => {
  const child = spawn('sleep', ['60'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const pidStart = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return {
    worker: { ...witness.self('daemon'), pid: child.pid ?? 0, pidStart },
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

test('an older daemon at work: a newer command migrates when it has ended, and the doctor tells of it', async () => {
  const { file, folder, addWorker } = olderDatabase()
  const { worker, end } = await olderNotify()
  const [env, before] = [{ NOTIFY_DATABASE_URL: file }, schemaOf(file)]
  addWorker(worker)
  const { stdout } = await runNotify(['doctor'], { cwd: folder, env })
  expect(stdout).toContain(
    `an older notify works on the database, which cannot be brought up to date: daemon (process ${worker.pid}`,
  )
  const waiting = startNotify(['stats', '--json'], { cwd: folder, env })
  await until(() => isOpen(waiting.pid, file), 20)
  expect(schemaOf(file)).toBe(before)
  await end()
  expect(await waiting.exit).toMatchObject({ code: 0 })
  expect(schemaOf(file)).toBeGreaterThan(before)
}, 60_000)

const isOpen = (pid: number, file: string): boolean =>
  readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === file)

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return '' // closed meanwhile
  }
}

test('one that stays at work: refused, with its name; nothing is changed', async () => {
  const { file, addWorker } = olderDatabase()
  const { worker } = await olderNotify()
  const before = schemaOf(file)
  addWorker(worker)
  const clock = handClock('2021-10-22T07:00:00Z')
  const opening = openStore(file, clock, undefined, (each) => mayLive({ clock, witness }, each))
  let refused: unknown
  opening.catch((error: unknown) => {
    refused = error
  })
  await until(() => {
    clock.advance(200)
    return refused !== undefined
  })
  expect(refused).toMatchObject({
    exit: 'busy',
    message: expect.stringMatching(
      new RegExp(`an older notify works on it: daemon \\(process ${worker.pid} on .+, since 2021-10-21T19:30:00Z\\)`),
    ),
  })
  expect(schemaOf(file)).toBe(before)
})

test('older workers that are dead hinder nobody', async () => {
  const { file, folder, addWorker } = olderDatabase()
  const { worker, end } = await olderNotify()
  addWorker(worker)
  addWorker({ ...worker, bootId: 'another' })
  addWorker({ ...worker, host: 'elsewhere' }) // of 2021
  await end()
  const before = schemaOf(file)
  expect(await runNotify(['stats', '--json'], { cwd: folder, env: { NOTIFY_DATABASE_URL: file } })).toMatchObject({
    code: 0,
  })
  expect(schemaOf(file)).toBeGreaterThan(before)
}, 30_000)

test('a worker says which schema it knows', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  const daemon = shop.start(['daemon'])
  await daemon.waitForLine('daemon-started')
  expect(shop.sql((db) => db.prepare('select schema from workers').pluck().all())).toEqual([knownMigrations()])
  daemon.kill()
  await daemon.exit
}, 30_000)
