// How fast our gateway sends, without any database: against a bare loop of undici.request, same concurrency, same sandbox.
import { Agent, request } from 'undici'
import type { Gateway, Outgoing } from '../src/gateway/gateway.ts'
import { openHttpGateway } from '../src/gateway/http.ts'
import { probe } from './probe.ts'
import { startSandboxProcess } from './sandbox-process.ts'

export interface GatewaySpeed {
  readonly name: string
  /** Messages a second, the better of the rounds. */
  readonly ours: number
  readonly bare: number
  /** Median of ours / bare, each pair measured one right after the other. */
  readonly ratio: number
}

type Send = (message: Outgoing) => Promise<void>

const TOKEN = 'bench-token'
const ROUNDS = 5

/** One line for each concurrency. */
export const benchGatewaySend = async (
  messages = 50_000,
  concurrencies: readonly number[] = [64, 256, 512],
): Promise<readonly GatewaySpeed[]> => {
  const sandbox = await startSandboxProcess()
  try {
    const speeds: GatewaySpeed[] = []
    for (const concurrency of concurrencies) speeds.push(await compare(sandbox.url, concurrency, messages))
    return speeds
  } finally {
    await sandbox.stop()
  }
}

const compare = async (url: string, concurrency: number, messages: number): Promise<GatewaySpeed> => {
  const gateway = await openHttpGateway('bench', probe(url, concurrency), { BENCH_TOKEN: TOKEN })
  const agent = new Agent({ connections: concurrency })
  const rounds: { readonly ours: number; readonly bare: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await rate(bareSend(url, agent), concurrency, messages / ROUNDS, round * 2)
    const ours = await rate(ourSend(gateway), concurrency, messages / ROUNDS, round * 2 + 1)
    rounds.push({ ours, bare })
  }
  await Promise.all([gateway.close(), agent.close()])
  const ratios = rounds.map(({ ours, bare }) => ours / bare).toSorted((a, b) => a - b)
  return {
    name: `http send, c = ${concurrency}`,
    ours: Math.round(Math.max(...rounds.map(({ ours }) => ours))),
    bare: Math.round(Math.max(...rounds.map(({ bare }) => bare))),
    ratio: ratios[Math.floor(ratios.length / 2)] ?? 0,
  }
}

const ourSend = (gateway: Gateway): Send => {
  const { signal } = new AbortController()
  return async (message) => {
    const reply = await gateway.send(message, signal)
    if (reply.kind !== 'accepted') throw new Error(`${reply.kind}: ${reply.reason}`)
  }
}

/** What one would write without us: the same request, the same check of the answer. */
const bareSend = (url: string, dispatcher: Agent): Send => {
  return async (message) => {
    const { statusCode, body } = await request(`${url}/v1/send/${message.keyNumber}`, {
      dispatcher,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${TOKEN}`,
        'idempotency-key': message.key,
      },
      body: `{"id":${message.keyNumber},"phone":${message.address.slice(1)},"text":${JSON.stringify(message.text)}}`,
    })
    const answer: unknown = await body.json()
    const isYes =
      statusCode === 200 && typeof answer === 'object' && answer !== null && Reflect.get(answer, 'code') === 0
    if (!isYes) throw new Error(`${statusCode}: ${JSON.stringify(answer)}`)
  }
}

const rate = async (send: Send, concurrency: number, messages: number, series: number): Promise<number> => {
  const started = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < messages) await send(messageNumber(series * 10_000_000 + next++))
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return messages / ((performance.now() - started) / 1000)
}

const messageNumber = (number: number): Outgoing => ({
  address: '+79161234567',
  text: 'Здравствуйте, ООО «Ромашка»! Ждём вашу заявку до конца дня.',
  key: `bench${number}`,
  keyNumber: String(1_000_000_000_000_000_000n + BigInt(number)),
})
