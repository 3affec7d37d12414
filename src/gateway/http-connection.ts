// One connection to an HTTP gateway, one request at a time: undici's dispatch level, which tells whether a request was begun.
import type { Client, Dispatcher } from 'undici'
import type { HttpRequest } from './http-request.ts'

/** What became of one request. */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: string }
  /** `started`: it was given to a connected socket, so it may have arrived. `answering`: a status line came back. */
  | { readonly kind: 'failed'; readonly started: boolean; readonly answering: boolean; readonly code: string }

export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** Our own reasons to give a request up, beside the codes of Node and undici. */
export type GivenUp = 'DEADLINE' | 'STOPPED'

export interface Connection {
  /**
   * Sends one request; resolves with what became of it, at the latest after `deadlineMs`. Never rejects. `mayBegin` is asked
   * after a socket had to be opened, which may take long.
   */
  exchange(request: HttpRequest, deadlineMs: number, mayBegin: () => Promise<boolean>): Promise<Exchange>
  /** Ends what is in flight: nothing of it leaves afterwards, and the connection is of no more use. */
  giveUp(why: GivenUp): void
  /** No further request leaves by it: its answers cannot be told apart any more. */
  retire(): void
  /** False after `giveUp` and `retire`. After any other failure the next request opens a new socket by itself. */
  isUsable(): boolean
  close(): Promise<void>
}

/** The request in hand, one after another; `settle` null: none. */
interface InHand {
  settle: ((exchange: Exchange) => void) | null
  timer: NodeJS.Timeout | undefined
  mayBegin: () => Promise<boolean>
  started: boolean
  status: number
  headers: Headers
  chunks: Buffer[]
}

const nothing = async (): Promise<boolean> => false

/** The client belongs to this connection alone; it asks `mayBegin` when it has opened a socket. */
export const openConnection = (openClient: (mayBegin: () => Promise<boolean>) => Client): Connection => {
  const none = { settle: null, timer: undefined, mayBegin: nothing }
  const hand: InHand = { ...none, started: false, status: 0, headers: {}, chunks: [] }
  const client = openClient(() => hand.mayBegin())
  let isUsable = true
  const giveUp = (why: GivenUp): void => {
    isUsable = false
    end(hand, failure(hand, why))
    void client.destroy() // a request that waits for its socket must not leave any more: aborting does not reach it
  }
  const onDeadline = (): void => giveUp('DEADLINE')
  const handler = listener(hand)
  return {
    exchange: (request, deadlineMs, mayBegin) =>
      new Promise((resolve) => {
        hand.settle = resolve
        hand.mayBegin = mayBegin
        hand.started = false
        hand.status = 0
        hand.chunks = []
        hand.timer = setTimeout(onDeadline, deadlineMs)
        client.dispatch(request, handler)
      }),
    giveUp,
    retire: () => {
      isUsable = false
      void client.destroy()
    },
    isUsable: () => isUsable,
    close: () => client.destroy(),
  }
}

/** One listener for all requests of a connection: at 20,000 messages a second every object counts. */
const listener = (hand: InHand): Dispatcher.DispatchHandler => ({
  onRequestStart: () => {
    hand.started = true
  },
  onResponseStart: (_, status, headers) => {
    hand.status = status
    hand.headers = headers
  },
  onResponseData: (_, chunk) => {
    hand.chunks.push(chunk)
  },
  onResponseEnd: () => {
    const [chunk, ...more] = hand.chunks
    const body = chunk === undefined ? '' : more.length === 0 ? chunk.toString() : Buffer.concat(hand.chunks).toString()
    end(hand, { kind: 'answered', status: hand.status, headers: hand.headers, body })
  },
  onResponseError: (_, error) => {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
    end(hand, failure(hand, code))
  },
})

const failure = ({ started, status }: InHand, code: string): Exchange => ({
  kind: 'failed',
  started,
  answering: status !== 0,
  code,
})

/** Called a second time for the same request, it does nothing: undici tells of an end that we brought about ourselves. */
const end = (hand: InHand, exchange: Exchange): void => {
  clearTimeout(hand.timer)
  const { settle } = hand
  hand.settle = null
  settle?.(exchange)
}
