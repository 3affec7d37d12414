// What one pass did, counted as it happens.
import type { Settlement } from '../domain/message.ts'
import type { Claim } from '../store/message-store.ts'

export interface PassCounts {
  readonly claimed: number
  readonly sent: number
  readonly failed: number
  readonly retried: number
  /** Back in the line with their attempt: the gateway rests, or the pass was to end. */
  readonly handedBack: number
  readonly unknown: number
  readonly expired: number
  readonly skipped: number
}

export interface Tally {
  claim(claim: Claim): void
  settlement(settlement: Settlement): void
  /** A gateway is at fault: one sentence each, for the operator. */
  trouble(gateway: string, reason: string): void
  /** What was said of a gateway does not hold any more. */
  mended(gateway: string, reason: string | null): void
  /** A gateway took a message. */
  works(gateway: string): void
  counts(): PassCounts
  troubles(): ReadonlyMap<string, string>
  working(): ReadonlySet<string>
}

export const openTally = (): Tally => {
  const counts = { claimed: 0, sent: 0, failed: 0, retried: 0, handedBack: 0, unknown: 0, expired: 0, skipped: 0 }
  const troubles = new Map<string, string>()
  const working = new Set<string>()
  return {
    claim: ({ taken, ended }) => {
      counts.claimed += taken.length
      counts.skipped += ended.skipped
      counts.expired += ended.expired
      counts.failed += ended.failed
      counts.unknown += ended.unknown
    },
    settlement: ({ state, attemptBack }) => {
      if (state === 'sent' || state === 'failed' || state === 'unknown') counts[state] += 1
      else if (state === 'scheduled') counts[attemptBack ? 'handedBack' : 'retried'] += 1
    },
    trouble: (gateway, reason) => {
      troubles.set(gateway, reason)
    },
    mended: (gateway, reason) => {
      if (troubles.get(gateway) === reason) troubles.delete(gateway)
    },
    works: (gateway) => {
      working.add(gateway)
    },
    counts: () => ({ ...counts }),
    troubles: () => troubles,
    working: () => working,
  }
}
