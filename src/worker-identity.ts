// Who this process is, so that another can prove it dead: host, boot, pid, and the start time of the pid.
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { WorkerIdentity } from './store/worker-store.ts'

/** Proof about workers, as far as this process can give it. */
export interface Witness {
  self(kind: WorkerIdentity['kind']): WorkerIdentity
  /** True only with proof: same host and (another boot, no such pid, or a pid that was given out anew). */
  isDead(worker: WorkerIdentity): boolean
}

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Field 22 of /proc/PID/stat: start in clock ticks since boot. The command name before it may hold spaces and brackets. */
const startOf = (pid: number): string | null => {
  const stat = read(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

const pidExists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export const systemWitness = (): Witness => {
  const host = hostname()
  // Without /proc (macOS) a reboot cannot be seen: a boot of its own would call every other process dead, so all share one.
  const bootId = read('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown'
  const selfStart = startOf(process.pid) ?? crypto.randomUUID()
  return {
    self: (kind) => ({ kind, host, bootId, pid: process.pid, pidStart: selfStart }),
    isDead: (worker) => {
      if (worker.host !== host) return false
      if (worker.bootId !== bootId) return true
      if (!pidExists(worker.pid)) return true
      const start = startOf(worker.pid)
      return start !== null && start !== worker.pidStart
    },
  }
}
