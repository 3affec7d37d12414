// Which message a key is of, as a gateway saw it. A key is derived and stored nowhere: those of all rows are worked out anew, newest first.
import { keyOf } from '../domain/key.ts'
import type { Store } from '../store/store.ts'

/** A key, or its number of so many digits; shorter ones are hardly ever drawn, and look like numbers of rows. */
export const isKey = (word: string): boolean => /^(?:[a-z2-7]{28}|\d{12,19})$/.test(word)

const PAGE = 1_000

/**
 * The row; null: none has it. The number may also be as a program shows it that reads it as a double, the last digits of it rounded.
 * Reads every row until it is found. What was sent once more has a new key (`resend`): its earlier ones are tried too.
 */
export const findByKey = async (
  store: Pick<Store, 'listMessages' | 'installationId'>,
  word: string,
): Promise<number | null> => {
  const { installationId } = store
  for (let after: Page[number] | null = null; ; ) {
    const page: Page = await store.listMessages({ after, limit: PAGE })
    const found = page.find((row) => keysOf(row, installationId).includes(word))
    if (found !== undefined) return found.id
    const last = page.at(-1)
    if (last === undefined) return null
    after = last
  }
}

const keysOf = (row: Page[number], installationId: string): readonly string[] =>
  Array.from({ length: row.resend + 1 }, (_, resend) => {
    const { key, keyNumber } = keyOf({ ...row, resend }, { installationId, mailingUid: row.mailingUid })
    return [key, keyNumber, String(Number(keyNumber))]
  }).flat()

type Page = Awaited<ReturnType<Store['listMessages']>>
