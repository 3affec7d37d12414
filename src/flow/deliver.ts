// One message, one gateway, quick retries: what comes back is a reply.
import { messageKey } from '../domain/key.ts'
import type { Claimed } from '../domain/message.ts'
import type { Reply } from '../domain/outcome.ts'
import type { Gateway, Outgoing } from '../gateway/gateway.ts'

/** Further tries within the same claim, after a refused connection or a 502. */
const QUICK_RETRIES = 2
const QUICK_WAIT_MS = 200

export interface Permission {
  /** Asked where the gateway had to wait before anything could leave. */
  readonly begin: () => Promise<boolean>
  /** Asked before each further try. */
  readonly tryAgain: () => Promise<boolean>
}

/** Sends one claimed message. Every try, also of later claims, carries the same key and the same bytes. */
export const deliver = async (
  gateway: Gateway,
  message: Claimed,
  installationId: string,
  may: Permission,
  signal: AbortSignal,
): Promise<Reply> => {
  const { mailingUid, recipientKey, resend } = message
  const outgoing: Outgoing = {
    address: message.address,
    text: message.text,
    ...messageKey({ installationId, mailingUid, recipientKey, resend }),
  }
  const reply = await gateway.send(outgoing, signal, may.begin)
  return isQuick(reply) && !signal.aborted ? deliverAgain(gateway, outgoing, reply, may, signal) : reply
}

/** It says what became of this message, whatever an earlier try left open. */
const isSettled = ({ kind }: Reply): boolean => kind === 'accepted' || kind === 'refused'

const isQuick = (reply: Reply): boolean =>
  (reply.kind === 'unavailable' || reply.kind === 'unknown') && reply.quick === true

/** p-retry costs 28 µs a call and 4 ms to load, so only what failed once comes here. */
const deliverAgain = async (
  gateway: Gateway,
  outgoing: Outgoing,
  first: Reply,
  may: Permission,
  signal: AbortSignal,
): Promise<Reply> => {
  const { default: pRetry } = await import('p-retry')
  let last = first
  const attempt = async (): Promise<Reply> => {
    if (!(await may.tryAgain())) return last
    const reply = await gateway.send(outgoing, signal, may.begin)
    last = isSettled(reply) || last.kind !== 'unknown' ? reply : last // what may have been taken stays so
    if (isQuick(reply)) throw new Error('worth another quick try')
    return last
  }
  const retries = { retries: QUICK_RETRIES - 1, minTimeout: QUICK_WAIT_MS, randomize: true, signal }
  return pRetry(attempt, retries).catch(() => last)
}
