// What the ledger does with a request: a sound answer, or one of the ways in which a gateway fails. Data, so that it can be
// told to a ledger in another process.
import type { Socket } from 'node:net'
import type { Act } from './gateway-server.ts'

const YES = '{"code":0,"message":"OK"}'

/** Always so long, or anything between the two: answers that all take the same time come in bursts. */
export type Delay = number | readonly [shortest: number, longest: number]

/** Nothing said: the yes of the contract, at once. */
export interface Deed {
  readonly delayMs?: Delay
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** answer: whole. drip: byte by byte. The resets: before anything is read, after the request, after half the answer. */
  readonly how?: 'answer' | 'drip' | 'silence' | 'reset-before' | 'reset-after' | 'reset-halfway'
  readonly dripMs?: number
  /** Whether the message counts as taken; unsaid: where the answer is the yes, whole or not. */
  readonly takes?: boolean
}

/** Only for a ledger of this process: the acts of gateway-server.ts. */
export interface ActDeed {
  readonly act: Act
  readonly takes: boolean
  readonly delayMs?: Delay
}

/** A deed for a request by its number, for the requests of a key in turn (the last again and again), for all others. */
export interface Script<D = Deed> {
  readonly byNumber?: Readonly<Record<number, D>>
  readonly byKey?: Readonly<Record<string, readonly D[]>>
  readonly rest?: D
}

export const isYes = ({ status = 200, body = YES }: Deed): boolean => status === 200 && body === YES

/** The status of an answer that is given whole and at once; 0: none is. */
export const wholeStatus = ({ status = 200, how = 'answer' }: Deed): number => (how === 'answer' ? status : 0)

export const perform = (deed: Deed, socket: Socket): void => {
  const { status = 200, headers = {}, body = YES, how = 'answer', dripMs = 20 } = deed
  if (how === 'silence' || socket.destroyed) return
  if (how === 'reset-before' || how === 'reset-after') return void socket.resetAndDestroy()
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
  const head = `HTTP/1.1 ${status} Status\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  if (how === 'answer') socket.write(head + body)
  else if (how === 'drip') drip(socket, head, body, dripMs)
  else socket.write(head + body.slice(0, body.length / 2), () => socket.resetAndDestroy())
}

const drip = (socket: Socket, head: string, body: string, ms: number): void => {
  socket.write(head)
  let sent = 0
  const timer = setInterval(() => {
    if (sent < body.length) socket.write(body.charAt(sent++))
    else clearInterval(timer)
  }, ms)
  socket.on('close', () => clearInterval(timer))
}
