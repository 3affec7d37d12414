// A gateway that speaks the contract of preset "probe" and writes every request into its book before it answers, so that
// what left can be held against what the program believes. On raw sockets: it must be able to misbehave.
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { readSandboxRequest } from '../../src/gateway/sandbox-request.ts'
import { type Answered, type Entry, monotonicMs, requestsIn } from './ledger-book.ts'
import { type ActDeed, type Deed, type Delay, isYes, perform, type Script, wholeStatus } from './ledger-deeds.ts'
import { seededRandom } from './seeded.ts'

/** honoured: a key has one effect, however often it comes. naive: every request that is taken has one. */
export type KeyMode = 'honoured' | 'naive'

export interface LedgerOptions {
  /** The book; one that is there is gone on with, so that a gateway may come back with what it knew. */
  readonly file: string
  readonly keys: KeyMode
  readonly script?: Script<Deed | ActDeed>
  /** Default: any free one. */
  readonly port?: number
}

export interface Ledger {
  readonly url: string
  readonly file: string
  /** From the next request on. */
  play(script: Script<Deed | ActDeed>): void
  counts(): { readonly requests: number; readonly taken: number; readonly effects: number }
  stop(): Promise<void>
}

/** Starts it on 127.0.0.1, in this process. */
export const openLedger = async ({ file, keys, script: first = {}, port = 0 }: LedgerOptions): Promise<Ledger> => {
  const counts = { requests: 0, taken: 0, effects: 0 }
  const taken = new Set<string>()
  for (const entry of await requestsIn(file)) note(entry, counts, taken)
  const book = openSync(file, 'a')
  const turns = new Map<string, number>()
  const random = seededRandom(1)
  let script = first

  const deedFor = (n: number, key: string | null): Deed | ActDeed => {
    const byNumber = script.byNumber?.[n]
    if (byNumber !== undefined) return byNumber
    const deeds = key === null ? undefined : script.byKey?.[key]
    if (key === null || deeds === undefined) return script.rest ?? {}
    const turn = turns.get(key) ?? 0
    turns.set(key, turn + 1)
    return deeds[Math.min(turn, deeds.length - 1)] ?? {}
  }
  const writeLine = (line: Omit<Entry, 'mono'> | Omit<Answered, 'mono'>): void =>
    void writeSync(book, `${JSON.stringify({ mono: monotonicMs(), ...line })}\n`)
  const write = (entry: Omit<Entry, 'wall' | 'mono'>): void => {
    note(entry, counts, taken)
    writeLine({ wall: Date.now(), ...entry })
  }
  const unread = { by: '', key: null, header: null, hash: '', phone: null, took: false, effect: false, yes: false }
  const server = createServer({ noDelay: true }, (socket) =>
    readRequests(socket, {
      /** Asked at the first byte of a request: true, it is not read at all. */
      refuses: () => {
        const deed = deedFor(counts.requests + 1, null)
        if ('act' in deed || deed.how !== 'reset-before') return false
        write({ n: counts.requests + 1, ...unread, status: 0 })
        perform(deed, socket)
        return true
      },
      onRequest: (request) => {
        const n = counts.requests + 1
        const { by, header } = request
        const body = { hash: hash('sha1', request.body) }
        const read = readSandboxRequest(request as unknown as IncomingMessage, request.body.toString())
        if (!read.ok) {
          const { status, reason } = read
          write({ ...unread, n, by, header, ...body, status })
          return perform({ status, body: JSON.stringify({ code: 1, message: reason }) }, socket)
        }
        const { id: key, phone } = read.message
        const deed = deedFor(n, key)
        const yes = !('act' in deed) && isYes(deed)
        const took = deed.takes ?? yes
        const effect = took && (keys === 'naive' || !taken.has(key))
        const status = 'act' in deed ? 0 : wholeStatus(deed)
        const whole = yes && status !== 0
        write({ n, by, key, header, ...body, phone, status, took, effect, yes: whole })
        const answer = (): void => {
          if ('act' in deed) deed.act(socket, request.raw())
          else perform(deed, socket)
          if (whole && !socket.destroyed) writeLine({ answered: n })
        }
        const delay = lengthOf(deed.delayMs ?? 0, random)
        if (delay === 0) answer()
        else setTimeout(answer, delay)
      },
    }),
  )
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    file,
    play: (next) => {
      script = next
    },
    counts: () => ({ ...counts }),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
      closeSync(book)
    },
  }
}

const lengthOf = (delay: Delay, random: () => number): number =>
  typeof delay === 'number' ? delay : Math.round(delay[0] + random() * (delay[1] - delay[0]))

type Counts = { requests: number; taken: number; effects: number }

const note = ({ key, took, effect }: Omit<Entry, 'wall' | 'mono'>, counts: Counts, taken: Set<string>): void => {
  counts.requests += 1
  if (took) counts.taken += 1
  if (effect) counts.effects += 1
  if (took && key !== null) taken.add(key)
}

interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly by: string
  readonly header: string | null
  raw(): string
}

interface Reader {
  refuses(): boolean
  onRequest(request: Request): void
}

const HEAD_END = '\r\n\r\n'

/** One request after another, as our client sends them: with a length, and never two at once. */
const readRequests = (socket: Socket, { refuses, onRequest }: Reader): void => {
  let received: Buffer = Buffer.alloc(0)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    if (received.length === 0 && refuses()) return
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const end = received.indexOf(HEAD_END)
    if (end < 0) return
    const [first = '', ...lines] = received.toString('latin1', 0, end).split('\r\n')
    const headers = Object.fromEntries(lines.map(headerOf))
    const whole = end + HEAD_END.length + Number(headers['content-length'] ?? 0)
    if (received.length < whole) return
    const bytes = received.subarray(0, whole)
    received = received.subarray(whole)
    const [method = '', url = ''] = first.split(' ')
    onRequest({
      method,
      url,
      headers,
      body: bytes.subarray(end + HEAD_END.length),
      by: /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '',
      header: headers['idempotency-key'] ?? null,
      raw: () => bytes.toString('latin1'),
    })
  })
}

const headerOf = (line: string): [name: string, value: string] => {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}
