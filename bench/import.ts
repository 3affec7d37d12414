// How fast a large file is imported, against csv-parse and a prepared insert with nothing between them.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse'
import type { BenchRow } from './row.ts'

const BINARY = join(import.meta.dirname, '../dist/bin/notify.js')
const ROWS = 1_000_000
const ROUNDS = 3
const TIME_BOUND = 2
const MEMORY_BOUND_MB = 200

/** The columns of examples/suppliers.csv. */
const HEADER = 'код;наименование;контактное лицо;телефон;инн;адрес;область;отписан'

const WRITTEN_PHONES: readonly ((area: string, rest: string) => string)[] = [
  (area, rest) => `+7 (${area}) ${rest.slice(0, 3)}-${rest.slice(3, 5)}-${rest.slice(5)}`,
  (area, rest) => `8${area}${rest}`,
  (area, rest) => `8 ${area} ${rest.slice(0, 3)} ${rest.slice(3, 5)} ${rest.slice(5)}`,
  (area, rest) => `7${area}${rest}`,
  (area, rest) => `8(${area})${rest.slice(0, 3)}-${rest.slice(3)}`,
]

const DISTRICTS = [
  'Амурская область',
  'Воронежская обл.',
  'приморский край',
  'г. Москва',
  'Республика Татарстан',
  'КБР',
]

/** A file of suppliers with phones in an order of their own, as in life: indexes are filled at random. */
const writeSuppliers = async (file: string, rows: number): Promise<void> => {
  const out = createWriteStream(file)
  out.write(`${HEADER}\n`)
  for (let first = 1; first <= rows; first += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - first + 1) }, (_, i) => supplierLine(first + i))
    if (!out.write(lines.join(''))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

const supplierLine = (n: number): string => {
  const digits = String((n * 7_919_081) % 1_000_000_000).padStart(9, '0')
  const phone = WRITTEN_PHONES[n % WRITTEN_PHONES.length]?.(`9${digits.slice(0, 2)}`, digits.slice(2)) ?? ''
  const district = DISTRICTS[n % DISTRICTS.length] ?? ''
  return `${n};ООО «Поставщик ${n}»;Иванов Иван ${n};${phone};${7_700_000_000 + n};ул. Ленина, д. ${n % 200};${district};${n % 50 === 0 ? 'да' : 'нет'}\n`
}

// ---------------------------------------------------------------- bare: csv-parse and a prepared insert

const BARE_TABLE = `
  create table bare (id integer primary key, external_id text, name text, contact_person text, phone text, email text,
    tax_number text, address text, district text, unsubscribed text, created_at integer not null, updated_at integer not null);
  create unique index bare_external_id on bare (external_id) where external_id is not null;
  create index bare_phone on bare (phone) where phone is not null;
  create index bare_email on bare (email) where email is not null`

/** One transaction, WAL and FULL as in notify. */
const runBare = async (file: string, database: string): Promise<void> => {
  const db = new Database(database)
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'cache_size = -16000']) db.pragma(pragma)
  db.exec(BARE_TABLE)
  const insert = db.prepare(
    `insert into bare (external_id, name, contact_person, phone, tax_number, address, district, unsubscribed, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
  )
  const records: AsyncIterable<string[]> = createReadStream(file).pipe(parse({ delimiter: ';', from_line: 2 }))
  db.exec('begin')
  for await (const cells of records) insert.run(cells)
  db.exec('commit')
  db.close()
}

// ---------------------------------------------------------------- the two, each in a process of its own

interface Taken {
  readonly seconds: number
  readonly rssMb: number
}

const BARE_FLAG = '--bare'

const timeBare = async (file: string, folder: string): Promise<number> => {
  const start = performance.now()
  const [code] = await once(fork(import.meta.filename, [BARE_FLAG, file, join(folder, 'bare.db')]), 'exit')
  if (code !== 0) throw new Error(`the bare import ended with ${String(code)}`)
  return (performance.now() - start) / 1000
}

/** Says at its end how much memory the process has had. */
const TELL_RSS = `data:text/javascript,process.on('exit',()=>process.stderr.write('rss '+process.resourceUsage().maxRSS+'\\n'))`

const timeOurs = (file: string, folder: string): Taken => {
  const env = { HOME: folder, TZ: 'UTC', NOTIFY_DATABASE_URL: join(folder, 'notify.db') }
  const args = ['--import', TELL_RSS, BINARY, 'import', 'suppliers', file, '--quiet']
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
  const seconds = (performance.now() - start) / 1000
  const rss = /^rss (\d+)$/m.exec(stderr)?.[1]
  if (status !== 0 || rss === undefined) throw new Error(`the import ended with ${status}: ${stderr}`)
  return { seconds, rssMb: Number(rss) / 1024 }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Alternating, so that a busy moment of the machine falls on both sides. */
const compare = async (file: string, folder: string): Promise<{ bare: number; ours: Taken }> => {
  const bare: number[] = []
  const ours: Taken[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of ['bare', 'ours'] as const) {
      const own = mkdtempSync(join(folder, run))
      if (run === 'bare') bare.push(await timeBare(file, own))
      else ours.push(timeOurs(file, own))
      rmSync(own, { recursive: true })
    }
  }
  const rssMb = Math.max(...ours.map((each) => each.rssMb))
  return { bare: median(bare), ours: { seconds: median(ours.map((each) => each.seconds)), rssMb } }
}

export const benchImport = async (rows = ROWS): Promise<BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'notify-bench-'))
  try {
    const file = join(folder, 'suppliers.csv')
    await writeSuppliers(file, rows)
    const { bare, ours } = await compare(file, folder)
    const work = `import ${rows.toLocaleString('en')} CSV rows, phones normalised`
    return [
      {
        work,
        ours: `${ours.seconds.toFixed(1)} s`,
        against: `bare csv-parse + prepared insert: ${bare.toFixed(1)} s`,
        ratio: ours.seconds / bare,
        target: `≤ ${TIME_BOUND}`,
        reached: ours.seconds / bare <= TIME_BOUND,
      },
      {
        work: `memory of that import`,
        ours: `${ours.rssMb.toFixed(0)} MB RSS`,
        against: `${MEMORY_BOUND_MB} MB`,
        ratio: ours.rssMb / MEMORY_BOUND_MB,
        target: '≤ 1',
        reached: ours.rssMb <= MEMORY_BOUND_MB,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const [flag, file, database] = process.argv.slice(2)
if (flag === BARE_FLAG && file !== undefined && database !== undefined) await runBare(file, database)
