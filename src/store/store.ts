// Where rows rest, in sentences. Each method is one sentence and, where it writes, one transaction; none leaves its method.
// All instants are epoch ms UTC and come from the caller: a store never reads a clock.
import type { DistrictDraft } from '../domain/district.ts'
import type { AddressKind, Audience, Mailing, MailingState, Plan, Terms } from '../domain/mailing.ts'
import type { Admission, Candidate, Claimed, CountByState, MessageState, RecipientColumn, Settlement } from '../domain/message.ts'
import type { RecipientDraft } from '../domain/recipient.ts'

export interface Store extends RecipientStore, DistrictStore, MailingStore, MessageStore, StatsStore, WorkerStore {
  /** Where it is, for people: a path. Never a secret. */
  readonly location: string
  /** Random id of this installation; part of every idempotency key. */
  readonly installationId: string
  /** A number that changes when another process has written. Costs microseconds. */
  changeMark(): Promise<number>
  close(): Promise<void>
}

// ---------------------------------------------------------------- recipients

export interface RecipientStore {
  /** Opens a staging area beside the address book: nothing is visible until `merge`. */
  stageRecipients(): Promise<StagedRecipients>
  /** Names of attributes that at least one recipient has. */
  attributeNames(): Promise<readonly string[]>
  countRecipients(): Promise<number>
}

export interface StagedRecipient {
  readonly line: number
  readonly draft: RecipientDraft
  /** The record as it was read, where it is wanted back should it be rejected. */
  readonly cells: readonly string[] | null
}

export interface RejectedRecipient {
  readonly line: number
  readonly reason: string
  readonly cells: readonly string[] | null
}

export interface StagedRecipients {
  /** Keeps checked records, each with a line of its own, outside the database file: other writers do not wait. */
  add(rows: readonly StagedRecipient[]): Promise<void>
  /**
   * Records that cannot be saved although each is well formed: one phone on two lines, one external id twice, a phone that
   * belongs to somebody else. They are taken out of the staging area and returned, in line order.
   */
  rejectConflicts(): Promise<readonly RejectedRecipient[]>
  /** What `merge` would do, without doing it. */
  count(): Promise<MergeCounts>
  /**
   * Writes in chunks of 1,000 rows. A person is found by external id, else phone, else e-mail; consent is never loosened.
   * Stops between two chunks when told to: the counts are then of what is written.
   */
  merge(now: number, stop: AbortSignal, onProgress: (rows: number) => void): Promise<MergeCounts>
  /** Drops the staging area. */
  close(): Promise<void>
}

export interface MergeCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients among these rows who are not to be written to, by their own word or an administrator's, old or new. */
  readonly unsubscribed: number
  /** Districts named by these rows that have no zone yet; rows that have a zone of their own do not count. */
  readonly districtsWithoutZone: readonly string[]
}

// ---------------------------------------------------------------- districts

export interface DistrictStore {
  /** Adds and changes zones; a district met under two keys becomes one. All of them or none: none where there are conflicts. */
  saveDistricts(rows: readonly DistrictDraft[], options: { dryRun: boolean }): Promise<DistrictCounts>
  listDistricts(): Promise<readonly { name: string; zone: string | null; recipients: number }[]>
}

export interface DistrictCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients whose zone comes from a district that changed. */
  readonly recipientsMoved: number
  /** Rows (by position) that would make one of two districts that have names of their own; then nothing is written. */
  readonly conflicts: readonly { readonly row: number; readonly reason: string }[]
}

// ---------------------------------------------------------------- mailings

export interface MailingDraft {
  readonly uid: string
  readonly name: string
  readonly text: string
  readonly gateway: string
  readonly at: string
  readonly on: string
  readonly until: string
  readonly expiresAt: number
  readonly terms: Terms
  readonly plan: Plan
}

/** Recipients of an audience, counted by what decides their row. */
export interface AudienceGroup {
  /** Own zone, else the district's, else null. */
  readonly zone: string | null
  readonly unsubscribed: boolean
  readonly hasAddress: boolean
  readonly count: number
}

