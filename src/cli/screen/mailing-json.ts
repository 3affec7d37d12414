// A mailing as programs read it (cli.md 5.9). Names are only ever added.

import { isoUtc } from '../../domain/local-time.ts'
import type { Mailing } from '../../domain/mailing.ts'
import type { CountByState } from '../../domain/message.ts'
import type { MailingCounts } from '../../store/stats-store.ts'

/** `id` is null for a mailing that was only tried (schedule --dry-run). */
export type JsonMailing = Readonly<
  Record<'uid' | 'name' | 'state' | 'at' | 'on' | 'until' | 'expiresAt' | 'gateway', string> & { id: string | null }
>

type Source = Pick<Mailing, 'uid' | 'name' | 'state' | 'at' | 'on' | 'until' | 'expiresAt' | 'gateway'> & {
  readonly id: number | null
}

export const mailingJson = (mailing: Source): JsonMailing => ({
  id: mailing.id === null ? null : String(mailing.id),
  uid: mailing.uid,
  name: mailing.name,
  state: mailing.state,
  at: mailing.at,
  on: mailing.on,
  until: mailing.until,
  expiresAt: isoUtc(mailing.expiresAt),
  gateway: mailing.gateway,
})

/** A mailing with its counts: what pause, resume and cancel answer. */
export const countedMailingJson = ({
  mailing,
  total,
  states,
}: Pick<MailingCounts, 'mailing' | 'total' | 'states'>): JsonMailing & {
  readonly reason: string | null
  readonly total: number
  readonly states: CountByState
} => ({ ...mailingJson(mailing), reason: mailing.reason, total, states })
