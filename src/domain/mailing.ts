// A mailing: one text, one local time, one gateway, one audience.

export const MAILING_STATES = [
  'planning', // its rows are being written, or changed by an edit; nothing is sent
  'proposed', // its rows are there; a second person has to approve it
  'active', // rows are sent when they are due
  'paused', // nothing is claimed until it is resumed
  'cancelled', // ended by an operator
  'done', // no row wants attention any more
] as const

export type MailingState = (typeof MAILING_STATES)[number]

/** Who gets it. Each list is "any of"; the lists are joined by "and"; an empty list asks nothing. */
export interface Audience {
  readonly tags: readonly string[]
  readonly notTags: readonly string[]
  readonly operatorCodes: readonly string[]
  readonly districts: readonly string[] // district keys (src/domain/zone.ts, districtKey)
  /** Canonical: where they live by now, their own zone or their district's. */
  readonly zones: readonly string[]
  /** Of one name any value, of several names all. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[]
  /** Only those whom no message has ever reached (state sent). */
  readonly neverReached: boolean
}

export const EVERYBODY: Audience = {
  tags: [],
  notTags: [],
  operatorCodes: [],
  districts: [],
  zones: [],
  attributes: [],
  neverReached: false,
}

export type IfPast = 'fail' | 'now' | 'next-day' | 'skip'
export type IfNoZone = 'fail' | 'skip' | { readonly zone: string }
export type AddressKind = 'phone' | 'email'

/** What the operator asked for, beside text, time and gateway; kept with the mailing. */
export interface Terms {
  readonly audience: Audience
  readonly ifPast: IfPast
  readonly ifNoZone: IfNoZone
  readonly addressKind: AddressKind
  /** Recipients that join later are added. */
  readonly follow: boolean
  /** Headings of several words that the text names, as they were known when it was written; absent: none. */
  readonly headings?: readonly string[]
}

export interface ZonePlan {
  readonly zone: string
  readonly count: number
  /** UTC, epoch ms. */
  readonly sendAt: number
  /** Gap, overlap, missing day, moved because past: what the operator should know. */
  readonly notes: readonly string[]
}

export interface Plan {
  /** Messages that will be sent; skipped ones are not in it. */
  readonly total: number
  /** In the order in which they leave. */
  readonly zones: readonly ZonePlan[]
  readonly skipped: readonly { readonly reason: string; readonly count: number }[]
}

export interface Mailing {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly state: MailingState
  readonly reason: string | null
  readonly text: string
  /** Rises when the text is edited. */
  readonly textNo: number
  readonly gateway: string
  readonly at: string // HH:MM
  readonly on: string // YYYY-MM-DD
  readonly until: string // HH:MM
  readonly expiresAt: number
  readonly terms: Terms
  readonly plan: Plan
  readonly createdAt: number
  /** null: by a version that did not ask. */
  readonly createdBy: string | null
  readonly approvedBy: string | null
}
