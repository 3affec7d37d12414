// A new connection, and a moment of silence on it: who speaks there before anything was asked answers no request of ours. After
// it the request may not be wanted any more.
import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { systemClock } from '../clock.ts'

/** Of an error: something lay there before the request was written. */
export const SPOKE_FIRST = 'SPOKE_FIRST'
/** Of an error: nothing may leave by it any more. */
export const NOT_WANTED = 'NOT_WANTED'

/**
 * What the other side says unasked arrives one way there and back after the connection is open, and it takes a moment to accept
 * it. So long nothing is asked; a connection is used for many messages, so that it costs next to nothing.
 */
const ACCEPTED_MS = 5
/** No connection takes longer than this because it is far away. */
const FARTHEST_MS = 300

/** A connection may take seconds to open, and a stopped process may wake in between: so `mayBegin` is asked last. */
export const quietly =
  (connect: buildConnector.connector, mayBegin: () => Promise<boolean>): buildConnector.connector =>
  (options, callback) => {
    const began = systemClock.monotonic()
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      whenQuiet(socket, Math.min(FARTHEST_MS, systemClock.monotonic() - began) + ACCEPTED_MS, mayBegin, (code) => {
        if (code === null) callback(null, socket)
        else callback(Object.assign(new Error(code), { code }), null)
      })
    })
  }

/** Calls back once: with null where nothing was said, else with the code of what is wrong. */
const whenQuiet = (
  socket: Socket,
  ms: number,
  mayBegin: () => Promise<boolean>,
  tell: (code: string | null) => void,
): void => {
  let isOver = false
  const end = (code: string | null): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    socket.off('readable', onReadable)
    socket.off('close', onClose)
    if (code === SPOKE_FIRST || code === NOT_WANTED) socket.destroy()
    tell(code)
  }
  const onReadable = (): void => end(socket.readableLength === 0 ? null : SPOKE_FIRST) // 0: its end, which the client finds by itself
  const onClose = (): void => end('ECONNRESET')
  const ask = (): Promise<void> =>
    mayBegin().then(
      (may) => end(may ? null : NOT_WANTED),
      () => end(NOT_WANTED),
    )
  const timer = setTimeout(() => void ask(), ms)
  socket.on('readable', onReadable)
  socket.on('close', onClose)
}
