// A cell of a spreadsheet -> the text that a person sees in it.
import type { CellObject } from '@e965/xlsx'
import { numberText } from './number-text.ts'

/** How a workbook counts its days, and how numbers are written where the operator is. */
export interface CellStyle {
  /** Days are counted from 1904, as old Macs did. */
  readonly is1904: boolean
  /** A number is written 1 234,50, not 1,234.50. */
  readonly hasDecimalComma: boolean
  /** Whether a format shows a date or a time of day. */
  readonly isDate: (format: string) => boolean
  readonly format: (format: string, value: number) => string
}

/** The text; null: the cell is empty. What no person sees in it is `NO_RESULT` or `UNREADABLE`, which no row may carry. */
export const cellText = (cell: CellObject | null | undefined, style: CellStyle): string | null => {
  if (cell === null || cell === undefined) return null
  if (cell.t === 'z' || cell.v === undefined) return cell.f === undefined ? null : NO_RESULT
  if (cell.t === 'n') return numberCell(Number(cell.v), cell, style)
  if (cell.t === 's' || cell.t === 'b') return String(cell.v)
  return cell.t === 'e' ? (cell.w ?? UNREADABLE) : UNREADABLE
}

/** Written by programs that leave the reckoning to Excel: a name or a "no" of it would be blank. */
export const NO_RESULT = '#NO RESULT!'
export const UNREADABLE = '#UNREADABLE!'

const numberCell = (value: number, cell: CellObject, style: CellStyle): string => {
  const format = typeof cell.z === 'string' ? cell.z : 'General'
  if (!Number.isFinite(value) || isPlain(format)) return numberText(value)
  if (style.isDate(format) && !isSpan(format)) return dateText(value, format, style.is1904)
  const shown = shownAs(value, format, cell, style).trim()
  if (shown === '') return numberText(value)
  return style.hasDecimalComma ? shown.replaceAll(SEPARATOR, (mark) => (mark === '.' ? ',' : ' ')) : shown
}

/** SheetJS takes the language in a format, [$-419], for a currency. */
const LANGUAGE = /\[\$-[^\]]*\]/g
const shownAs = (value: number, format: string, { w = '' }: CellObject, style: CellStyle): string =>
  format.includes('[$-') ? style.format(format.replaceAll(LANGUAGE, ''), value) : w

/** Of digits, not of words in the format: "руб." keeps its point. */
const SEPARATOR = /(?<=\d)[.,](?=\d)/g

/** Hours that do not end at 24. */
const isSpan = (format: string): boolean => /\[(?:h+|m+|s+)\]/i.test(format)

/**
 * Shows the number as it is, or with fewer digits than it has (an exponent), or in groups of three: a code or a phone loses
 * nothing when it is written in full. What other formats add has a meaning: leading zeros, a percent sign, a currency.
 */
const isPlain = (format: string): boolean => format === '@' || /general|e[+-]|^(?:#,##)?0$/i.test(format)

const DAY_MS = 86_400_000
/** Day 0 of spreadsheets is 1899-12-30; counted from 1904 it is 1,462 days later. */
const DAY_ZERO = Date.UTC(1899, 11, 30)
const DAYS_TO_1904 = 1_462

/** 2021-10-22; with a time of day 2021-10-22 10:00, and :30 where there are seconds; 10:00 where there is no day. */
const dateText = (serial: number, format: string, is1904: boolean): string => {
  const at = Math.round((serial * DAY_MS) / 1000) * 1000 // days are counted in fractions, which end a little before the second
  const date = new Date(DAY_ZERO + (is1904 ? DAYS_TO_1904 * DAY_MS : 0) + at)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 0)
    return numberText(serial)
  const isDayless = (serial >= 0 && serial < 1) || !/[yd]/i.test(format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))
  return isDayless ? timeText(date.toISOString().slice(11)) : isoText(date.toISOString())
}

/** `10:00:00.000Z` -> `10:00`. */
const timeText = (time: string): string => {
  const [, minutes = time, seconds = ''] = /^(\d\d:\d\d)(:\d\d)?/.exec(time) ?? []
  return seconds === ':00' ? minutes : `${minutes}${seconds}`
}

/** ISO 8601 as it stands in a cell that says so: a day, a time of day, or both. */
export const isoText = (iso: string): string => {
  const [day = '', time] = iso.split('T')
  if (time === undefined) return /^\d\d:\d\d/.test(day) ? timeText(day) : day
  return /^00:00(?::00(?:\.0+)?)?Z?$/.test(time) ? day : `${day} ${timeText(time)}`
}
