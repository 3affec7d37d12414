// A real HTTP gateway in a process of its own, for what Node reads only when it starts (which authorities it trusts).
import type { HttpGatewayConfig } from '../../src/config.ts'
import type { Outgoing } from '../../src/gateway/gateway.ts'
import { openHttpGateway } from '../../src/gateway/http.ts'

interface Asked {
  readonly config: HttpGatewayConfig
  readonly env: Readonly<Record<string, string>>
  readonly message: Outgoing
}

let opened: ReturnType<typeof openHttpGateway> | undefined

const answer = async ({ config, env, message }: Asked): Promise<void> => {
  opened ??= openHttpGateway('sms', config, env)
  process.send?.(await (await opened).send(message, new AbortController().signal))
}

process.on('message', (asked: Asked) => void answer(asked))
process.on('disconnect', () => process.exit())
