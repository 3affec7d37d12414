// Where rows rest, in sentences, grouped by what they speak of. Each method is one sentence and, where it writes, one
// transaction; none leaves its method. All instants are epoch ms UTC and come from the caller: a store never reads a clock.

import type { ActStore } from './act-store.ts'
import type { AddressBookStore } from './address-book-store.ts'
import type { AnswerStore } from './answer-store.ts'
import type { BlockStore } from './block-store.ts'
import type { DistrictStore } from './district-store.ts'
import type { EditStore } from './edit-store.ts'
import type { EraseStore } from './erase-store.ts'
import type { ExaminationStore } from './examination-store.ts'
import type { GatewayStore } from './gateway-store.ts'
import type { HandStore } from './hand-store.ts'
import type { ImportStore } from './import-store.ts'
import type { InstallationStore } from './installation-store.ts'
import type { MailingStore } from './mailing-store.ts'
import type { MessageStore, WatchStore } from './message-store.ts'
import type { OutcomeStore } from './outcome-store.ts'
import type { PruneStore } from './prune-store.ts'
import type { RecipientStore } from './recipient-store.ts'
import type { RetryStore } from './retry-store.ts'
import type { SampleStore } from './sample-store.ts'
import type { StatsStore } from './stats-store.ts'
import type { StoryStore } from './story-store.ts'
import type { TroubleStore } from './trouble-store.ts'
import type { WorkerStore } from './worker-store.ts'

export interface Store
  extends RecipientStore,
    ImportStore,
    AddressBookStore,
    BlockStore,
    DistrictStore,
    MailingStore,
    EditStore,
    MessageStore,
    WatchStore,
    HandStore,
    OutcomeStore,
    StatsStore,
    StoryStore,
    TroubleStore,
    AnswerStore,
    RetryStore,
    ActStore,
    SampleStore,
    WorkerStore,
    GatewayStore,
    InstallationStore,
    PruneStore,
    EraseStore,
    ExaminationStore {
  /** Where it is, for people: a path. Never a secret. */
  readonly location: string
  /** Random id of this installation; part of every idempotency key. */
  readonly installationId: string
  /** A number that changes when another process has written. Costs microseconds. */
  changeMark(): Promise<number>
  close(): Promise<void>
}
