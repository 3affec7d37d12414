// Who this process is, so that another can prove it dead: host, boot, pid, and the start time of the pid.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Clock } from './clock.ts'
import type { Worker, WorkerIdentity } from './store/worker-store.ts'

/** Proof about workers, as far as this process can give it. */
export interface Witness {
  self(kind: WorkerIdentity['kind']): WorkerIdentity
  /** Whether `isDead` can tell: the worker is of this host and pid namespace. */
  canTell(worker: WorkerIdentity): boolean
  /** True only with proof: same host and pid namespace, and another boot, no such pid, or a pid that was given out anew. */
  isDead(worker: WorkerIdentity): boolean
}

/** A worker of another machine, of which nothing can be proved, was seen at least so lately when it lives. */
const SEEN_MS = 60_000

interface Eyes {
  readonly clock: Pick<Clock, 'now'>
  readonly witness: Witness
}

export const mayLive = ({ clock, witness }: Eyes, worker: Worker): boolean =>
  witness.canTell(worker) ? !witness.isDead(worker) : Math.abs(clock.now() - worker.seenAt) < SEEN_MS

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Fields 3 and 22 of /proc/PID/stat: state, and start in clock ticks since boot. The command before them may hold spaces and brackets. */
const statOf = (pid: number): { readonly state: string; readonly start: string } | null => {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  const [state, start] = [fields[0], fields[19]]
  return state === undefined || start === undefined ? null : { state, start }
}

/** Killed, but its parent has not asked for it yet: it does nothing any more. */
const isZombie = (state: string): boolean => state === 'Z' || state === 'X'

/** Containers may share a host name: pids prove something only within one namespace of them. */
const pidNamespace = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')
  } catch {
    return ''
  }
}

const pidExists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Whether a process of this number is at work on this machine, as far as its namespace shows. */
export const isAround = (pid: number): boolean => {
  const stat = statOf(pid)
  return stat === null ? pidExists(pid) : !isZombie(stat.state)
}

export const systemWitness = (): Witness => {
  const host = `${hostname()}#${pidNamespace()}`
  // Without /proc (macOS) a reboot cannot be seen: a boot of its own would call every other process dead, so all share one.
  const bootId = read('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown'
  const selfStart = statOf(process.pid)?.start ?? crypto.randomUUID()
  return {
    self: (kind) => ({ kind, host, bootId, pid: process.pid, pidStart: selfStart }),
    canTell: (worker) => worker.host === host,
    isDead: (worker) => {
      if (worker.host !== host) return false
      if (worker.bootId !== bootId) return true
      if (worker.pid === process.pid && worker.pidStart === selfStart) return false // asked once a second, of itself above all
      if (!pidExists(worker.pid)) return true
      const stat = statOf(worker.pid)
      return stat !== null && (isZombie(stat.state) || stat.start !== worker.pidStart)
    },
  }
}
