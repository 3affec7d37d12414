// Servers on raw sockets that misbehave on purpose: what a gateway can do to us, one act a request.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { HttpGatewayConfig } from '../../src/config.ts'
import type { Outgoing } from '../../src/gateway/gateway.ts'
import { type Certificate, selfSigned } from './certificates.ts'

/** What the server does with one whole request. */
export type Act = (socket: Socket, request: string) => unknown

export interface GatewayServer {
  readonly url: string
  /** Every whole request, as it came over the wire. */
  readonly requests: readonly string[]
  connections(): number
  /** From now on nobody listens there. */
  stop(): void
}

/** Plays the acts in turn, one a request; the last one again and again. */
export const gatewayServer = async (...acts: readonly Act[]): Promise<GatewayServer> => {
  const requests: string[] = []
  const server = createServer()
  const connections = play(server, 'connection', acts, requests)
  return { url: `http://127.0.0.1:${await listen(server)}`, requests, connections, stop: () => server.close() }
}

/** The same behind TLS. */
export const tlsServer = async (
  certificate: Certificate,
  ...acts: readonly Act[]
): Promise<GatewayServer & { readonly server: TlsServer }> => {
  const requests: string[] = []
  const server = createTlsServer(certificate)
  server.on('tlsClientError', () => undefined)
  const connections = play(server, 'secureConnection', acts, requests)
  return { url: `https://127.0.0.1:${await listen(server)}`, requests, connections, stop: () => server.close(), server }
}

/** With a certificate that nobody signed. */
export const selfSignedServer = (...acts: readonly Act[]): Promise<GatewayServer> => tlsServer(selfSigned(), ...acts)

/** Does its act with each connection before anything is read. */
export const doorServer = async (act: (socket: Socket) => unknown): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    act(socket)
  })
  return `http://127.0.0.1:${await listen(server)}`
}

/** An address where nobody listens. */
export const closedPort = async (): Promise<string> => {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}

const play = (server: Server, event: string, acts: readonly Act[], requests: string[]): (() => number) => {
  let connections = 0
  server.on(event, (socket: Socket) => {
    connections += 1
    let received = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      const length = wholeLength(received)
      if (length === null || received.length < length) return
      requests.push(received.slice(0, length))
      received = received.slice(length)
      const act = acts[Math.min(requests.length, acts.length) - 1]
      act?.(socket, requests.at(-1) ?? '')
    })
  })
  return () => connections
}

/** Head and body; null while the head is not complete. */
const wholeLength = (received: string): number | null => {
  const head = received.indexOf('\r\n\r\n')
  if (head < 0) return null
  return head + 4 + Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
}

// ---------------------------------------------------------------- acts

/** A sound answer with these headers and this body. */
export const answer =
  (status: number, body: string | Buffer = '', headers: Readonly<Record<string, string>> = {}): Act =>
  (socket) => {
    const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
    socket.write(`HTTP/1.1 ${status} Status\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    socket.write(body)
  }

export const yes = answer(200, '{"code":0,"message":"OK"}')

export const silence: Act = () => undefined

/** These bytes, and then the connection stays open, is closed or is reset. */
export const bytes =
  (text: string, then: 'stay' | 'close' | 'reset' = 'stay'): Act =>
  (socket) => {
    socket.write(text, () => {
      if (then === 'close') socket.end()
      if (then === 'reset') socket.resetAndDestroy()
    })
  }

export const reset: Act = (socket) => socket.resetAndDestroy()

/** A yes, one byte every 20 ms, that takes longer than any deadline of these tests. */
export const drip: Act = (socket) => {
  const text = `{"code":0,"message":"${'O'.repeat(200)}K"}`
  socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n`)
  let sent = 0
  const timer = setInterval(() => socket.write(text[sent++] ?? ''), 20)
  socket.on('close', () => clearInterval(timer))
}

/** A body without end, as fast as it is read. */
export const endless: Act = (socket) => {
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
  const pour = (): void => {
    while (!socket.destroyed && socket.write('x'.repeat(65_536)));
  }
  socket.on('drain', pour)
  pour()
}

// ---------------------------------------------------------------- a gateway and a message to send

export const TOKEN = 'c4nary-t0ken'
/** `env` of the gateways here. */
export const TOKEN_ENV = { TEST_TOKEN: TOKEN }

/** A gateway of preset "probe", with a short deadline. */
export const probeConfig = (url: string, changes: Partial<HttpGatewayConfig> = {}): HttpGatewayConfig => ({
  type: 'http',
  url,
  method: 'POST',
  path: '/v1/send/{{ key_number }}',
  headers: {},
  body: { id: 'int64:{{ key_number }}', phone: 'int64:{{ phone_digits }}', text: '{{ text }}' },
  accept: { status: [200], json: { code: 0 }, echo: 'id' },
  tokenFile: null,
  tokenEnv: 'TEST_TOKEN',
  addressKind: 'phone',
  concurrency: 64,
  ratePerSecond: null,
  deadlineMs: 300,
  honoursKey: true,
  keyRetentionMs: 86_400_000,
  onUnknown: 'repeat',
  ...changes,
})

export const message: Outgoing = {
  address: '+79161234567',
  text: 'Здравствуйте, «Ромашка»!\n"10:00"',
  key: 'zu2friwhwjn4ttpxcluvfmg7ehdu',
  keyNumber: '2596047098632182928',
}
