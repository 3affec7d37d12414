// Who sends, or does not; and what was left in the hand of somebody who is gone.
import { bad, type Check, doubtful, well } from '../../domain/check.ts'
import type { Jump } from '../../domain/clock-jump.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { DatabaseLook } from '../../store/examination-store.ts'
import type { Store } from '../../store/store.ts'
import type { Worker } from '../../store/worker-store.ts'
import { mayLive } from '../../worker-identity.ts'
import { lookAtClock } from '../clock-guard.ts'
import type { Desk } from './desk.ts'
import { counted } from './rows.ts'

type Eyes = Pick<Desk, 'clock' | 'witness'>

/** cron comes every minute. */
const LATELY_MS = 300_000

/** Told where there are some: an older program beside a newer one. */
export const checkVersions = (eyes: Eyes, { workers, knownSchema, state }: DatabaseLook): readonly Check[] => {
  const older = workers.filter((worker) => worker.schema < knownSchema && mayLive(eyes, worker))
  if (older.length === 0) return []
  const named = older
    .map(({ kind, pid, startedAt }) => `${kind} (process ${pid}, since ${isoUtc(startedAt)})`)
    .join(', ')
  const stop = 'Stop it, and start the newer notify.'
  return state === 'older'
    ? [
        doubtful(
          'versions',
          `an older notify works on the database, which cannot be brought up to date: ${named}`,
          stop,
        ),
      ]
    : [bad('versions', `an older notify works on a database that a newer one has changed: ${named}`, stop)]
}

export const livingWorkers = async (eyes: Eyes, store: Pick<Store, 'listWorkers'>): Promise<readonly Worker[]> =>
  (await store.listWorkers()).filter((worker) => mayLive(eyes, worker))

/** A row of `workers` is there only while its process runs; a pass that has ended left the reading of its clock. */
export const checkSending = async (
  eyes: Eyes,
  store: Pick<Store, 'listWorkers' | 'lastClock' | 'countByGateway'>,
): Promise<Check> => {
  const now = eyes.clock.now()
  const alive = (await livingWorkers(eyes, store)).filter(({ kind }) => kind !== 'schedule')
  if (alive.length > 0) {
    return well('sending', `at work: ${alive.map(({ kind, pid }) => `${kind} (process ${pid})`).join(', ')}`)
  }
  const seen = (await store.lastClock())?.wall ?? null
  if (seen !== null && Math.abs(now - seen) < LATELY_MS)
    return well('sending', `run-due was at work ${ago(now - seen)}`)
  const waiting = (await store.countByGateway(now)).reduce((sum, each) => sum + each.waiting, 0)
  const last =
    seen === null ? 'nobody has sent anything yet' : `nobody sends: the last one was at work ${ago(now - seen)}`
  const start = 'Start notify daemon, or put notify run-due into the crontab (crontab.example).'
  return waiting > 0
    ? bad('sending', `${last}, and ${counted(waiting, 'message')} wait`, start)
    : doubtful('sending', last, start)
}

const ago = (ms: number): string => {
  const minutes = Math.round(Math.max(0, ms) / 60_000)
  if (minutes === 0) return 'within the last minute'
  if (minutes < 120) return `${minutes} min ago`
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1_440)} days ago`
}

export const checkClock = async (eyes: Eyes, store: Pick<Store, 'lastClock' | 'newestAct'>): Promise<Check> => {
  const { last, jump } = await lookAtClock({ ...eyes, store })
  if (jump !== null) return doubtful('clock', jumpWords(jump), 'Check it (timedatectl), and who else sets it.')
  if (last?.doubt !== undefined)
    return doubtful('clock', last.doubt.why, 'When the clock of this machine is right (date shows it): notify release.')
  return well('clock', last === null ? 'nobody has noted the time yet' : 'the clock goes on from where it was')
}

const jumpWords = ({ ms, why, isMeasured }: Jump): string => {
  if (why !== null && !isMeasured) return why
  const hours = (Math.abs(ms) / 3_600_000).toFixed(1)
  return `the clock of this machine was set ${ms > 0 ? 'forward' : 'back'} by ${hours} h since somebody was at work`
}

/** What the next pass, or the daemon within two seconds, takes back by itself: told, because it has not happened yet. */
export const checkLeftovers = async (
  eyes: Eyes,
  store: Pick<Store, 'listWorkers' | 'countInHand' | 'listPlanning'>,
  journals: readonly number[],
): Promise<readonly Check[]> => {
  const alive = new Set((await livingWorkers(eyes, store)).map(({ id }) => id))
  const isGone = (worker: number | null): boolean => worker === null || !alive.has(worker)
  const lost = (await store.countInHand())
    .filter(({ workerId }) => isGone(workerId))
    .reduce((sum, each) => sum + each.count, 0)
  const planning = (await store.listPlanning()).filter(({ plannerId }) => isGone(plannerId))
  const kept = journals.filter(isGone)
  const takesBack = 'The next notify run-due, or the daemon, takes them back.'
  return [
    lost === 0
      ? well('in-hand', 'no message is in the hand of a worker that is gone')
      : doubtful('in-hand', `${counted(lost, 'message')} in the hand of a worker that is gone`, takesBack),
    ...planning.map(({ id, name }) =>
      doubtful(
        'planning',
        `mailing ${id} "${name}" was never scheduled to its end: whoever did it is gone`,
        'The next notify run-due, or schedule, takes it back or ends it.',
      ),
    ),
    ...(kept.length === 0
      ? []
      : [
          doubtful(
            'journals',
            `outcomes of ${counted(kept.length, 'worker')} that are gone lie beside the database`,
            'The next notify run-due writes them down; leave the files where they are.',
          ),
        ]),
  ]
}
