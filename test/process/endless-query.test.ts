// A view or a query without end in a foreign database: told, stopped, never waited for, and nothing is left running.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { readApart } from '../../src/cli/input/apart.ts'
import { startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { until } from '../support/until.ts'

const COUNTING = 'with recursive n (i) as (select 1 union all select i + 1 from n) select i as phone from n'
const SILENT = `${COUNTING} where i < 0`
const NEVER = new AbortController().signal

const shopFolder = (): string => {
  const folder = temporaryFolder()
  const db = new Database(join(folder, 'shop.db'))
  db.exec(`create table suppliers (phone, name); create view endless as ${COUNTING}`)
  db.close()
  return folder
}

const orderOf = (folder: string, query: string) =>
  ({
    kind: 'sqlite',
    path: join(folder, 'shop.db'),
    name: '"shop.db"',
    wants: 'recipients',
    table: undefined,
    query,
    mappings: [],
  }) as const

test('one that tells rows for ever is refused when it has told more than its file can hold', async () => {
  const { records } = await readApart(orderOf(shopFolder(), COUNTING), NEVER)
  let rows = 0
  const readAll = async (): Promise<void> => {
    for await (const batch of records) rows += batch.length
  }
  await expect(readAll()).rejects.toMatchObject({
    exit: 'input',
    message: '"shop.db" tells more than 1,000,000 rows, more than its file can hold',
  })
  expect(rows).toBe(1_000_000)
}, 60_000)

test('one that tells none is given up', async () => {
  const { records } = await readApart(orderOf(shopFolder(), SILENT), NEVER, 2_000)
  const next = records[Symbol.asyncIterator]().next()
  await expect(next).rejects.toMatchObject({ exit: 'input', message: '"shop.db": no row came for 2 s' })
}, 30_000)

const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  '%s ends the program, and the reader with it',
  async (signal) => {
    const cwd = shopFolder()
    const importing = startNotify(['import', 'suppliers', 'shop.db', '--query', SILENT], { cwd })
    await importing.waitForLine('phone = "phone"')
    const reader = childOf(importing.pid)
    importing.kill(signal)
    const { code, stderr } = await importing.exit
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: 137 }[signal])
    if (signal !== 'SIGKILL') expect(stderr).toContain('stopped: nothing was imported')
    await until(() => !existsSync(`/proc/${reader}`))
  },
  30_000,
)
