// A folder with recipients, a mailing that is due now, and a ledger for a gateway: what the fault tests send. The real clock runs.
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNotify } from './binary.ts'
import { temporaryFolder } from './database.ts'
import { fromSeed } from './seeds.ts'

export interface LedgerShop {
  readonly folder: string
  readonly database: string
  readonly rows: number
  readonly concurrency: number
  /** Puts the database back as it was when nothing had been sent; nobody may have it open. */
  renew(): void
  /** Points the gateway at this ledger. */
  configure(url: string): void
  /** The environment of a process: a token by which the ledger knows it, and nothing of the caller's own. */
  as(name: string): Record<string, string>
}

export interface LedgerShopOptions {
  readonly rows: number
  readonly concurrency: number
  readonly more?: string
}

/** A zone in which it is noon now: a mailing of ten o'clock is due there, and may go out for hours. */
const zoneAtNoon = (): string => {
  const hours = 12 - new Date().getUTCHours()
  return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
}

/** Imported and scheduled by the program itself. */
export const openLedgerShop = async ({ rows, concurrency, more = '' }: LedgerShopOptions): Promise<LedgerShop> => {
  const folder = temporaryFolder()
  const zone = zoneAtNoon()
  const configure = (url: string): void =>
    writeFileSync(
      join(folder, 'notify.toml'),
      `database = "notify.db"
zone = "${zone}"
[defaults]
gateway = "sms"
text = "Good morning, {{ name }}"
[gateways.sms]
type = "http"
preset = "probe"
url = "${url}"
token_env = "LEDGER_TOKEN"
concurrency = ${concurrency}
${more}`,
    )
  const as = (name: string): Record<string, string> => ({ HOME: folder, TZ: 'UTC', LANG: 'C', LEDGER_TOKEN: name })
  configure('http://127.0.0.1:9') // nothing is sent yet
  writeFileSync(join(folder, 'suppliers.csv'), csvOf(rows, zone))
  await fromSeed(`ledger-of-${rows}-at-${new Date().toISOString().slice(0, 13)}`, folder, async () => {
    await notify(folder, as('import'), 'import', 'suppliers', 'suppliers.csv', '--quiet')
    await notify(folder, as('schedule'), 'schedule', '--at', '10:00', '--on', 'today', '--if-past', 'now', '--quiet')
  })
  const database = join(folder, 'notify.db')
  const before = readFileSync(database) // the last to close it left no -wal
  const renew = (): void => {
    for (const end of ['-wal', '-shm']) rmSync(database + end, { force: true })
    putInPlace(database, before)
  }
  return { folder, database, rows, concurrency, renew, configure, as }
}

/** Phones of 79000000000 and up, each once: an effect a phone is an effect a message. */
const csvOf = (rows: number, zone: string): string => {
  const lines = Array.from({ length: rows }, (_, i) => `+7916${String(i).padStart(7, '0')},Supplier ${i},${zone}\n`)
  return `phone,name,zone\n${lines.join('')}`
}

const notify = async (folder: string, env: Record<string, string>, ...args: string[]): Promise<void> => {
  const { code, stderr } = await runNotify(args, { cwd: folder, env, timeoutMs: 300_000 })
  if (code !== 0) throw new Error(`notify ${args.join(' ')} ended with ${code}: ${stderr}`)
}

/** Into the same file, since one that is put in its place is another; and not a byte more than these is left of it. */
export const putInPlace = (path: string, bytes: Buffer): void => {
  writeFileSync(path, bytes, { flag: existsSync(path) ? 'r+' : 'w' })
  truncateSync(path, bytes.length)
  if (statSync(path).size !== bytes.length) throw new Error(`${path} is not of ${bytes.length} bytes`)
}
