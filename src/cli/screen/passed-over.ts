// Rows of a table that are nobody of their own, in words.
import type { RecipientsImported } from '../../flow/import-recipients.ts'

/** A sentence for each kind that there is. */
export const passedOver = (
  { repeated, totals }: Pick<RecipientsImported, 'repeated' | 'totals'>,
  count: (number: number) => string,
): string[] => [
  ...(repeated > 0
    ? [
        repeated === 1
          ? '1 row says the same as one above and is left out.'
          : `${count(repeated)} rows say the same as one above and are left out.`,
      ]
    : []),
  ...(totals > 0
    ? [totals === 1 ? '1 line of totals is left out.' : `${count(totals)} lines of totals are left out.`]
    : []),
]
