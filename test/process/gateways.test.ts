// An operator cuts a gateway off in the middle of a mailing, and lets it go on: every process at work obeys within a second.
import { expect, test } from 'vitest'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

/** What was handed back is due by the clock of whoever had it in hand, and each process has one of its own here. */
const A_MINUTE_LATER = '2021-10-22T07:01:00Z'

test('pause stops a daemon and a pass beside it within a second; what is in flight finishes; resume lets them go on', async () => {
  const { run, start, scheduleMany, states, got, sandbox } = await openShop({ latencyMs: 40, concurrency: 4 })
  await scheduleMany(1_000)
  const daemon = start(['daemon'], TEN_IN_MOSCOW)
  await daemon.waitForLine('daemon-started')
  const pass = start(['run-due', '--parallel'], TEN_IN_MOSCOW)
  await until(() => got.length >= 40)

  const paused = await run(['gateways', 'pause', 'sms', '--reason', 'too fast'], TEN_IN_MOSCOW)
  const returned = performance.now()
  expect(paused.stdout).toMatch(/^Paused gateway "sms": \d+ messages wait\. What is in flight finishes\.\n$/)
  await until(() => states()['sending'] === undefined)
  expect(performance.now() - returned).toBeLessThan(1_000)
  expect(states()['sent']).toBe(got.length)
  const { requests } = sandbox.counts()
  const [sms] = JSON.parse((await run(['gateways', '--json'], A_MINUTE_LATER)).stdout).slice(-1)
  expect(sms).toMatchObject({ name: 'sms', state: 'paused', pausedWhy: 'too fast', due: 1_000 - got.length, inHand: 0 })
  expect(await pass.exit).toMatchObject({ code: 0 })
  expect(sandbox.counts().requests).toBe(requests)

  const resumed = await run(['gateways', 'resume', 'sms'], TEN_IN_MOSCOW)
  expect(resumed.stdout).toContain('at full speed at once')
  await until(() => got.length > requests)
  daemon.kill('SIGTERM')
  await daemon.exit
  expect(got.filter(({ isRepeat }) => isRepeat)).toEqual([])
})
