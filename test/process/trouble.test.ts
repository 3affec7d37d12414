// A gateway in trouble, as cron's mail tells it: once when it begins, not every minute, and once when it ends.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

const passAt = (shop: Shop, time: string) => shop.run(['run-due'], `2021-10-22T${time}Z`)

test('down: told once, then silent for an hour; messages leave when it is back', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  await shop.sandbox.close()
  const first = await passAt(shop, '07:00:00')
  expect(first).toMatchObject({ code: 7, stdout: '' })
  expect(first.stderr).toContain('notify: gateway "sms" does not take messages: connection refused')
  expect(first.stderr).toContain('Nothing is lost')
  expect(await passAt(shop, '07:05:00')).toMatchObject({ code: 7, stdout: '', stderr: '' })
  expect((await passAt(shop, '08:10:00')).stderr).toContain('does not take messages')
  const port = Number(new URL(shop.sandbox.url).port)
  const { startSandbox } = await import('../../src/gateway/sandbox.ts')
  const back = await startSandbox({ port, latencyMs: 0, failRate: 0 })
  const mended = await passAt(shop, '10:00:00')
  expect(mended).toMatchObject({ code: 0, stdout: '', stderr: 'notify: gateway "sms" works again\n' })
  expect(back.counts()).toMatchObject({ taken: 5, repeated: 0 })
  expect(shop.states()).toEqual({ sent: 5 })
  await back.close()
}, 60_000)

test('a wrong token: nothing fails, no attempt is burned, and after the mend everything leaves', async () => {
  const shop = await openShop()
  await shop.scheduleMany(500)
  writeFileSync(join(shop.folder, 'token.txt'), '\n')
  const refused = await passAt(shop, '07:00:00')
  expect(refused.code).toBe(7)
  expect(refused.stderr).toContain('token.txt is empty')
  writeFileSync(join(shop.folder, 'token.txt'), 'a-token\n')
  expect(await passAt(shop, '07:02:00')).toMatchObject({ code: 0 })
  expect(shop.states()).toEqual({ sent: 500 })
}, 60_000)
