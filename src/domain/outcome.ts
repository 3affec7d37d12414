// Reply + message + now -> the next row. The state machine of a message, pure.

/** What a gateway can say, and nothing else. */
export type Reply =
  | { readonly kind: 'accepted'; readonly ref: string | null }
  /** This message, for ever. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not taken. `retryAfter` in ms: the whole gateway rests. `quick`: worth another try within seconds (refused connection, 502). */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfter?: number; readonly quick?: boolean }
  /** May have been taken. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The gateway itself is at fault (401, redirect, TLS): it rests, the message keeps its attempt. */
  | { readonly kind: 'misconfigured'; readonly reason: string }
