// A cell that is too large, in every kind of file and by hand: its row is refused by line and reason, the others are taken.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type ImportDesk, openImportDesk } from '../support/import-desk.ts'

const LARGE = 'я'.repeat(1_500_000) // 3 MB
const PEOPLE = [
  ['89161234567', 'A'],
  ['89161234568', LARGE],
  ['89161234569', 'C'],
] as const

const FILES: Readonly<Record<string, (desk: ImportDesk, file: string) => void>> = {
  'list.csv': ({ write }, file) => write(file, `phone,name\n${PEOPLE.map((cells) => cells.join(',')).join('\n')}\n`),
  'list.jsonl': ({ write }, file) =>
    write(file, PEOPLE.map(([phone, name]) => JSON.stringify({ phone, name })).join('\n')),
  'list.json': ({ write }, file) => write(file, JSON.stringify(PEOPLE.map(([phone, name]) => ({ phone, name })))),
  'list.db': ({ folder }, file) => {
    const db = new Database(join(folder, file))
    db.exec('create table suppliers (phone, name)')
    for (const cells of PEOPLE) db.prepare('insert into suppliers values (?, ?)').run(...cells)
    db.close()
  },
}

test.each(Object.keys(FILES))('%s', async (file) => {
  const desk = await openImportDesk()
  FILES[file]?.(desk, file)
  const { code, err } = await desk.run(['suppliers', file, '--skip-bad'])
  expect(code).toBe(4)
  expect(err).toMatch(/1 ("name"|the line) is longer than 1 MiB \(line [23]\)/)
  expect(err.length).toBeLessThan(2_000)
  expect(desk.people()).toEqual([
    { phone: '+79161234567', name: 'A' },
    { phone: '+79161234569', name: 'C' },
  ])
})

test('a mebibyte itself is taken, and many cells that have more together are not', async () => {
  const desk = await openImportDesk()
  const cells = ['x'.repeat(1024 * 1024 - 100), 'x'.repeat(200)]
  writeFileSync(
    join(desk.folder, 'list.csv'),
    `phone,name,note\n89161234567,${cells[0]},\n89161234568,${cells.join(',')}\n`,
  )
  const { err } = await desk.run(['suppliers', 'list.csv', '--skip-bad'])
  expect(err).toContain('1 the row is longer than 1 MiB (line 3)')
  expect(desk.people('phone')).toEqual([{ phone: '+79161234567' }])
})

test('a table of zones has no names of megabytes, and one with many quotes in a text is read at once', async () => {
  const desk = await openImportDesk()
  desk.write('large.json', JSON.stringify({ [LARGE]: 3, a: '"'.repeat(300_000) }))
  const { code, err } = await desk.run(['timezones', 'large.json'])
  expect(code).toBe(4)
  expect(err).toContain('the row is longer than 1 MiB')
}, 10_000)
