// Whether a gateway can be reached: a connection, over TLS where it speaks it, and not a byte of a request.
import { existsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { connect as connectTls } from 'node:tls'
import type { Config, HttpGatewayConfig } from '../config.ts'
import { Fixable } from '../domain/errors.ts'
import { refusalOf } from '../file-access.ts'
import type { OwnFile } from '../files/own-files.ts'
import type { Gateway, Probe } from './gateway.ts'
import { openGateway } from './open.ts'
import { openGuard } from './outbox-guard.ts'
import { readToken } from './token.ts'

/** As long as an attempt may take, at most; nobody waits for more at a check-up. */
const LONGEST_MS = 5_000

export const probeGateway = async (
  name: string,
  gateways: Config['gateways'],
  env: Readonly<Record<string, string | undefined>>,
  own: readonly OwnFile[],
): Promise<Probe> => {
  const config = Object.hasOwn(gateways, name) ? gateways[name] : undefined
  if (config === undefined) return { kind: 'misconfigured', says: `there is no [gateways.${name}]` }
  if (config.type === 'outbox') return probeFile(config.file, own)
  try {
    readToken(name, config, env)
  } catch (error) {
    if (!(error instanceof Fixable)) throw error
    return { kind: 'misconfigured', says: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }
  }
  return reach(config)
}

/** Opens a gateway that could send at once: of an outbox the file can be written. Fails with Fixable('config'). */
export const openUsable = async (
  name: string,
  config: Pick<Config, 'gateways'>,
  env: Readonly<Record<string, string | undefined>>,
  own: readonly OwnFile[],
): Promise<Gateway> => {
  const settings = Object.hasOwn(config.gateways, name) ? config.gateways[name] : undefined
  const probe = settings?.type === 'outbox' ? probeFile(settings.file, own) : null
  if (probe?.kind === 'unreachable') throw new Fixable('config', `gateways.${name}.file: ${probe.says}`)
  return openGateway(name, config, env, own)
}

const probeFile = (file: string, own: readonly OwnFile[]): Probe => {
  const refusal = refusalOf(file, 'write')
  if (refusal !== null) return { kind: 'unreachable', ...refusal }
  const found = statSync(file, { throwIfNoEntry: false })
  const why = openGuard(file, own).whyNot()
  if (why !== null) return { kind: 'unreachable', says: `${file} cannot be written: ${why}` }
  if (found?.isFile() === false) return { kind: 'unreachable', says: `${file} is no regular file` }
  const folder = nearestFolder(dirname(file))
  return statSync(folder).isDirectory()
    ? { kind: 'reached', where: file }
    : { kind: 'unreachable', says: `${folder}, where it writes, cannot be written` }
}

/** Folders that are not there yet are made with the first message. */
const nearestFolder = (folder: string): string => (existsSync(folder) ? folder : nearestFolder(dirname(folder)))

const reach = ({ url, deadlineMs }: HttpGatewayConfig): Promise<Probe> => {
  const { protocol, hostname, port } = new URL(url)
  const isTls = protocol === 'https:'
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const number = port === '' ? (isTls ? 443 : 80) : Number(port)
  const where = `${hostname}:${number}`
  return new Promise((resolve) => {
    const socket = isTls
      ? connectTls({
          host,
          port: number,
          rejectUnauthorized: true,
          ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
        })
      : connect({ host, port: number })
    const end = (probe: Probe): void => {
      socket.destroy()
      resolve(probe)
    }
    socket.setTimeout(Math.min(deadlineMs, LONGEST_MS), () =>
      end({ kind: 'unreachable', says: `${where} does not answer within ${Math.min(deadlineMs, LONGEST_MS)} ms` }),
    )
    socket.once(isTls ? 'secureConnect' : 'connect', () =>
      end({ kind: 'reached', where: isTls ? `${where}, with a certificate that holds` : where }),
    )
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end({ kind: 'unreachable', says: `${where}: ${error.code ?? error.message}` }),
    )
  })
}
