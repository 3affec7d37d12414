// A new connection, and a moment of silence on it: who speaks there before anything was asked answers no request of ours.
import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { systemClock } from '../clock.ts'

/** Of an error: something lay there before the request was written. */
export const SPOKE_FIRST = 'SPOKE_FIRST'

/**
 * What the other side says unasked arrives one way there and back after the connection is open, and it takes a moment to accept
 * it. So long nothing is asked; a connection is used for many messages, so that it costs next to nothing.
 */
const ACCEPTED_MS = 5
/** No connection takes longer than this because it is far away. */
const FARTHEST_MS = 300

export const quietly =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    const began = systemClock.monotonic()
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      whenQuiet(socket, Math.min(FARTHEST_MS, systemClock.monotonic() - began) + ACCEPTED_MS, (code) => {
        if (code === null) callback(null, socket)
        else callback(Object.assign(new Error(code), { code }), null)
      })
    })
  }

/** Calls back once: with null where nothing was said, else with the code of what is wrong. */
const whenQuiet = (socket: Socket, ms: number, tell: (code: string | null) => void): void => {
  const end = (code: string | null): void => {
    clearTimeout(timer)
    socket.off('readable', onReadable)
    socket.off('close', onClose)
    tell(code)
  }
  const onReadable = (): void => {
    if (socket.readableLength === 0) return end(null) // its end, which the client finds by itself
    socket.destroy()
    return end(SPOKE_FIRST)
  }
  const onClose = (): void => end('ECONNRESET')
  const timer = setTimeout(() => end(null), ms)
  socket.on('readable', onReadable)
  socket.on('close', onClose)
}
