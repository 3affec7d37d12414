// The file of the database: whether it can be used, has room, and is kept from others.
import { bad, type Check, doubtful, well } from '../../domain/check.ts'
import type { DatabaseLook, DatabaseState } from '../../store/examination-store.ts'

const MIB = 1024 * 1024
const GIB = 1024 * MIB

/** With less than 4 MiB nothing is claimed (src/flow/disk-room.ts); a mailing to a million takes 400 MiB. */
const LITTLE_ROOM = 500 * MIB
const NO_ROOM = 16 * MIB

/** It is cut back to 64 MiB; more means that somebody has been reading the same state for long. */
const LONG_LOG = 256 * MIB

const ANOTHER = 'Name another file in `database` or NOTIFY_DATABASE_URL.'
const RESTORE = 'Put a backup in its place: notify restore FILE. The damaged file is kept.'

export const checkDatabase = (look: DatabaseLook, full: boolean): readonly Check[] => [
  checkFile(look, full),
  ...look.refused.map(({ says, hint }) => bad('files', says, hint)),
  ...(look.state === 'sound' ? checkLocks(look) : []),
  checkRoom(look),
  ...(look.bytes === 0 ? [] : checkModes(look)),
]

const checkFile = (look: DatabaseLook, full: boolean): Check =>
  look.state === 'sound' || look.state === 'absent' || look.state === 'older'
    ? checkUsable(look, full)
    : bad('database', `${look.file}: ${WRONG[look.state](look)}`, look.refused[0]?.hint ?? REMEDIES[look.state])

const checkUsable = ({ file, state, schema, knownSchema, bytes }: DatabaseLook, full: boolean): Check => {
  if (state === 'absent')
    return doubtful('database', `there is no database ${file} yet`, 'The first command makes it: notify import.')
  if (state === 'older')
    return doubtful(
      'database',
      `${file} is whole, of schema ${schema}; this notify writes ${knownSchema}`,
      'The next command brings it up to date; take a backup first. Its rows were not looked at.',
    )
  const depth = full ? 'every page and index is whole' : 'its pages are whole'
  return well('database', `${file}: ${depth}, schema ${schema}, ${inMib(bytes)}`)
}

type Unusable = Exclude<DatabaseState, 'sound' | 'absent' | 'older'>

const WRONG: Readonly<Record<Unusable, (look: DatabaseLook) => string>> = {
  unusable: ({ says }) => says ?? 'it cannot be used',
  foreign: ({ says }) => says ?? 'it belongs to another program',
  newer: ({ schema, knownSchema }) =>
    `it was written by a newer notify (schema ${schema}, this one knows ${knownSchema})`,
  locked: ({ says }) => `it cannot be read: ${says ?? 'another process'} has it for itself`,
  damaged: ({ says }) => `it is damaged: ${says ?? ''}`,
}

const REMEDIES: Readonly<Record<Unusable, string>> = {
  unusable: `If it held something: notify restore FILE. ${ANOTHER}`,
  foreign: ANOTHER,
  newer: 'Install the newer notify.',
  locked: 'Wait for a restore or a migration to end; else see what that process does.',
  damaged: RESTORE,
}

const checkLocks = ({ lockedBy, logBytes }: DatabaseLook): readonly Check[] => [
  lockedBy === null
    ? well('lock', 'nobody keeps others from writing')
    : bad(
        'lock',
        `${lockedBy} keeps everybody else from writing`,
        'See what that process does; end it if it is stuck.',
      ),
  logBytes < LONG_LOG
    ? well('log', `its write-ahead log has ${inMib(logBytes)}`)
    : doubtful(
        'log',
        `its write-ahead log has grown to ${inMib(logBytes)}`,
        'Somebody reads one old state of it for long: a tool that is left open? Close that.',
      ),
]

const checkRoom = ({ freeBytes }: DatabaseLook): Check => {
  const message = `${freeBytes < GIB ? inMib(freeBytes) : `${(freeBytes / GIB).toFixed(1)} GiB`} are free on its disk`
  if (freeBytes < NO_ROOM) return bad('disk', message, 'Free some space: with less than 4 MiB nothing is sent.')
  return freeBytes < LITTLE_ROOM
    ? doubtful('disk', message, 'Free some space; notify prune makes room in the database itself.')
    : well('disk', message)
}

const checkModes = ({ file, othersMay }: DatabaseLook): readonly Check[] => {
  if (!othersMay.read && !othersMay.write) return [well('permissions', 'only its owner can read the database')]
  const what = othersMay.write ? 'change' : 'read'
  return [doubtful('permissions', `others on this machine can ${what} the database`, `chmod 600 ${file}`)]
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`
