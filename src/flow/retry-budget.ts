// Quick tries are a tenth of first attempts at most: a gateway that fails is not sent three times what it failed at.

const PART = 0.1
/** Also the tries that a small pass may make. */
const MOST = 10

export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void
  /** True: one quick try is granted. */
  spend(): boolean
}

export const openRetryBudget = (): RetryBudget => {
  let tries = MOST
  return {
    earn: () => {
      tries = Math.min(MOST, tries + PART)
    },
    spend: () => {
      if (tries < 1) return false
      tries -= 1
      return true
    },
  }
}
