// Only drawing: rows -> aligned columns, or TAB-separated values. The only import of cli-table3.
import Table from 'cli-table3'
import { visible } from '../domain/visible.ts'
import { type ColumnRoom, fitColumns } from './screen/fit-columns.ts'
import type { Look, Paint } from './screen/look.ts'

export interface TextColumn<Row> {
  readonly title: string
  /** Plain text: control characters in it are made visible. */
  readonly cell: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Its cells are words of ours, such as states. */
  readonly isWord?: boolean
  readonly paint?: (row: Row) => Paint | null
  /** On a narrow terminal the text is wrapped at words, or cut, down to so many characters. */
  readonly wrapTo?: number
  readonly cutTo?: number
  /** On a narrow terminal columns with a rank go, the highest first, when wrapping and cutting are not enough. */
  readonly leavesFirst?: number
}

export interface PictureColumn<Row> {
  readonly title: string
  /** Draws the cell in this width, colours and all. */
  readonly draw: (row: Row, width: number) => string
  readonly widest: number
  readonly narrowest: number
  readonly leavesFirst?: number
}

export type Column<Row> = TextColumn<Row> | PictureColumn<Row>

const GAP = '  '

/**
 * The rows under a dim header, without a box; made to fit a terminal, and never cut where there is none.
 * `more`: rows that are not shown; a last line says so.
 */
export const drawTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], look: Look, more = 0): string => {
  const texts = columns.map((column) => ('draw' in column ? [] : rows.map((row) => textOf(column, row, look))))
  const rooms = columns.map((column, i) => roomOf(column, look.word(column.title), texts[i] ?? []))
  const widths = fitColumns(rooms, GAP.length, look.width ?? Infinity)
  const shown = columns.flatMap((column, i) => {
    const width = widths[i] ?? null
    return width === null ? [] : [{ column, width, texts: texts[i] ?? [] }]
  })
  const table = newTable(
    shown.map(({ column }) => look.paint('dim', look.word(column.title))),
    shown.map(({ column }) => ('align' in column && column.align === 'right' ? 'right' : 'left')),
    shown.map(({ width }) => width),
    ellipsis(look),
  )
  const cellOf = ({ column, width, texts: cells }: (typeof shown)[number], row: Row, line: number): Table.Cell =>
    'draw' in column
      ? column.draw(row, width)
      : { content: cells[line] ?? '', wordWrap: column.wrapTo !== undefined && look.width !== null }
  table.push(...rows.map((row, line) => shown.map((each) => cellOf(each, row, line))))
  const rest =
    more === 0 ? '' : `\n${look.paint('dim', `${ellipsis(look)} ${look.count(more)} more (--limit, --json)`)}`
  return `${table.toString().replaceAll(/ +$/gm, '')}${rest}`
}

const ellipsis = ({ blocks }: Look): string => (blocks ? '…' : '...')

type PlainRow<Key extends string> = Readonly<Record<Key, string | number | boolean | null>>

/** The same values for programs: a header, then one line a row, columns apart by a TAB. */
export const drawPlain = <Key extends string>(keys: readonly Key[], rows: readonly PlainRow<Key>[]): string =>
  rows.length === 0 ? keys.join('\t') : `${keys.join('\t')}\n${drawPlainRows(keys, rows)}`

export const drawPlainRows = <Key extends string>(keys: readonly Key[], rows: readonly PlainRow<Key>[]): string =>
  rows.map((row) => keys.map((key) => visible(String(row[key] ?? ''))).join('\t')).join('\n')

const textOf = <Row>(column: TextColumn<Row>, row: Row, look: Look): string => {
  const said = column.cell(row)
  const text = visible(column.isWord === true ? look.word(said) : said)
  const paint = column.paint?.(row) ?? null
  return paint === null ? text : look.paint(paint, text)
}

const roomOf = <Row>(column: Column<Row>, title: string, texts: readonly string[]): ColumnRoom => {
  const rank = column.leavesFirst ?? 0
  if ('draw' in column) return { width: column.widest, least: column.narrowest, turn: 1, rank }
  const width = widthOf(title, texts)
  const least = Math.max(title.length, column.wrapTo ?? column.cutTo ?? width)
  return { width, least: Math.min(width, least), turn: column.wrapTo === undefined ? 3 : 2, rank }
}

/** Titles have no wide characters: the header line that cli-table3 pads tells how wide the cells are on the screen. */
const widthOf = (title: string, texts: readonly string[]): number => {
  const table = newTable([title], ['left'], [], '')
  table.push(...texts.map((text) => [text]))
  return table.width
}

const newTable = (
  head: string[],
  colAligns: Table.HorizontalAlignment[],
  colWidths: number[],
  truncate: string,
): Table.Table =>
  new Table({
    truncate,
    head,
    colAligns,
    colWidths,
    chars: NO_BOX,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }, // it colours by itself otherwise, terminal or not
  })

const NO_BOX = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  mid: '',
  'mid-mid': '',
  'left-mid': '',
  'right-mid': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  right: '',
  middle: GAP,
} as const
