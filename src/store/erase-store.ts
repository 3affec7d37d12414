// That what was erased is gone from the disk too.

export interface EraseStore {
  /**
   * Copies the log of the database into the file and cuts it to nothing: in it stand pages as they were before. False: for two
   * seconds somebody was reading or writing all the time, and a part of it is left.
   */
  emptyLog(): Promise<boolean>
  /** False: in pages of the file that are free may stand what an older version deleted, and did not overwrite. */
  isClean(): Promise<boolean>
  /** Bytes of the file. */
  fileBytes(): Promise<number>
  /**
   * Writes the whole file anew, without anything that was deleted. Nobody else writes meanwhile; it takes three times its room on the
   * disk until it is done.
   */
  writeAnew(now: number): Promise<void>
}

/** What an act that erases answers. */
export interface Erased {
  /** False: what was erased is in the log of the database still. */
  readonly logEmptied: boolean
}
