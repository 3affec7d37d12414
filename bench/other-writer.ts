// Another process that writes one small row every 10 ms until its stdin ends, and tells how long it waited at worst.
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/open.ts'
import { systemWitness } from '../src/worker-identity.ts'

const beat = () => ({ at: systemClock.now(), mono: systemClock.monotonic() })
const store = await openStore(process.argv[2] ?? '', systemClock)
const workerId = await store.addWorker(systemWitness().self('daemon'), beat())
let worst = 0
const ended = new AbortController()
process.stdin.on('end', () => ended.abort())
process.stdin.resume()
process.stdout.write('ready\n')
while (!ended.signal.aborted) {
  const started = performance.now()
  await store.beat(workerId, beat())
  worst = Math.max(worst, performance.now() - started)
  await systemClock.sleep(10)
}
await store.removeWorker(workerId)
await store.close()
process.stdout.write(`worst ${Math.round(worst)}\n`)
