// The flags that choose recipients of the address book -> a filter.
import type { RecipientFilter } from '../../store/address-book-store.ts'
import type { FilterOptions } from '../commands/recipient-flags.ts'
import { audienceOf } from './audience.ts'

export const filterOf = (options: FilterOptions): RecipientFilter => {
  const search = options.search?.trim() ?? ''
  return {
    audience: audienceOf(options),
    unsubscribed: options.unsubscribed === true,
    blocked: options.blocked === true,
    search: search === '' ? null : search,
    withTag: null,
  }
}

/** True: no flag chooses anybody. */
export const choosesAll = ({ audience, unsubscribed, blocked, search }: RecipientFilter): boolean =>
  !unsubscribed &&
  !blocked &&
  search === null &&
  Object.values(audience).every((wish) => wish === false || (Array.isArray(wish) && wish.length === 0))
