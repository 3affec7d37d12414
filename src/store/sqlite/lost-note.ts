// A note beside a database of which a part was lost while it was in use: whoever opens it next holds everything.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { lostSince } from '../../domain/hold.ts'
import { ownBeside } from '../../file-owner.ts'

export interface LostNote {
  readonly at: number
  readonly why: string
}

const noteOf = (real: string): string => `${real}-lost`

/** What cannot be written is not worth another error: the one that is under way says the same. */
export const leaveNote = (real: string, note: LostNote): void => {
  try {
    const [file, folder] = [openSync(noteOf(real), 'w', 0o600), openSync(dirname(real), 'r')]
    ownBeside(file, real)
    writeSync(file, JSON.stringify(note))
    for (const handle of [file, folder]) {
      fsyncSync(handle)
      closeSync(handle)
    }
  } catch {
    // told by the caller
  }
}

/** null: there is none. One that cannot be read is a reason too. */
export const readNote = (real: string): LostNote | null => {
  if (!existsSync(noteOf(real))) return null
  try {
    const note: unknown = JSON.parse(readFileSync(noteOf(real), 'utf8'))
    if (isNote(note)) return note
  } catch {
    // torn, or somebody else's
  }
  return { at: 0, why: lostSince(basename(real), null) }
}

const isNote = (value: unknown): value is LostNote =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'why' in value &&
  typeof value.why === 'string'

export const removeNote = (real: string): void => rmSync(noteOf(real), { force: true })
