// Another process that has the lock of a database, or reads in it, for as long as a test wants.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { onTestFinished } from 'vitest'

const BETTER_SQLITE = createRequire(import.meta.url).resolve('better-sqlite3')

/** Runs a script on the database `db`, in a process of its own; resolves when it has printed something. */
const besides = async (file: string, script: string): Promise<ChildProcess> => {
  const whole = `const db = new (require(${JSON.stringify(BETTER_SQLITE)}))(process.argv[1], { timeout: 60000 })\n${script}`
  const child = spawn(process.execPath, ['-e', whole, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

/** Takes the lock for writing, and keeps it. */
export const holdLock = (file: string): Promise<ChildProcess> =>
  besides(file, "db.exec('begin immediate'); console.log('locked'); setInterval(() => undefined, 1000)")

/** Writes again and again, each time as soon as it can, and leaves the others a moment after every twenty. */
export const hammer = (file: string): Promise<ChildProcess> =>
  besides(
    file,
    `db.exec('create table if not exists hammered (n); insert into hammered values (0)')
     const write = db.prepare('update hammered set n = n + 1')
     const again = () => { for (let i = 0; i < 20; i += 1) write.run(); setTimeout(again, 5) }
     console.log('hammers'); again()`,
  )

/** Reads one state of the database for a second, then, after a moment, another one. */
export const readLong = (file: string): Promise<ChildProcess> =>
  besides(
    file,
    `const again = () => {
       db.exec('begin'); db.prepare('select count(*) from sqlite_master').get()
       setTimeout(() => { db.exec('commit'); setTimeout(again, 5) }, 1000)
     }
     again(); console.log('reads')`,
  )

/** Has it open, and does nothing. */
export const keepOpen = (file: string): Promise<ChildProcess> =>
  besides(
    file,
    "db.prepare('select count(*) from sqlite_master').get(); console.log('open'); setInterval(() => undefined, 1000)",
  )
