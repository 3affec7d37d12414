// What differs between two versions of a mailing. Apart from edits: the store needs it, and every start of run-due reads the store.
import type { Mailing } from './mailing.ts'

/** Plain data with the same content. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What differs, { name: [before, after] }: for the record and for people. The text by its number. */
export const differences = (before: Mailing, after: Mailing): Readonly<Record<string, readonly [unknown, unknown]>> => {
  const values = ({ name, textNo, at, on, until, expiresAt, terms }: Mailing): Readonly<Record<string, unknown>> => ({
    name,
    textNo,
    at,
    on,
    until,
    expiresAt,
    audience: terms.audience,
  })
  const [was, is] = [values(before), values(after)]
  return Object.fromEntries(
    Object.keys(was)
      .filter((name) => !same(was[name], is[name]))
      .map((name) => [name, [was[name], is[name]] as const]),
  )
}
