// Processes at work, and the trouble that has been told.

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
  /** The same beat on the monotonic clock of its boot; null: written by an older version. */
  readonly seenMono: number | null
  /** Schema that its program writes. */
  readonly schema: number
}

/** When a worker was seen, on the wall clock and on the monotonic one. */
export interface Beat {
  readonly at: number
  readonly mono: number
}

export interface WorkerStore {
  addWorker(identity: WorkerIdentity, beat: Beat): Promise<number>
  beat(workerId: number, beat: Beat): Promise<void>
  /** Forgets the worker, unless rows are still in its hand. */
  removeWorker(workerId: number): Promise<void>
  /** Rows in hand of this dead worker are nobody's and due at once; then it is forgotten. Returns how many they were. */
  buryWorker(workerId: number, now: number): Promise<number>
  listWorkers(): Promise<readonly Worker[]>
  /** Remembers trouble; true when it should be told now: it is new, or was told longer than `every` ms ago. */
  noteTrouble(key: string, now: number, every: number): Promise<boolean>
  /** Forgets it; true when it had been told, so that its end is told once. */
  clearTrouble(key: string): Promise<boolean>
  listTroubles(): Promise<readonly string[]>
}