/** How the rows of one zone are to be written: send_at, or skipped with a reason. */
export interface RowRule {
  /** '' stands for recipients without a zone. */
  readonly zone: string
  /** The zone written into the row (differs only for '' with a zone for those without). */
  readonly rowZone: string
  readonly sendAt: number
  readonly skip: string | null
}

export interface MailingStore {
  planAudience(audience: Audience, addressKind: AddressKind): Promise<readonly AudienceGroup[]>
  /** First names (or phones) of recipients of this audience without a zone, for the error message. */
  firstWithoutZone(audience: Audience, limit: number): Promise<readonly string[]>
  /** Adds a mailing in state `planning`; fails with Fixable('state') when the name is taken. */
  addMailing(draft: MailingDraft, plannerId: number, now: number): Promise<Mailing>
  /**
   * Adds the rows of recipients with `after < id`, at most `limit` of them, each once however often it is asked.
   * Returns the last recipient looked at, null when there are no more.
   */
  addMessages(
    mailing: Mailing,
    rules: readonly RowRule[],
    after: number,
    limit: number,
  ): Promise<{ readonly last: number | null; readonly added: number }>
  /** planning -> active, in one write, with the plan as it came out. */
  activateMailing(id: number, plan: Plan): Promise<void>
  /** Takes back an unfinished mailing, at most `limit` rows a call; true when nothing is left of it. */
  rollBackMailing(id: number, limit: number): Promise<boolean>
  /** Mailings in state `planning` whose planner is among these dead workers. */
  abandonedMailings(deadWorkers: readonly number[]): Promise<readonly Mailing[]>
  findMailing(id: number): Promise<Mailing | null>
  /** By number, else by name; of several with one name the one that is not cancelled, else the newest. */
  lookUpMailing(numberOrName: string): Promise<Mailing | null>
  listMailings(filter: { readonly states?: readonly MailingState[]; readonly limit?: number }): Promise<readonly Mailing[]>
  /** Names like this one, nearest first, for "did you mean". */
  mailingNames(limit: number): Promise<readonly string[]>
  /** active -> paused, with an audit row. Returns the rows it holds back, not those in hand. Paused already: changes nothing. */
  pauseMailing(id: number, by: OperatorAct): Promise<number>
  /** paused -> active, with an audit row. Returns the rows that go on. */
  resumeMailing(id: number, by: OperatorAct): Promise<number>
  /** Cancels the mailing and its rows that nobody has in hand, in chunks; rows in hand finish. Returns the rows cancelled. */
  cancelMailing(id: number, by: OperatorAct): Promise<number>
}

export interface OperatorAct {
  readonly at: number
  readonly who: string
  readonly why: string | null
}

// ---------------------------------------------------------------- messages

export interface ClaimRequest {
  readonly gateway: string
  readonly workerId: number
  readonly limit: number
  readonly now: number
  readonly leaseUntil: number
  /** Outcomes of earlier claims, written first and in the same commit: one fsync instead of two. */
  readonly settlements: readonly Settlement[]
  /** What the text of a mailing needs of its recipients: a claim reads nothing else. */
  readonly columnsOf: (mailing: Mailing) => readonly RecipientColumn[]
  /** Decides in data, inside the claim's transaction, with what is known of the recipient at this moment. Pure. */
  readonly admit: (candidate: Candidate, mailing: Mailing) => Admission
}

export interface Claim {
  readonly taken: readonly Claimed[]
  /** Rows ended at the claim, by state. */
  readonly ended: { readonly skipped: number; readonly expired: number; readonly failed: number }
  /** Rows looked at, whatever became of them: 0 means that nothing is due. */
  readonly seen: number
  /** Outcomes that came too late: their rows were another worker's by then. */
  readonly stale: number
}

