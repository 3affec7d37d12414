// What an operator asks with ten million messages in the file: each question a process of its own, against one second.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/open.ts'
import { fillMessages, fillRecipients, inFolder } from './fill.ts'
import type { BenchRow } from './row.ts'
import { BINARY } from './shop.ts'

const MAILINGS = 100
const ROUNDS = 5
const TARGET_MS = 1_000

/** What must be answered in a second, and what is told beside it. */
const QUESTIONS: readonly (readonly string[])[] = [
  ['stats'],
  ['mailings', 'list'],
  ['recipients', 'list', '--tag', 'vip'],
  ['messages', 'list', '--state', 'failed'],
  ['stats', '50'],
  ['stats', '--by', 'gateway'],
  ['report', '--daily'],
  ['log', '50'],
]

/** 100 mailings; what is older than the newest is sent, one message in 100 of them failed. */
export const benchAnswers = async (messages = 10_000_000): Promise<BenchRow[]> =>
  inFolder(async (file) => {
    await (await openStore(file, systemClock)).close()
    fillRecipients(file, messages / MAILINGS)
    fillMessages(file, MAILINGS)
    settle(file, systemClock.now())
    return QUESTIONS.map((words) => row(words, messages, dirname(file), file))
  })

const row = (words: readonly string[], messages: number, cwd: string, file: string): BenchRow => {
  const times = Array.from({ length: ROUNDS }, () => timeOf(words, cwd, file))
  const middle = times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN
  return {
    work: `\`notify ${words.join(' ')}\`, ${messages.toLocaleString('en')} messages`,
    ours: `${(middle / 1_000).toFixed(2)} s`,
    against: '1 s',
    ratio: middle / TARGET_MS,
    target: '≤ 1',
    reached: middle <= TARGET_MS,
  }
}

const timeOf = (words: readonly string[], cwd: string, file: string): number => {
  const start = performance.now()
  const env = { HOME: cwd, TZ: 'UTC', NOTIFY_DATABASE_URL: `sqlite:${file}` }
  const { status, stderr } = spawnSync(process.execPath, [BINARY, ...words], { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`notify ${words.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - start
}

const DAY = 86_400_000

/** As a hundred days of sending leave it: one mailing a day, the newest goes on; a tenth of the recipients are tagged. */
const settle = (file: string, now: number): void => {
  const db = new Database(file, { timeout: 10_000 })
  db.exec("insert into recipient_tags (recipient_id, tag) select id, 'vip' from recipients where id % 10 = 0")
  for (let id = 1; id <= MAILINGS; id += 1) {
    const sentAt = now - (MAILINGS - id) * DAY
    db.prepare(
      `update mailings set created_at = ?, expires_at = ?, state = iif(id = ${MAILINGS}, 'active', 'done') where id = ?`,
    ).run(sentAt - DAY, sentAt + 3 * DAY, id)
    db.prepare(
      `update messages set send_at = @sentAt, attempts = 1, settled_at = @sentAt + (id % 5000), due_at = null,
         state = iif(id % 100 = 0, 'failed', 'sent'), reason = iif(id % 100 = 0, 'no such number', null), address = '+7'
       where mailing_id = @id and (@id < ${MAILINGS} or id % 2 = 0)`,
    ).run({ sentAt, id })
    db.prepare('delete from mailing_counts where mailing_id = ?').run(id)
    db.prepare(
      `insert into mailing_counts (mailing_id, state, count)
       select mailing_id, state, count(*) from messages where mailing_id = ? group by state`,
    ).run(id)
    db.pragma('wal_checkpoint(truncate)')
  }
  db.close()
}
