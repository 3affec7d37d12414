// What a text names and no column of any recipient answers.
import { Fixable } from './errors.ts'
import { nearest } from './nearest.ts'

/** Some files have 100,000 columns. */
const MOST_LISTED = 40

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`

/** ['nme', 'Сумма'] -> '{{ nme }}, {{ Сумма }}' */
export const inBraces = (names: readonly string[]): string => names.map((name) => `{{ ${name} }}`).join(', ')

/** 'Did you mean {{ Сумма, руб. }}? Known: …': by the first of them. */
export const nearestNames = (unknown: readonly string[], known: readonly string[]): string => {
  const near = nearestName(unknown[0] ?? '', known)
  return `${near === null ? '' : `Did you mean {{ ${near} }}? `}Known: ${listed(known)}.`
}

/** Whoever writes a heading of several words leaves out or adds a whole one: half of it may differ. */
const nearestName = (name: string, known: readonly string[]): string | null => {
  const near = nearest(name, known)
  if (near !== null || isOneWord(name)) return near
  const half = Math.ceil(name.length / 2)
  return (
    nearest(
      name,
      known.filter((each) => !isOneWord(each)),
      half,
    ) ?? nearest(name, known, half)
  )
}

const isOneWord = (name: string): boolean => /^[\p{L}\p{N}_]+$/u.test(name)

/** Of a text that the language cannot read: what stands in braces there. */
export const neitherNameNorExpression = (words: string, known: readonly string[]): Fixable =>
  new Fixable('usage', `the text cannot be used: ${inBraces([words])} is no column`, nearestNames([words], known))
