// Tables: aligned also in Cyrillic, fitted to a terminal, never cut for a file, safe to show.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { fitColumns } from '../../src/cli/screen/fit-columns.ts'
import { lookOf } from '../../src/cli/screen/look.ts'
import { type Column, drawPlain, drawTable } from '../../src/cli/table.ts'
import { visible } from '../../src/domain/visible.ts'

interface Row {
  readonly name: string
  readonly count: number
  readonly why: string
}

const env = { LANG: 'C.UTF-8' }
const file = lookOf({ env }, {}, { write: () => true })
const terminal = (columns: number) => lookOf({ env }, {}, { write: () => true, isTTY: true, columns })

const rows: readonly Row[] = [
  { name: 'ООО «Ромашка»', count: 1_204, why: '' },
  { name: '株式会社', count: 7, why: 'no such number in this country' },
  { name: 'Acme', count: 0, why: '' },
]

const columns: readonly Column<Row>[] = [
  { title: 'NAME', cutTo: 6, cell: ({ name }) => name },
  { title: 'BAR', leavesFirst: 1, widest: 10, narrowest: 4, draw: (_, width) => '█'.repeat(width) },
  {
    title: 'COUNT',
    align: 'right',
    cell: ({ count }) => String(count),
    paint: ({ count }) => (count === 0 ? 'dim' : null),
  },
  { title: 'WHY', wrapTo: 14, cell: ({ why }) => why },
]

test('columns are aligned whatever the letters, without colour, box or blanks at the end of a line', () => {
  expect(`\n${drawTable(columns, rows, file)}\n`).toBe(`
NAME           BAR         COUNT  WHY
ООО «Ромашка»  ██████████   1204
株式会社       ██████████      7  no such number in this country
Acme           ██████████      0
`)
})

test('a narrow terminal makes pictures smaller, then wraps, then cuts, and only then leaves a column out', () => {
  const draw = (width: number): string => `\n${stripVTControlCharacters(drawTable(columns, rows, terminal(width)))}\n`
  expect(draw(59)).toBe(`
NAME           BAR    COUNT  WHY
ООО «Ромашка»  █████   1204
株式会社       █████      7  no such number in this country
Acme           █████      0
`)
  expect(draw(46)).toBe(`
NAME           BAR   COUNT  WHY
ООО «Ромашка»  ████   1204
株式会社       ████      7  no such number in
                            this country
Acme           ████      0
`)
  expect(draw(37)).toBe(`
NAME      BAR   COUNT  WHY
ООО «Ро…  ████   1204
株式会社  ████      7  no such number
                       in this
                       country
Acme      ████      0
`)
  expect(draw(34)).toContain('NAME         COUNT  WHY\n')
})

test('no line is wider than the terminal', () => {
  for (let width = 31; width < 70; width += 1) {
    const lines = stripVTControlCharacters(drawTable(columns, rows.toSpliced(1, 1), terminal(width))).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
  }
})

test('the header is dim on a terminal, and rows that are not shown are counted', () => {
  const table = drawTable([{ title: 'NAME', cell: ({ name }: Row) => name }], rows.slice(2), terminal(80), 9_950)
  expect(table).toBe('\u001b[2mNAME\u001b[22m\nAcme\n\u001b[2m… 9,950 more (--limit, --json)\u001b[22m')
  expect(drawTable([{ title: 'NAME', cell: ({ name }: Row) => name }], rows.slice(2), file, 9_950)).toBe(
    'NAME\nAcme\n… 9950 more (--limit, --json)',
  )
})

test('plain values are apart by TABs, and a TAB or a line break inside is written out', () => {
  expect(drawPlain(['id', 'name', 'why'], [{ id: 1, name: 'a\tb\nc', why: null }])).toBe(
    'id\tname\twhy\n1\ta\\tb\\nc\t',
  )
  expect(drawPlain(['id', 'name'], [])).toBe('id\tname')
})

test.each([
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['\u009b2J', '\\u009b2J'],
  ['abc\u202egnp.exe', 'abc\\u202egnp.exe'],
  ['line\u2028line', 'line\\u2028line'],
  ['ООО «Ёлка» 🎄 株式', 'ООО «Ёлка» 🎄 株式'],
])('%j is shown as %j', (raw, shown) => {
  expect(visible(raw)).toBe(shown)
})

const room = (width: number, least = width, turn: 1 | 2 | 3 = 3, rank = 0) => ({ width, least, turn, rank })

test.each([
  ['all fit', [room(10), room(10)], 22, [10, 10]],
  ['a picture gives way before text', [room(10, 4, 3), room(10, 4, 1)], 20, [10, 8]],
  ['wrapped text gives way before cut text', [room(10, 4, 3), room(10, 4, 2)], 14, [8, 4]],
  ['the highest rank goes first', [room(10), room(10, 10, 3, 1), room(10, 10, 3, 2)], 22, [10, 10, null]],
  ['a column goes only when narrowing is not enough', [room(10, 4), room(10, 10, 3, 1)], 16, [4, 10]],
  ['those that stay have their width back', [room(10, 4), room(10, 10, 3, 1)], 15, [10, null]],
  ['nothing more can be done', [room(10, 4), room(10)], 5, [4, 10]],
])('%s', (_, all, width, widths) => {
  expect(fitColumns(all, 2, width)).toEqual(widths)
})
