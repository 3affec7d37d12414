// Gateways by name, from the configuration.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Config } from '../../src/config.ts'
import { openGateway } from '../../src/gateway/open.ts'
import { temporaryFolder } from '../support/database.ts'
import { probeConfig, TOKEN_ENV } from '../support/gateway-server.ts'

const config = (): Pick<Config, 'gateways'> => ({
  gateways: {
    outbox: {
      type: 'outbox',
      file: join(temporaryFolder(), 'outbox.jsonl'),
      addressKind: 'email',
      concurrency: 7,
      ratePerSecond: 2,
    },
    sms: probeConfig('https://gateway.example', { concurrency: 9, deadlineMs: 1234 }),
  },
})

test('each kind opens with what is configured', async () => {
  const outbox = await openGateway('outbox', config(), {})
  const sms = await openGateway('sms', config(), TOKEN_ENV)
  expect(outbox).toMatchObject({ name: 'outbox', addressKind: 'email', concurrency: 7, ratePerSecond: 2 })
  expect(sms).toMatchObject({ name: 'sms', addressKind: 'phone', concurrency: 9, deadlineMs: 1234, honoursKey: true })
  await Promise.all([outbox.close(), sms.close()])
})

test.each([
  ['smss', 'Did you mean "sms"?'],
  ['mail', 'Configured are: outbox, sms.'],
  ['constructor', 'Configured are: outbox, sms.'],
])('"%s" is not configured', async (name, hint) => {
  await expect(openGateway(name, config(), TOKEN_ENV)).rejects.toMatchObject({
    exit: 'config',
    message: `there is no gateway "${name}" in the configuration`,
    hint,
  })
})

test('a token that is not there is told when the gateway is opened', async () => {
  await expect(openGateway('sms', config(), {})).rejects.toThrow(
    'gateways.sms.token_env: the variable TEST_TOKEN is not set',
  )
})
