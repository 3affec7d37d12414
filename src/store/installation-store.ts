// The database as a whole: where its file is, what it waits for, what is in doubt since it was restored, its backup.

import type { Home } from '../domain/hold.ts'
import type { MailingState } from '../domain/mailing.ts'
import type { CountByState } from '../domain/message.ts'
import type { OwnFile } from '../files/own-files.ts'
import type { OperatorAct } from './mailing-store.ts'
import type { Store } from './store.ts'
import type { Worker } from './worker-store.ts'

export interface MailingInDoubt {
  readonly id: number
  readonly name: string
  readonly state: MailingState
  readonly gateway: string
  /** Messages that may have been sent after the backup. */
  readonly count: number
  readonly firstSendAt: number
  readonly lastSendAt: number
}

/** What stands beside a backup, as JSON: names are only ever added. */
export interface Manifest {
  /** Everything committed before this instant is in it; ISO 8601. */
  readonly time: string
  readonly installation: string
  readonly schema: number
  readonly recipients: number
  readonly mailings: number
  readonly messages: CountByState
  readonly size: number
  readonly sha256: string
}

export interface BackupOptions {
  readonly now: number
  /** Replace a backup that is there. */
  readonly mayReplace: boolean
  /** As people know the file; default: its path. */
  readonly name?: string
  /** Never written over; the database itself is none of them. */
  readonly own?: readonly OwnFile[]
  readonly stop: AbortSignal
  readonly onProgress: (pages: number, share: number) => void
}

export interface InstallationStore {
  /**
   * Fails with Fixable when a file of it was deleted, replaced or cut short since it was opened: what is written now reaches
   * nobody; every write asks the same, before it and after. And when a newer program has migrated it. Three stats and a pragma.
   */
  confirmStanding(): Promise<void>
  /** The file that sends, as remembered, and the one in place now (null: none). */
  readHome(): Promise<{ readonly remembered: Home | null; readonly here: Home | null }>
  /** Remembers the file in place as the one that sends, where none is remembered. */
  rememberHome(): Promise<void>
  /** Copies the database as it is at this moment, while others write, and puts the copy, checked, into `file`. */
  backUp(file: string, options: BackupOptions): Promise<Manifest>
  /** Of a restored database: when its backup was made, until all that is in doubt is decided. */
  readRestoredTo(): Promise<number | null>
  /**
   * A backup made then is in use from now on: held, its workers forgotten, and what was due since, or in hand, `unknown`. With
   * an audit row, in one transaction. Returns how many messages are in doubt.
   */
  markRestored(madeAt: number, by: OperatorAct): Promise<number>
  /** Mailings with messages of which nobody has decided since the restore. */
  mailingsInDoubt(): Promise<readonly MailingInDoubt[]>
  /**
   * Decides about those of one mailing, in chunks, with an audit row: `repeat`, due at once, with the same keys; or `leave` them
   * unknown. Returns how many.
   */
  decideDoubt(mailingId: number, choice: 'repeat' | 'leave', by: OperatorAct): Promise<number>
  /** Nothing is left to decide: it is a database like any other. */
  endRestore(): Promise<void>
}

/** The way of a backup into the place of a database that nobody has open. */
export interface Restore {
  /** Where it goes: a path. */
  readonly location: string
  /**
   * Workers that the database in place knows of; none where it cannot be read. Fails with Fixable('state') where it is in use,
   * or was left open.
   */
  workersInPlace(): Promise<readonly Worker[]>
  /** Copies the backup beside the database and checks the copy. Fails with Fixable('input') where it is not whole, or not ours. */
  stage(backup: string): Promise<StagedBackup>
}

/** How many that the backup did not know. */
export interface CarriedRefusals {
  readonly unsubscribed: number
  readonly blocked: number
  readonly removed: number
}

export interface Replaced {
  readonly kept: string | null
  readonly carried: CarriedRefusals | null
}

export interface StagedBackup {
  /** When the backup was made, as its manifest says, else the last thing that it knows of. */
  readonly madeAt: number
  /** Its manifest says so. */
  readonly isDated: boolean
  /** The copy: what is written there comes into place with it. */
  readonly store: Store
  /**
   * Locks the database in place, calls `finish`, takes over from it who refused since the backup, and puts the copy there; closes the
   * store. Returns where the old file is kept, null: there was none; and who was taken over, null: it could not be read. Fails with Fixable('state') where somebody has it open, with nothing changed.
   */
  putInPlace(finish: (store: Store) => Promise<void>): Promise<Replaced>
  /** Removes the copy, unless it is in place by now. */
  discard(): Promise<void>
}
