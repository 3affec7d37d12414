// On the disk, not only on its way there.
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** Not for a file that SQLite has open in this process: closing it drops its locks. */
export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename is on the disk when its folder is. One that may be written but not read cannot be opened for it. */
export const syncFolderOf = (file: string): void => {
  let handle: number
  try {
    handle = openSync(dirname(file), 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return
    throw error
  }
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