export interface MessageRow {
  readonly id: number
  readonly mailingId: number
  readonly mailingUid: string
  readonly recipientId: number
  readonly recipientCreatedAt: number
  readonly recipientName: string | null
  readonly address: string | null
  readonly zone: string
  readonly sendAt: number
  readonly dueAt: number | null
  readonly state: MessageState
  readonly reason: string | null
  readonly attempts: number
  readonly gatewayRef: string | null
  readonly settledAt: number | null
}

export interface MessageStore {
  /** Takes due rows of active mailings on this gateway, fairly among the mailings; a resting gateway gives none. The commit is the write-ahead intent. */
  claimDue(request: ClaimRequest): Promise<Claim>
  /** Writes outcomes under the fence, all in one transaction. A late one changes 0 rows and is counted as stale. */
  settle(workerId: number, settlements: readonly Settlement[]): Promise<{ readonly written: number; readonly stale: number }>
  /** Rows that a claim would look at now, over all gateways that do not rest. */
  countDue(now: number): Promise<number>
  /** When the next row of this gateway wants attention (its rest included); null: never. */
  nextDueAt(gateway: string): Promise<number | null>
  /** Gateways that active mailings use. */
  gatewaysInUse(): Promise<readonly string[]>
  /** Active mailings without a row that wants attention become `done`. Returns how many. */
  closeFinishedMailings(): Promise<number>
  /** Rows in hand of this (dead) worker become due at once. */
  releaseRowsOf(workerId: number, now: number): Promise<number>
  /** Nothing is claimed for this gateway before `until`; a longer rest is never shortened. */
  restGateway(gateway: string, until: number, reason: string): Promise<void>
  /** Gateways at rest at `now`. */
  restingGateways(now: number): Promise<readonly { name: string; restsUntil: number; reason: string | null }[]>
  /** The rest is over: the gateway answers again, or an operator says so. */
  wakeGateway(gateway: string): Promise<void>
  /** Rows in the order of their recipients; `after`: the recipient (recipientId) of the last row seen. */
  listMessages(
    mailingId: number,
    filter: { readonly state?: MessageState; readonly after?: number; readonly limit: number },
  ): Promise<readonly MessageRow[]>
}

// ---------------------------------------------------------------- statistics

export interface MailingCounts {
  readonly mailing: Mailing
  readonly total: number
  readonly states: CountByState
  readonly firstSendAt: number | null
  readonly lastSendAt: number | null
}

export interface MailingDetail extends MailingCounts {
  readonly zones: readonly {
    readonly zone: string
    readonly sendAt: number
    readonly total: number
    readonly states: CountByState
  }[]
  readonly reasons: readonly { readonly state: MessageState; readonly reason: string; readonly count: number }[]
  /** settled_at - send_at of what was sent, ms; null where nothing was. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number } | null
}

export interface StatsStore {
  /** Newest first. */
  countByState(limit: number): Promise<readonly MailingCounts[]>
  mailingCounts(mailing: Mailing): Promise<MailingCounts>
  mailingDetail(mailing: Mailing): Promise<MailingDetail>
}

// ---------------------------------------------------------------- workers

export interface WorkerIdentity {
  readonly kind: 'run-due' | 'daemon' | 'schedule'
  readonly host: string
  readonly bootId: string
  readonly pid: number
  /** Start time of the process as the kernel tells it: a pid that was given out anew does not pass for the old one. */
  readonly pidStart: string
}

export interface Worker extends WorkerIdentity {
  readonly id: number
  readonly startedAt: number
  readonly seenAt: number
}

export interface WorkerStore {
  addWorker(identity: WorkerIdentity, now: number): Promise<number>
  beat(workerId: number, now: number): Promise<void>
  removeWorker(workerId: number): Promise<void>
  listWorkers(): Promise<readonly Worker[]>
  /** Remembers trouble; true when it should be told now: it is new, or was told longer than `every` ms ago. */
  noteTrouble(key: string, now: number, every: number): Promise<boolean>
  /** Forgets it; true when it had been told, so that its end is told once. */
  clearTrouble(key: string): Promise<boolean>
  listTroubles(): Promise<readonly string[]>
}
