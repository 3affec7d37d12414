// What did not arrive, under the answer how mailings went: each with what helps.

import { visible } from '../../domain/visible.ts'
import type { ToldTrouble } from '../../flow/mailing-troubles.ts'
import type { Look } from './look.ts'

/** '' where there is none. */
export const drawTroubles = (troubles: readonly ToldTrouble[], { word }: Pick<Look, 'word'>): string =>
  troubles.map(({ says, help }) => `\n${visible(word(says))}\n  ${word(help)}`).join('')
