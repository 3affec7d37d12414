// The real HTTP gateway, sending from a process that trusts the authority of a test.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { HttpGatewayConfig } from '../../src/config.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { openHttpGateway } from '../../src/gateway/http.ts'

/** One message at a time. */
export const openGatewayInChild = async (
  config: HttpGatewayConfig,
  env: Readonly<Record<string, string>>,
  authorityFile: string,
): Promise<Gateway> => {
  const gateway = await openHttpGateway('sms', config, env)
  const child = fork(fileURLToPath(new URL('gateway-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: authorityFile },
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    ...gateway,
    send: async (message) => {
      child.send({ config, env, message })
      const [reply] = (await once(child, 'message')) as [Reply]
      return reply
    },
  }
}
