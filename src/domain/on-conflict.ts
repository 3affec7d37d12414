// What becomes of somebody known about whom a table says something else.

/**
 * update: what the row says is taken over. skip: what is known stays. fail: the row is rejected. Whichever it is, consent is
 * never loosened, and with `skip` too a row that says "unsubscribed" is heard.
 */
export const ON_CONFLICT = ['update', 'skip', 'fail'] as const

export type OnConflict = (typeof ON_CONFLICT)[number]

/** What becomes of a phone that two people have: whoever comes later is rejected, or both keep it where each has an external id. */
export const ON_SHARED_ADDRESS = ['reject', 'keep'] as const

export type OnSharedAddress = (typeof ON_SHARED_ADDRESS)[number]
