// One test message, at once, to an address that the configuration allows. No row of a message is touched.

import { isBlank } from '../domain/blank.ts'
import { Fixable } from '../domain/errors.ts'
import { messageKey } from '../domain/key.ts'
import type { Audience } from '../domain/mailing.ts'
import type { Reply } from '../domain/outcome.ts'
import { textOfRecipients } from '../domain/text.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import type { SendingPowers } from './powers.ts'

type Powers = Pick<SendingPowers, 'clock'> & {
  readonly store: Pick<
    Store,
    'installationId' | 'whatMayLeave' | 'barredAt' | 'findSample' | 'listSamples' | 'noteTest'
  >
}

export interface TestOrder {
  /** Chance: the key is made of it, so that it is never one of a message's. */
  readonly nonce: string
  readonly gateway: Gateway
  readonly address: string
  readonly text: string
  /** Headings of several words that it may name. */
  readonly headings?: readonly string[]
  readonly audience: Audience
  readonly mailingId: number | null
}

export interface Tested {
  readonly reply: Reply
  readonly ms: number
}

/** Filled in for whoever has that address, else for the first of the audience. Fixable where nothing may leave now. */
export const sendTest = async (
  powers: Powers,
  order: TestOrder,
  by: OperatorAct,
  stop: AbortSignal,
): Promise<Tested> => {
  const { store, clock } = powers
  const { gateway, address, nonce, mailingId } = order
  await allowTest(powers, gateway)
  await refuseBarred(powers, address)
  const parts = { installationId: store.installationId, mailingUid: `test ${nonce}`, recipientKey: 'test', resend: 0 }
  const outgoing = { address, text: await renderFor(powers, order), ...messageKey(parts) }
  const began = clock.monotonic()
  const reply = await gateway.send(outgoing, stop)
  const ms = clock.monotonic() - began
  await store.noteTest({ mailingId, gateway: gateway.name, state: reply.kind }, by)
  return { reply, ms }
}

const allowTest = async ({ store }: Powers, { name }: Gateway): Promise<void> => {
  const { hold, health } = await store.whatMayLeave(name)
  if (hold !== null) throw new Fixable('state', 'everything is held: no test is sent', 'Let it go on: notify release.')
  if (health.pausedAt !== null) {
    throw new Fixable('gateway', `gateway "${name}" is paused: no test is sent`, `Say notify gateways resume ${name}.`)
  }
}

/** Whoever tests by the telephone of somebody else: that one wants no messages. */
const refuseBarred = async ({ store }: Powers, address: string): Promise<void> => {
  const barred = await store.barredAt(address)
  if (barred === null) return
  throw barred === 'blocked'
    ? new Fixable(
        'state',
        'the address is blocked: no test is sent',
        'Take it off the blocklist: notify unblock ADDRESS.',
      )
    : new Fixable(
        'state',
        'somebody with this address unsubscribed: no test is sent',
        'See who: notify recipients show ADDRESS.',
      )
}

const renderFor = async (
  { store }: Powers,
  { text, headings, address, audience, gateway }: TestOrder,
): Promise<string> => {
  const { columns, render } = textOfRecipients(text, headings)
  const own = await store.findSample({ address }, columns)
  const [first] =
    own === null ? await store.listSamples(audience, gateway.addressKind, columns, { after: 0, limit: 1 }) : [own]
  const words = render(first?.values ?? {})
  if (!isBlank(words)) return words
  throw new Fixable(
    'input',
    'filled in for them the text is blank: no test is sent',
    'See what is missing: notify preview. Give it a word of its own: {{ name | default: "…" }}.',
  )
}
