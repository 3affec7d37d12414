// The journals of outcomes beside a database: one open for each worker of this process; those of dead workers replayed.
import { realpathSync } from 'node:fs'
import { readdir, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Settlement } from '../domain/message.ts'
import { refusalOf } from '../file-access.ts'
import { hasCode, type OutcomeJournal, openJournal, readJournal, removeJournal } from './outcome-journal.ts'
import type { OutcomeStore, RefusedFile, Replay } from './outcome-store.ts'

/**
 * Writes outcomes as this worker, under the fence, and returns how many rows changed; null: the worker is registered and not
 * among the dead, so that it may be at work.
 */
export type SettleFor = (
  workerId: number,
  isDead: boolean,
  settlements: readonly Settlement[],
) => Promise<number | null>

type Journals = Omit<OutcomeStore, 'setPatience' | 'writableSince'>

export const outcomeJournals = (file: string, installation: string, settleFor: SettleFor): Journals => {
  const database = realpathSync(file)
  const base = `${database}-outcomes-`
  const open = new Map<number, Promise<OutcomeJournal>>()

  const journalOf = (worker: number, withRoom: boolean): Promise<OutcomeJournal> => {
    const known = open.get(worker)
    if (known !== undefined) return known
    const opening = openJournal(`${base}${worker}`, { installation, worker }, { withRoom, database })
    open.set(worker, opening)
    opening.catch(() => open.delete(worker))
    return opening
  }

  return {
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(dirname(base))
      return bavail * bsize
    },
    reserveJournal: async (workerId) => {
      await journalOf(workerId, true).catch((error: unknown) => {
        if (!hasCode(error, 'ENOSPC') && !hasCode(error, 'EDQUOT')) throw error // then nothing is claimed until there is room
      })
    },
    keepOutcomes: async (workerId, settlements) => (await journalOf(workerId, false)).keep(settlements),
    forgetOutcomes: (workerId, settlements) => {
      void open
        .get(workerId)
        ?.then((journal) => journal.forget(settlements))
        .catch(() => undefined) // it could not be opened
    },
    closeJournal: async (workerId) => {
      const journal = await open.get(workerId)?.catch(() => undefined)
      open.delete(workerId)
      await journal?.close()
    },
    ...replayer(base, installation, settleFor),
  }
}

type Replaying = Pick<OutcomeStore, 'replayOutcomes' | 'refusedOutcomes'>

const replayer = (base: string, installation: string, settleFor: SettleFor): Replaying => {
  const named = new Set<string>()
  const refusals = openRefusals(settleFor)
  let hasLooked = false

  const workerIn = (path: string): number => Number.parseInt(path.slice(base.length), 10)

  const replay = async (path: string, dead: readonly number[]): Promise<Replay | 'foreign' | null> => {
    const content = await readJournal(path)
    if (content === undefined || (content.owner ?? { installation }).installation !== installation) return 'foreign'
    const workerId = content.owner?.worker ?? workerIn(path)
    // An attempt that was given back may have been taken anew under the same number: such a row counts as lost instead.
    const settlements = content.settlements.filter(({ attemptBack }) => !attemptBack)
    const count = await settleFor(workerId, dead.includes(workerId), settlements)
    if (count === null) return null
    await removeJournal(path)
    return count === 0 ? null : { workerId, count }
  }

  const replayOutcomes: Replaying['replayOutcomes'] = async (dead) => {
    const replayed: Replay[] = []
    const foreign: string[] = []
    const known = refusals.files()
    const paths = hasLooked && dead.length === 0 ? [] : await pathsOf(base)
    for (const path of paths.filter((each) => !named.has(each))) {
      const result = await replay(path, dead).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) return refusals.note(path, workerIn(path), dead, error)
        return null // another process has replayed it meanwhile, or its worker has ended
      })
      if (result === 'foreign') foreign.push(path)
      else if (result !== null) replayed.push(result)
    }
    for (const path of foreign) named.add(path)
    hasLooked = true
    return {
      replayed,
      foreign,
      refused: refusals.files().filter(({ file }) => !known.some((each) => each.file === file)),
    }
  }
  return { replayOutcomes, refusedOutcomes: refusals.files }
}

/** Made by another user, such as root: a living worker's is its own affair; of a dead one it is told, and the rest goes on. */
const openRefusals = (settleFor: SettleFor) => {
  const refused = new Map<string, RefusedFile>()
  return {
    files: (): readonly RefusedFile[] => [...refused.values()],
    note: async (path: string, worker: number, dead: readonly number[], error: unknown): Promise<null> => {
      const refusal = hasCode(error, 'EACCES') || hasCode(error, 'EPERM') ? refusalOf(path, 'write') : null
      if (refusal === null) throw error
      const isAtWork = (await settleFor(worker, dead.includes(worker), [])) === null
      if (isAtWork) refused.delete(path)
      else refused.set(path, { file: path, ...refusal })
      return null
    },
  }
}

const pathsOf = async (base: string): Promise<readonly string[]> => {
  const folder = dirname(base)
  return (await readdir(folder)).filter((name) => name.startsWith(basename(base))).map((name) => join(folder, name))
}
