// What stands in mailings that an operator should hear of, in words: what it is, its commonest reason, the command that helps.
import { undecidedSince } from '../domain/hold.ts'
import type { Store } from '../store/store.ts'
import type { CommonReason, MailingTrouble } from '../store/trouble-store.ts'

export interface ToldTrouble extends MailingTrouble {
  readonly commonest: CommonReason | null
  readonly says: string
  /** What to do. */
  readonly help: string
}

type Troubles = Pick<Store, 'mailingTroubles' | 'commonestReason'>

/** What was over for so long is history. */
const REMEMBERED_MS = 7 * 86_400_000

export const mailingTroubles = (
  store: Pick<Store, 'mailingTroubles'>,
  now: number,
): Promise<readonly MailingTrouble[]> => store.mailingTroubles(now - REMEMBERED_MS)

/** The newest of them in words, at most so many. */
export const tellTroubles = async (store: Troubles, now: number, most: number): Promise<readonly ToldTrouble[]> =>
  inWords(store, (await mailingTroubles(store, now)).slice(0, most))

/** Those of one mailing, however long it is over. */
export const tellTroublesOf = async (store: Troubles, mailingId: number): Promise<readonly ToldTrouble[]> =>
  inWords(
    store,
    (await store.mailingTroubles(0)).filter(({ mailing }) => mailing.id === mailingId),
  )

/** Reads the reasons, which mailingTroubles does not. */
export const inWords = (
  store: Pick<Store, 'commonestReason'>,
  troubles: readonly MailingTrouble[],
): Promise<readonly ToldTrouble[]> =>
  Promise.all(
    troubles.map(async (trouble) => {
      const { kind, mailing } = trouble
      const commonest = kind === 'paused' ? null : await store.commonestReason(mailing.id, kind)
      return { ...trouble, commonest, says: saysOf(trouble, commonest), help: helpOf(trouble, commonest) }
    }),
  )

const saysOf = (
  { mailing: { id, name }, kind, count, why }: MailingTrouble,
  commonest: CommonReason | null,
): string => {
  const called = `mailing ${id} "${name}"`
  if (kind === 'paused') return `${called} paused itself: ${why ?? 'too many were refused'}`
  const messages = `${count} ${count === 1 ? 'message' : 'messages'}`
  const what = kind === 'unknown' ? `of ${messages} nobody knows whether they arrived` : `${messages} ${kind}`
  if (commonest === null || commonest.reason === null) return `${called}: ${what}`
  return `${called}: ${what}${commonest.count === count ? '' : `, ${commonest.count} of them`}: ${commonest.reason}`
}

const helpOf = ({ mailing: { id }, kind }: MailingTrouble, commonest: CommonReason | null): string => {
  if (kind === 'failed') return `When its cause is mended, this sends to them again: notify retry ${id}`
  if (kind === 'expired')
    return `Their time ran out; this sends to them all the same: notify retry ${id} --state expired`
  if (kind === 'paused')
    return `When its cause is mended: notify mailings resume ${id} for the rest, and notify retry ${id} for the refused.`
  return commonest?.reason?.startsWith(RESTORED) === true
    ? 'Decide about them: notify reconcile.'
    : `Ask the gateway; this sends to them again, whoever got it perhaps twice: notify retry ${id} --state unknown`
}

/** How the reason begins of what is in doubt since a restore. */
const RESTORED = undecidedSince(0).split(' backup ')[0] ?? ''
