// What src/fail-point.ts is in a build for fault tests (NOTIFY_BUILD=faults). NOTIFY_FAIL_POINT says where and what:
// "after-claim-commit:7=SIGKILL" at the seventh hit of that point, "before-write#12=throw" at each hit for message 12.
// A signal is sent to this process; `throw` throws; `hang` stops the thread for ever.

const [, wanted, nth, id, act = ''] =
  /^([a-z-]+)(?::(\d+)|#(\d+))=(\w+)$/.exec(process.env['NOTIFY_FAIL_POINT'] ?? '') ?? []
if (wanted === undefined && process.env['NOTIFY_FAIL_POINT'] !== undefined) {
  throw new Error(`NOTIFY_FAIL_POINT is not like "name:1=SIGKILL": ${process.env['NOTIFY_FAIL_POINT']}`)
}

let hits = 0

const isNow = (about: number | undefined): boolean => {
  if (id !== undefined) return about === Number(id)
  hits += 1
  return hits === Number(nth)
}

export const failPoint = (name: string, about?: number): void => {
  if (name !== wanted || !isNow(about)) return
  if (act === 'throw') throw new Error(`fail point ${name}`)
  if (act === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  process.kill(process.pid, act)
}
