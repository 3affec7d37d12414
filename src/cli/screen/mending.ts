// What to do about rows that are rejected.
import type { RecipientsImported } from '../../flow/import-recipients.ts'
import type { ImportRecipientsOptions } from '../commands/import.ts'

export const mending = (good: number): string[] => [
  good === 0
    ? 'Correct these rows and import the file again.'
    : `Correct these rows; or take the other ${good} with --skip-bad, and the bad ones into a file with --reject-file.`,
]

const SHARED = /^the phone \S+ (?:stands already|belongs to another)/

/** Firms of one owner have one phone, which no row can mend. */
export const sharing = (
  { onSharedAddress }: Pick<ImportRecipientsOptions, 'onSharedAddress'>,
  { rejected }: Pick<RecipientsImported, 'rejected'>,
): string[] =>
  onSharedAddress === undefined && rejected.some(({ reason }) => SHARED.test(reason))
    ? ['Where two firms do have one phone, --on-shared-address=keep takes both: a mailing writes to it once.']
    : []
