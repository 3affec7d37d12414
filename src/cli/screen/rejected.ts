// Rejected rows in words: by reason, each with the first lines it is found on.
import type { RejectedLine } from '../../domain/district.ts'
import { visible } from '../../domain/visible.ts'

const REASONS_TOLD = 10
const LINES_TOLD = 3

/**
 * '290 phone has no digits (lines 4, 9, 17 …), 1 unknown zone "Mars" (line 3)': the most frequent reason first. `all`: how many
 * there are, where these are only the first of them.
 */
export const rejectedByReason = (rejected: readonly RejectedLine[], all = rejected.length): string => {
  const groups = new Map<string, RejectedLine[]>()
  for (const row of rejected) {
    const kind = kindOf(row)
    const group = groups.get(kind)
    if (group) group.push(row)
    else groups.set(kind, [row])
  }
  const sorted = [...groups].toSorted(([, a], [, b]) => b.length - a.length)
  const told = sorted.slice(0, REASONS_TOLD).map(([kind, rows]) => groupInWords(kind, rows))
  const more = sorted.length - REASONS_TOLD
  return [
    ...told,
    ...(more > 0 ? [`and ${more} other reasons (--json tells all)`] : []),
    ...(all > rejected.length ? [`and ${all - rejected.length} more rows`] : []),
  ].join(', ')
}

const groupInWords = (kind: string, rows: readonly RejectedLine[]): string => {
  const [first] = rows
  const isAlone = rows.length === 1 && first !== undefined
  const lines = rows.slice(0, LINES_TOLD).map(({ line }) => line)
  const more = rows.length > LINES_TOLD ? ' …' : ''
  return `${rows.length} ${shortened(visible(isAlone ? first.reason : kind))} (line${isAlone ? '' : 's'} ${lines.join(', ')}${more})`
}

/** A cell of a megabyte may be the reason. */
const LONGEST_REASON = 160

const shortened = (reason: string): string =>
  reason.length <= LONGEST_REASON ? reason : `${reason.slice(0, LONGEST_REASON - 40)}…${reason.slice(-39)}`

/** Reasons that differ only in whose phone it is are one. */
const kindOf = ({ reason }: RejectedLine): string =>
  reason
    .replace(/^the (phone|external id) .* stands already at line \d+$/, 'the $1 stands already at an earlier line')
    .replace(/^the e-mail \S+ stands also at line \d+$/, 'the e-mail stands also at another line')
    .replace(/^the phone \S+ is that of several recipients/, 'the phone is that of several recipients')
    .replace(/^the phone \S+ belongs to another recipient.*$/, 'the phone belongs to another recipient')
    .replace(
      /^it says something else about recipient \d+, who is known$/,
      'it says something else about a known recipient',
    )
    .replace(/^it is the same recipient as line \d+$/, 'it is the same recipient as an earlier line')
