// A gateway of preset "probe" for the benches, as notify.toml would spell it.
import type { HttpGatewayConfig } from '../src/config.ts'

export const probe = (url: string, concurrency: number): HttpGatewayConfig => ({
  type: 'http',
  url,
  method: 'POST',
  path: '/v1/send/{{ key_number }}',
  headers: {},
  body: { id: 'int64:{{ key_number }}', phone: 'int64:{{ phone_digits }}', text: '{{ text }}' },
  accept: { status: [200], json: { code: 0 }, echo: 'id' },
  tokenFile: null,
  tokenEnv: 'BENCH_TOKEN',
  addressKind: 'phone',
  concurrency,
  ratePerSecond: null,
  deadlineMs: 10_000,
  honoursKey: true,
  keyRetentionMs: 86_400_000,
  onUnknown: 'repeat',
})
