// SIGHUP at a daemon whose files are spoilt one way after another: each is refused, and it sends by what it had.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until, untilTaken } from '../support/until.ts'

test('whatever became of configuration and token, the old ones go on; mended, the new ones do', async () => {
  const shop = await openShop()
  await shop.scheduleMany(2)
  await shop.run(['schedule', '--at', '10:00', '--on', '2021-10-23', '--name', 'waits', '--quiet'])
  const [config, token] = [join(shop.folder, 'notify.toml'), join(shop.folder, 'token.txt')]
  const settings = readFileSync(config, 'utf8')
  const mend = (): void => {
    for (const file of [config, token]) rmSync(file, { force: true, recursive: true })
    writeFileSync(config, settings, { mode: 0o600 })
    writeFileSync(token, 'a-token\n', { mode: 0o600 })
  }
  const instead = (file: string, make: (file: string) => unknown): void => {
    rmSync(file)
    make(file)
  }
  const fifo = (file: string): unknown => execFileSync('mkfifo', [file])
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 2)

  const refused = (): number => daemon.output().split('"reload-refused"').length - 1
  const spoil: readonly (() => void)[] = [
    () => instead(config, () => undefined),
    () => instead(config, mkdirSync),
    () => instead(config, fifo),
    () => writeFileSync(config, ''),
    () => writeFileSync(config, settings.slice(0, settings.indexOf('token_file'))), // as an editor leaves it for a moment
    () => writeFileSync(config, settings.replace('token_file = "token.txt"', 'token_env = "NOWHERE"')),
    () => writeFileSync(config, settings.replace('token.txt', '/dev/zero')),
    () => writeFileSync(config, settings.replaceAll('sms', 'mail')),
    () => instead(token, fifo),
    () => writeFileSync(token, 'one\ntwo\n'),
    () => instead(token, () => undefined),
  ]
  for (const [at, how] of spoil.entries()) {
    mend()
    how()
    daemon.kill('SIGHUP')
    await until(() => refused() === at + 1)
  }
  writeFileSync(join(shop.folder, 'other.toml'), settings.replace('token.txt', 'good.txt'))
  writeFileSync(join(shop.folder, 'good.txt'), 'a-token\n', { mode: 0o600 })
  const late = ['schedule', '--config', 'other.toml', '--at', '09:30', '--on', 'today', '--if-past', 'now', '--name']
  expect(await shop.run([...late, 'second'], TEN_IN_MOSCOW)).toMatchObject({ code: 0 })
  await untilTaken(shop, 4) // by the token that is nowhere any more
  expect(daemon.output()).not.toContain('"reloaded"')
  mend()
  daemon.kill('SIGHUP')
  await daemon.waitForLine('"reloaded"')
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  expect(shop.states()).toEqual({ sent: 4, scheduled: 2 })
}, 60_000)
