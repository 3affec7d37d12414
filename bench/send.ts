// The whole engine, database and all, against a bare loop of undici.request without any: same gateway, same concurrency.
import { Agent, request } from 'undici'
import { systemClock } from '../src/clock.ts'
import { runDue } from '../src/flow/run-due.ts'
import { asWorker } from '../src/flow/worker.ts'
import { openHttpGateway } from '../src/gateway/http.ts'
import { openStore } from '../src/store/open.ts'
import { systemWitness } from '../src/worker-identity.ts'
import { fillMessages, fillRecipients, inFolder } from './fill.ts'
import { probe } from './probe.ts'
import type { BenchRow } from './row.ts'
import { startSandboxProcess } from './sandbox-process.ts'

const ROUNDS = 3
const TOKEN = 'bench-token'

/** Messages a second, the median of three rounds, ours and bare in turn. */
export const benchSend = async (
  messages = 50_000,
  concurrencies: readonly number[] = [64, 256, 512],
): Promise<BenchRow[]> => {
  const sandbox = await startSandboxProcess()
  try {
    const rows: BenchRow[] = []
    for (const concurrency of concurrencies) rows.push(await compare(sandbox.url, concurrency, messages))
    return rows
  } finally {
    await sandbox.stop()
  }
}

const compare = async (url: string, concurrency: number, messages: number): Promise<BenchRow> => {
  const rounds: { readonly ours: number; readonly bare: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await bareLoop(url, concurrency, messages)
    const ours = await inFolder((file) => engine(file, url, concurrency, messages))
    rounds.push({ ours, bare })
  }
  const ratio = median(rounds.map(({ ours, bare }) => ours / bare))
  return {
    work: `send ${messages.toLocaleString('en')}, c = ${concurrency}`,
    ours: `${Math.round(median(rounds.map(({ ours }) => ours)))}/s`,
    against: `undici.request, no database: ${Math.round(median(rounds.map(({ bare }) => bare)))}/s`,
    ratio,
    target: '≥ 1.0',
    reached: ratio >= 1,
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** From rows that are due to rows that are sent: claims, rendering, keys, HTTP, settles, all fsynced. */
const engine = async (file: string, url: string, concurrency: number, messages: number): Promise<number> => {
  await (await openStore(file, systemClock)).close()
  fillRecipients(file, messages)
  fillMessages(file, 1)
  const store = await openStore(file, systemClock)
  const gateway = await openHttpGateway('sms', probe(url, concurrency), { BENCH_TOKEN: TOKEN })
  const powers = {
    store,
    clock: systemClock,
    log: () => undefined,
    witness: systemWitness(),
    gateway: async () => gateway,
  }
  const signals = { stop: new AbortController().signal, abort: new AbortController().signal }
  const started = performance.now()
  const { sent } = await asWorker(powers, 'run-due', (workerId) => runDue(powers, workerId, signals))
  const seconds = (performance.now() - started) / 1_000
  await gateway.close()
  await store.close()
  if (sent !== messages) throw new Error(`${sent} of ${messages} sent`)
  return messages / seconds
}

const bareLoop = async (url: string, concurrency: number, messages: number): Promise<number> => {
  const dispatcher = new Agent({ connections: concurrency })
  const first = BigInt(Math.floor(performance.timeOrigin + performance.now())) * 1_000_000n
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < messages) await bareSend(url, dispatcher, String(first + BigInt(next)), next++)
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: concurrency }, lane))
  const seconds = (performance.now() - started) / 1_000
  await dispatcher.close()
  return messages / seconds
}

const bareSend = async (url: string, dispatcher: Agent, id: string, number: number): Promise<void> => {
  const { statusCode, body } = await request(`${url}/v1/send/${id}`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, 'idempotency-key': id },
    body: `{"id":${id},"phone":${79_000_000_000 + number},"text":"Good morning, Supplier ${number}"}`,
  })
  const answer: unknown = await body.json()
  if (statusCode !== 200 || answer === null) throw new Error(String(statusCode))
}
