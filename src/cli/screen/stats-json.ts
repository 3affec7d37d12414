// Statistics as programs read them (cli.md 5.9). Names are only ever added.

import { isoUtc } from '../../domain/local-time.ts'
import type { CountByState, MessageState } from '../../domain/message.ts'
import type { Overview } from '../../flow/stats.ts'
import type { MailingDetail } from '../../store/answer-store.ts'
import type { MailingCounts } from '../../store/stats-store.ts'

const instantOrNull = (instant: number | null): string | null => (instant === null ? null : isoUtc(instant))

const countsJson = ({ mailing, total, states, firstSendAt, lastSendAt }: MailingCounts) => ({
  id: String(mailing.id),
  name: mailing.name,
  state: mailing.state,
  total,
  states,
  firstSendAt: instantOrNull(firstSendAt),
  lastSendAt: instantOrNull(lastSendAt),
})

export interface OverviewJson {
  readonly mailings: readonly ReturnType<typeof countsJson>[]
  readonly states: CountByState
}

export const overviewJson = ({ mailings, states }: Pick<Overview, 'mailings' | 'states'>): OverviewJson => ({
  mailings: mailings.map(countsJson),
  states,
})

export interface ZoneJson {
  readonly zone: string
  readonly sendAt: string
  readonly total: number
  readonly states: CountByState
  /** ms; null where nothing was sent. */
  readonly lateness: MailingDetail['lateness']
}

export const zoneJson = ({ zone, sendAt, total, states, lateness }: MailingDetail['zones'][number]): ZoneJson => ({
  zone,
  sendAt: isoUtc(sendAt),
  total,
  states,
  lateness,
})

interface DetailJson extends OverviewJson {
  readonly zones: readonly ZoneJson[]
  readonly reasons: readonly { readonly state: MessageState; readonly reason: string; readonly count: number }[]
  /** ms; null where nothing was sent. */
  readonly lateness: Readonly<Record<'p50' | 'p99' | 'max', number | null>>
}

export const detailJson = (detail: MailingDetail): DetailJson => ({
  ...overviewJson({ mailings: [detail], states: detail.states }),
  zones: detail.zones.map(zoneJson),
  reasons: detail.reasons,
  lateness: detail.lateness ?? { p50: null, p99: null, max: null },
})
