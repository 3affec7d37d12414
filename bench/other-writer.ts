// Another process that writes one small row every 10 ms until its stdin ends, and tells how long it waited.
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/open.ts'
import { systemWitness } from '../src/worker-identity.ts'

const beat = () => ({ at: systemClock.now(), mono: systemClock.monotonic() })
const store = await openStore(process.argv[2] ?? '', systemClock)
const workerId = await store.addWorker(systemWitness().self('daemon'), beat())
const waits: number[] = []
const ended = new AbortController()
process.stdin.on('end', () => ended.abort())
process.stdin.resume()
process.stdout.write('ready\n')
while (!ended.signal.aborted) {
  const started = performance.now()
  await store.beat(workerId, beat())
  waits.push(performance.now() - started)
  await systemClock.sleep(10)
}
await store.removeWorker(workerId)
await store.close()
waits.sort((a, b) => a - b)
const [worst = 0, p99 = 0] = [waits.at(-1), waits[Math.floor(waits.length * 0.99)]]
process.stdout.write(`worst ${Math.round(worst)} p99 ${Math.round(p99)}\n`)
