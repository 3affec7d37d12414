// notify daemon as a process: sends on time, notices others, drains at SIGTERM, begins anew with its gateways at SIGHUP.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until, untilTaken } from '../support/until.ts'

test('sends when the hour has come, and notices within a second what another process scheduled', async () => {
  const shop = await openShop()
  const daemon = shop.start(['daemon'], '2021-10-22T06:59:50Z')
  await daemon.waitForLine('daemon-started')
  await shop.scheduleMany(5) // on its own clock still the evening before; due at ten
  await untilTaken(shop, 5)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  expect(shop.states()).toEqual({ sent: 5 })
}, 60_000)

test('at SIGTERM it claims nothing more, finishes what is in flight and hands back the rest', async () => {
  const shop = await openShop({ latencyMs: 200, concurrency: 8 })
  await shop.scheduleMany(150)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 16)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  const { sent = 0, scheduled = 0, ...others } = shop.states()
  expect(others).toEqual({})
  expect(sent).toBe(shop.sandbox.counts().taken)
  expect(sent + scheduled).toBe(150)
  expect(scheduled).toBeGreaterThan(0)
  const rest = await shop.run(['run-due', '--json'], TEN_IN_MOSCOW)
  expect(JSON.parse(rest.stdout)).toMatchObject({ sent: scheduled })
  expect(shop.sandbox.counts()).toMatchObject({ taken: 150, repeated: 0 })
}, 60_000)

test('a second daemon on the same file is refused', async () => {
  const shop = await openShop()
  const first = shop.start(['daemon'])
  await first.waitForLine('daemon-started')
  const second = await shop.run(['daemon'])
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('a daemon works on this database already')
  first.kill('SIGTERM')
  expect((await first.exit).code).toBe(143)
}, 60_000)

test('a configuration that is a pipe is refused at once, whoever holds its other end', async () => {
  const shop = await openShop()
  const config = join(shop.folder, 'notify.toml')
  rmSync(config)
  execFileSync('mkfifo', [config])
  const daemon = shop.start(['daemon'])
  expect(await daemon.exit).toMatchObject({ code: 3, stderr: expect.stringContaining('it is a pipe or a device') })
}, 30_000)

test('a token that was missing, and a gateway that is new: SIGHUP is enough', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  const token = join(shop.folder, 'token.txt')
  const config = join(shop.folder, 'notify.toml')
  const settings = readFileSync(config, 'utf8')
  rmSync(token)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await daemon.waitForLine('token.txt cannot be read')
  writeFileSync(config, 'not TOML')
  daemon.kill('SIGHUP')
  await daemon.waitForLine('"reload-refused"')
  writeFileSync(token, 'a-token\n')
  writeFileSync(config, `${settings}\n[gateways.other]\ntype = "outbox"\nfile = "other.jsonl"\n`)
  daemon.kill('SIGHUP')
  await daemon.waitForLine('"reloaded"')
  await untilTaken(shop, 5)
  const other = ['schedule', '--at', '10:00', '--gateway', 'other', '--name', 'other', '--quiet']
  expect(await shop.run(other)).toMatchObject({ code: 0 })
  await until(() => shop.states()['sent'] === 10)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
}, 60_000)
