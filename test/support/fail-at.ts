// The program, killed at one of its fail points; and a look at the file that it left.
import Database from 'better-sqlite3'
import { FAULTS_BINARY, type Finished, runNotify } from './binary.ts'

/** As the end of a process by SIGKILL reads. */
export const KILLED = 137

/** Runs the program that dies at the point. */
export const killedAt = (
  point: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Finished> =>
  runNotify(args, {
    cwd,
    env: { ...env, NOTIFY_FAIL_POINT: `${point}=SIGKILL` },
    binary: FAULTS_BINARY,
    timeoutMs: 60_000,
  })

export const readDatabase = <T>(file: string, body: (db: Database.Database) => T): T => {
  const db = new Database(file)
  try {
    return body(db)
  } finally {
    db.close()
  }
}

/** The one number that it says. */
export const number = (db: Database.Database, sql: string): number => Number(db.prepare(sql).pluck().get())
