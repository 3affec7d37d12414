// A gateway that speaks HTTP: one request a message, its connections kept and used again.

import { systemClock } from '../clock.ts'
import type { HttpGatewayConfig } from '../config.ts'
import type { Gateway } from './gateway.ts'
import { type Connection, openConnection } from './http-connection.ts'
import { replyTo, UNTRIED } from './http-reply.ts'
import { compileRequest } from './http-request.ts'
import { quietly } from './quiet-connect.ts'
import { blankSecrets, secretsOf } from './secrets.ts'
import { readToken } from './token.ts'

const always = async (): Promise<boolean> => true

/** Longer answers are given up: a yes is short. */
const LONGEST_ANSWER = 64 * 1024

/** Fails with Fixable('config') when the token cannot be read. Redirects are not followed and TLS verification cannot be switched off. */
export const openHttpGateway = async (
  name: string,
  config: HttpGatewayConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Gateway> => {
  const token = readToken(name, config, env)
  const requestOf = compileRequest(config, token)
  const { accept, refuse, deadlineMs, honoursKey } = config
  const contract = { accept, refuse, deadlineMs, honoursKey, hide: blankSecrets(secretsOf(config, token)) }
  const connections = await openConnections(config)
  return {
    name,
    addressKind: config.addressKind,
    concurrency: config.concurrency,
    ratePerSecond: config.ratePerSecond,
    deadlineMs,
    honoursKey,
    onUnknown: config.onUnknown,
    keyRetentionMs: config.keyRetentionMs,
    send: async (message, signal, mayBegin = always) => {
      if (signal.aborted) return UNTRIED
      const request = requestOf(message)
      if (request === null) return { kind: 'refused', reason: 'the message does not fit into a request' }
      const connection = connections.take(signal)
      const exchange = await connection.exchange(request, deadlineMs, mayBegin)
      const reply = replyTo(exchange, contract, message.keyNumber, systemClock.now)
      if (reply.kind === 'unknown') connection.retire() // its next answer may be the one to this
      connections.giveBack(connection)
      return reply
    },
    close: connections.close,
  }
}

interface Connections {
  /** An idle connection, else a new one; it is given up when `signal` aborts. */
  take(signal: AbortSignal): Connection
  giveBack(connection: Connection): void
  close(): Promise<void>
}

/** As many as there are messages in flight at once: the engine holds that to `concurrency`. The last one used is the first to be used again. */
const openConnections = async (config: HttpGatewayConfig): Promise<Connections> => {
  const open = await connectionsOf(config)
  const idle: Connection[] = []
  const busy = new Map<Connection, AbortSignal>()
  const watched = new Map<AbortSignal, () => void>()

  /** One listener a signal, not one a message; it goes with the gateway, which is opened anew often while it is in trouble. */
  const watch = (signal: AbortSignal): void => {
    if (watched.has(signal)) return
    const stop = (): void => {
      for (const [connection, its] of busy) if (its === signal) connection.giveUp('STOPPED')
    }
    watched.set(signal, stop)
    signal.addEventListener('abort', stop, { once: true })
  }
  return {
    take: (signal) => {
      watch(signal)
      const connection = idle.pop() ?? open()
      busy.set(connection, signal)
      return connection
    },
    giveBack: (connection) => {
      busy.delete(connection)
      if (connection.isUsable()) idle.push(connection)
    },
    close: async () => {
      for (const [signal, stop] of watched) signal.removeEventListener('abort', stop)
      watched.clear()
      for (const connection of busy.keys()) connection.giveUp('STOPPED')
      await Promise.all(idle.splice(0).map((connection) => connection.close()))
    },
  }
}

/** How each of them is opened. */
const connectionsOf = async ({ url, deadlineMs }: HttpGatewayConfig): Promise<() => Connection> => {
  const { buildConnector, Client } = await import('undici') // 65 ms: not for those who only look
  const { origin } = new URL(url)
  const options = {
    pipelining: 1,
    headersTimeout: 0, // one deadline for all of it is kept by the connection
    bodyTimeout: 0,
    maxResponseSize: LONGEST_ANSWER,
  }
  const connector = buildConnector({ timeout: deadlineMs, rejectUnauthorized: true }) // also where NODE_TLS_REJECT_UNAUTHORIZED says otherwise
  return () => openConnection((mayBegin) => new Client(origin, { ...options, connect: quietly(connector, mayBegin) }))
}
