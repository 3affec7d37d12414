// A local gateway to try things against: speaks the contract of preset "probe" strictly, and can be slow or moody on purpose.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Fixable } from '../domain/errors.ts'
import { seededMoods } from './sandbox-moods.ts'
import { readSandboxRequest, type SandboxRequest } from './sandbox-request.ts'

export interface SandboxOptions {
  /** 0: any free one. */
  readonly port: number
  /** Wait before each answer, ms. */
  readonly latencyMs: number
  /** Answers out of a hundred that are 503, 500, garbage or ten times slower; the same ones in every run. */
  readonly failRate: number
  readonly onMessage?: (message: SandboxMessage) => void
}

export interface SandboxMessage {
  readonly id: string
  readonly phone: string
  readonly text: string
  /** The id came before: answered yes, without a second effect. */
  readonly isRepeat: boolean
}

export interface SandboxCounts {
  /** Requests, whatever became of them. */
  readonly requests: number
  /** Messages taken, each once: the effects. */
  readonly taken: number
  /** Requests with an id that was taken before. */
  readonly repeated: number
  /** Requests against the contract: 400, 401, 404. */
  readonly refused: number
  /** Answers spoilt on purpose. */
  readonly spoilt: number
}

export interface Sandbox {
  readonly url: string
  counts(): SandboxCounts
  close(): Promise<void>
}

type Counts = { -readonly [K in keyof SandboxCounts]: number }

/** Starts it on 127.0.0.1. Fails with Fixable('failed') when the port cannot be used. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const counts: Counts = { requests: 0, taken: 0, repeated: 0, refused: 0, spoilt: 0 }
  const decide = createDecision(options, counts)
  const server = createServer((request, response) =>
    readBody(request, (body) => write(response, decide(readSandboxRequest(request, body)))),
  )
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portTrouble(error, options.port)))
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    counts: () => ({ ...counts }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const portTrouble = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE' || error.code === 'EACCES'
    ? new Fixable(
        'failed',
        `port ${port} cannot be used (${error.code})`,
        'Name another with --port; 0 takes a free one.',
      )
    : error

const LONGEST_BODY = 1024 * 1024

const readBody = (request: IncomingMessage, done: (body: string) => void): void => {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > LONGEST_BODY) request.destroy()
    else chunks.push(chunk)
  })
  request.on('end', () => done(Buffer.concat(chunks).toString()))
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly waitMs: number
}

const YES = '{"code":0,"message":"OK"}'

/** What the slow mood makes of the latency; of none at all too. */
const slower = (latencyMs: number): number => 10 * Math.max(latencyMs, 20)

const createDecision = ({ latencyMs, failRate, onMessage }: SandboxOptions, counts: Counts) => {
  const taken = new Set<string>()
  const moodOf = seededMoods(failRate)
  return (read: SandboxRequest): Answer => {
    counts.requests += 1
    if (!read.ok) {
      counts.refused += 1
      return { status: read.status, body: JSON.stringify({ code: 1, message: read.reason }), waitMs: latencyMs }
    }
    const mood = moodOf()
    if (mood !== 'good') counts.spoilt += 1
    if (mood === 'away') return { status: 503, body: 'away', waitMs: latencyMs }
    const isRepeat = taken.has(read.message.id)
    counts[isRepeat ? 'repeated' : 'taken'] += 1
    taken.add(read.message.id)
    onMessage?.({ ...read.message, isRepeat })
    // taken, and then no yes: only the key keeps the repeat from having a second effect
    if (mood === 'broken') return { status: 500, body: 'broken', waitMs: latencyMs }
    if (mood === 'garbage') return { status: 200, body: '<html>', waitMs: latencyMs }
    return { status: 200, body: YES, waitMs: mood === 'slow' ? slower(latencyMs) : latencyMs }
  }
}

const write = (response: ServerResponse, { status, body, waitMs }: Answer): void => {
  const answer = (): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  }
  if (waitMs === 0) answer()
  else setTimeout(answer, waitMs)
}
