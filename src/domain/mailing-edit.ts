// An edit of a mailing as data: what changes, and what follows from it for name, closing hour and end. Pure.
import { Fixable } from './errors.ts'
import type { Audience, IfPast, Mailing } from './mailing.ts'
import { same } from './mailing-differences.ts'
import { checkExpires, checkUntil } from './mailing-request.ts'
import { defaultUntil, isWindow } from './send-time.ts'

/** What an operator wants otherwise; what is not named stays. */
export interface MailingWish {
  readonly text?: string
  /** Headings of several words that this text names. */
  readonly headings?: readonly string[]
  readonly at?: string
  readonly on?: string
  /** As written; checked against the hour. */
  readonly until?: string
  readonly expires?: string
  readonly name?: string
  readonly audience?: Audience
}

/** What has to be done to the rows of a mailing: kept with it until it is done, and finished by whoever finds it unfinished. */
export interface RowEdit {
  /** The instant of the edit: what is past is past by it. */
  readonly now: number
  /** Where the mailing goes back to. */
  readonly state: Mailing['state']
  /** keep: who has a row stays in; audience: who belongs to it by now joins, the others leave. */
  readonly members: 'keep' | 'audience'
  /** The hour or the date is another one: every row that waits gets the new instant. */
  readonly moves: boolean
  /** The closing hour or the end is another one: late rows are decided anew. */
  readonly hours: boolean
  /** The rules of zones may have changed: rows that wait for an instant that is no longer theirs are moved. */
  readonly shifts: boolean
  readonly ifPast: IfPast
}

/** The mailing as it is wanted, but for its name and its end, which depend on others. Fails with Fixable('usage'). */
export const wished = (mailing: Mailing, wish: MailingWish): Mailing => {
  const at = wish.at ?? mailing.at
  const audience = wish.audience ?? mailing.terms.audience
  return {
    ...mailing,
    text: wish.text ?? mailing.text,
    textNo: wish.text === undefined || wish.text === mailing.text ? mailing.textNo : mailing.textNo + 1,
    at,
    on: wish.on ?? mailing.on,
    until: untilOf(mailing, at, wish.until),
    terms: { ...mailing.terms, audience, ...(wish.headings === undefined ? {} : { headings: wish.headings }) },
  }
}

/** One that was the default of the old hour follows the new one. */
const untilOf = (mailing: Mailing, at: string, wanted: string | undefined): string => {
  if (wanted !== undefined) return checkUntil(wanted, at)
  if (at === mailing.at) return mailing.until
  if (mailing.until === defaultUntil(mailing.at)) return defaultUntil(at)
  if (isWindow(at, mailing.until)) return mailing.until
  throw new Fixable(
    'usage',
    `the mailing closes at ${mailing.until}, before --at ${at} opens`,
    'Name another closing hour with --until.',
  )
}

/** What the rows have to follow; null: they stay as they are. */
export const rowEdit = (
  before: Mailing,
  after: Mailing,
  wish: MailingWish,
  now: number,
  ifPast: IfPast,
): RowEdit | null => {
  const moves = before.at !== after.at || before.on !== after.on
  const isOther = !same(before.terms.audience, after.terms.audience)
  const hours = before.until !== after.until || wish.expires !== undefined
  if (!moves && !isOther && !hours) return null
  return { now, state: after.state, members: isOther ? 'audience' : 'keep', moves, hours, shifts: false, ifPast }
}

const DAY_MS = 86_400_000

/**
 * When it ends: as wanted; else three days after the last planned send where that was the rule, else as before.
 * `lastBefore`, `lastAfter`: the last planned send. Fails with Fixable('usage') for an end that is past.
 */
export const endOf = (
  mailing: Mailing,
  wanted: string | undefined,
  [lastBefore, lastAfter]: readonly [number, number],
  now: number,
): number => {
  if (wanted !== undefined) {
    const end = checkExpires(wanted, lastAfter)
    if (end > now) return end
    throw new Fixable('usage', `--expires ${wanted} is past`, 'Name a later instant, or cancel the mailing.')
  }
  if (mailing.expiresAt === lastBefore + 3 * DAY_MS) return Math.max(mailing.expiresAt, lastAfter + 3 * DAY_MS)
  if (mailing.expiresAt > lastAfter || lastAfter === lastBefore) return mailing.expiresAt
  throw new Fixable('usage', 'the mailing ends before its new time', 'Name another end with --expires.')
}

/** The name that follows date and hour; null: it was named by a person, or they stay. */
export const nameAfter = (before: Mailing, after: Mailing): string | null => {
  const [was, is] = [`${before.on} ${before.at}`, `${after.on} ${after.at}`]
  if (
    was === is ||
    !(before.name === was || /^ \(\d+\)$/.test(before.name.startsWith(was) ? before.name.slice(was.length) : ''))
  )
    return null
  return is
}

/** Who changed an approved mailing asks for approval anew, and is not the one who gives it. */
export const unapproved = (mailing: Mailing, who: string): Mailing => ({
  ...mailing,
  state: 'proposed',
  createdBy: who,
  approvedBy: null,
})
