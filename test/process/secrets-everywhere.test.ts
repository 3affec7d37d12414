// G1, G3, G4: a token in a file and one in the environment; every command there is, and every way to hand a secret over wrongly.
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { wholeProgram } from '../../src/cli/program.ts'
import { clockShim, runNotify, startNotify } from '../support/binary.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { answer, gatewayServer, selfSignedServer, yes } from '../support/gateway-server.ts'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

/** What the shop's own token file has is one of them. */
const CANARIES = ['Zaunk0enig-in+der/Datei', 'R0tkehlchen=der&Umgebung']

const formsOf = (secret: string): readonly string[] => [
  secret,
  secret.slice(0, 8),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').slice(0, 20),
  Buffer.from(` ${secret}`).toString('base64').slice(2, 20),
  Buffer.from(`  ${secret}`).toString('base64').slice(3, 20),
  Buffer.from(secret).toString('hex').slice(0, 20),
]

const expectSilence = (where: string, text: string): void => {
  for (const form of CANARIES.flatMap(formsOf))
    expect(text.includes(form), `${form} is in ${where}: ${text.slice(0, 2_000)}`).toBe(false)
}

const openAviary = async (urls: { readonly file: string; readonly env: string }, more = '') => {
  const shop = await openShop()
  writeFileSync(join(shop.folder, 'token.txt'), `${CANARIES[0]}\n`, { mode: 0o600 })
  const config = readFileSync(join(shop.folder, 'notify.toml'), 'utf8').replace(shop.sandbox.url, urls.file)
  writeFileSync(
    join(shop.folder, 'notify.toml'),
    `${config}\n[gateways.mms]\ntype = "http"\npreset = "probe"\nurl = "${urls.env}"\ntoken_env = "MMS_TOKEN"\n${more}`,
    { mode: 0o600 },
  )
  const env = (at: string): Record<string, string> => ({
    ...clockShim(at),
    MMS_TOKEN: CANARIES[1] ?? '',
    NOTIFY_LOG_LEVEL: 'debug',
    NOTIFY_DEBUG: '1',
  })
  const run = async (args: readonly string[], at = TEN_IN_MOSCOW) => {
    const finished = await runNotify(args, { cwd: shop.folder, env: env(at), timeoutMs: 60_000 })
    expectSilence(args.join(' '), finished.stdout + finished.stderr)
    return finished
  }
  const expectSilentFiles = (): void => {
    for (const entry of readdirSync(shop.folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })) {
      if (!entry.isFile() || entry.name === 'token.txt') continue
      expectSilence(entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    }
  }
  return { shop, env, run, expectSilentFiles }
}

/** One line for each command that there is; those that stay are ended after a moment. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  'import recipients': ['suppliers.csv', '--skip-bad', '--reject-file', 'rejected.csv'],
  'import timezones': ['--preset', 'ru'],
  schedule: ['--at', '10:00', '--on', '2021-10-23', '--gateway', 'mms'],
  'run-due': [],
  daemon: ['--grace', '1s'],
  stats: ['1'],
  'mailings list': [],
  'mailings show': ['1'],
  'mailings pause': ['1'],
  'mailings resume': ['1'],
  'mailings cancel': ['1', '--yes'],
  'messages list': ['1'],
  'gateways list': [],
  'gateways pause': ['sms'],
  'gateways resume': ['sms'],
  hold: ['--reason', 'a look'],
  release: [],
  backup: ['copy.db'],
  restore: ['copy.db', '--yes'],
  reconcile: [],
  init: ['--force'],
  demo: [],
  sandbox: ['--port', '0'],
  version: [],
  help: ['environment'],
}
/** These end when they are told to. */
const STAYING = ['daemon', 'sandbox', 'demo']

const leavesOf = (command: Command, path: readonly string[] = []): readonly string[] =>
  command.commands.length === 0
    ? [path.join(' ')]
    : command.commands.flatMap((each) => leavesOf(each, [...path, each.name()]))

/** test/process/secrets.test.ts plays every command once; here each is played twice, which takes half a minute. */
const isLong = process.env['NOTIFY_SOAK'] !== undefined

test.skipIf(!isLong)(
  'every command, told to say all it knows: nothing of a token in what it prints and in what it writes',
  async () => {
    const { cli } = fakeCli({ store: {}, clock: handClock('2021-10-22T07:00:00Z') })
    const commands = leavesOf(await wholeProgram(cli))
    expect(commands.toSorted()).toEqual(Object.keys(LINES).toSorted()) // a new command wants its line

    const gateway = await gatewayServer(yes)
    const { shop, env, run, expectSilentFiles } = await openAviary({ file: gateway.url, env: gateway.url })
    await shop.scheduleMany(3)
    // in an order in which each finds something to do; init comes last, since it replaces the configuration
    const order = [...commands].toSorted((a, b) => Number(a === 'init') - Number(b === 'init'))
    for (const command of order) {
      for (const flags of [['-vv'], ['--debug', '--json']]) {
        const args = [...command.split(' '), ...(LINES[command] ?? []), ...flags]
        if (!STAYING.includes(command)) {
          await run(args)
          continue
        }
        const staying = startNotify(args, { cwd: shop.folder, env: env(TEN_IN_MOSCOW) })
        await staying.waitForLine(/./).catch(() => undefined)
        if (process.platform === 'linux')
          expectSilence(`cmdline of ${command}`, readFileSync(`/proc/${staying.pid}/cmdline`, 'latin1'))
        staying.kill('SIGTERM')
        expectSilence(command, (await staying.exit).stderr + staying.output())
      }
    }
    expect(gateway.requests.join('')).toContain(`Bearer ${CANARIES[0]}`) // it sang where it should
    expectSilentFiles()
  },
  180_000,
)

test('a gateway behind a certificate that nobody signed, and one that says 401: told, and not a letter of the token', async () => {
  const [bare, rude] = [await selfSignedServer(yes), await gatewayServer(answer(401, `no ${CANARIES[1]}`))]
  const { shop, run, expectSilentFiles } = await openAviary({ file: bare.url, env: rude.url })
  await shop.scheduleMany(3)
  await run(
    ['schedule', '--at', '10:00', '--gateway', 'mms', '--name', 'two', '--text', 'x', '--on', '2021-10-22', '-v'],
    '2021-10-21T18:50:00Z',
  )
  const pass = await run(['run-due', '-vv', '--debug'])
  expect(pass.stderr).toContain('no trusted TLS connection')
  expect(pass.stderr).toContain('401')
  expect(rude.requests.join('')).toContain(`Bearer ${CANARIES[1]}`)
  expect(bare.requests).toEqual([])
  for (const words of [
    'gateways list',
    'gateways list --json',
    'messages list 1 --json',
    'messages list 2',
    'stats --json',
  ])
    await run([...words.split(' '), '-v', '--debug'])
  expectSilentFiles()
}, 60_000)

test.each([
  ['token_env', `abc\n${CANARIES[1]}`, 'MMS_TOKEN has characters that no header can carry'],
  ['token_env', '   ', 'MMS_TOKEN is empty'],
])('%s with %j: the variable is named, not its value', async (_, token, says) => {
  const { shop, env } = await openAviary({ file: 'http://127.0.0.1:9', env: 'http://127.0.0.1:9' })
  const args = ['schedule', '--at', '10:00', '--gateway', 'mms', '--text', 'x', '--debug', '-v']
  const { code, stdout, stderr } = await runNotify(args, {
    cwd: shop.folder,
    env: { ...env(TEN_IN_MOSCOW), MMS_TOKEN: token },
  })
  expect(code).toBe(3)
  expect(stderr).toContain(says)
  expectSilence('schedule', stdout + stderr)
})

test.each([
  [['schedule', '--at', '10:00', `--token=${CANARIES[0]}`], 'unknown option "--token"'],
  [['schedule', '--at', '10:00', '--token', CANARIES[0] ?? ''], 'unknown option "--token"'],
  [['run-due', `--sms-token=${CANARIES[0]}`], 'unknown option "--sms-token"'],
  [['stats', `--passwd=${CANARIES[0]}`], 'unknown option "--passwd"'],
  [['mailings', `--api-key=${CANARIES[0]}`], 'unknown option "--api-key"'],
  [[`--password=${CANARIES[0]}`], 'unknown option "--password"'],
])('a secret by flag, %j: refused, not repeated, and told where it belongs', async (args, says) => {
  const { run } = await openAviary({ file: 'http://127.0.0.1:9', env: 'http://127.0.0.1:9' })
  const { code, stderr } = await run(args)
  expect(code).toBe(2)
  expect(stderr).toContain(says)
  expect(stderr).toContain('name token_file or token_env in notify.toml')
})

test('another unknown option is told without what was given to it, with the nearest one', async () => {
  const { run } = await openAviary({ file: 'http://127.0.0.1:9', env: 'http://127.0.0.1:9' })
  const { code, stderr } = await run(['schedule', `--txt=${CANARIES[0]}`, '--at', '10:00'])
  expect(code).toBe(2)
  expect(stderr).toContain('unknown option "--txt"')
})

test('what others can read or change is told once a command, on stderr; cron is not told every minute', async () => {
  const { shop, run } = await openAviary({ file: 'http://127.0.0.1:9', env: 'http://127.0.0.1:9' })
  const [token, config] = [join(shop.folder, 'token.txt'), join(shop.folder, 'notify.toml')]
  expect(await run(['stats', '--quiet', '--json'])).toMatchObject({ code: 0 })
  expect((await run(['stats'])).stderr).not.toContain('Warning')

  chmodSync(token, 0o644)
  const told = await run(['stats', '--json'])
  expect(told.stderr).toBe(
    `Warning: everybody on this machine can read ${token} (gateways.sms.token_file): chmod 600 ${token}\n`,
  )
  expect(JSON.parse(told.stdout)).toMatchObject({ mailings: [] })
  expect((await run(['stats', '--quiet'])).stderr).toBe('')
  expect(await run(['run-due'])).toMatchObject({ code: 0, stdout: '', stderr: '' })

  chmodSync(token, 0o640) // a group of the service may read it
  expect((await run(['stats'])).stderr).not.toContain('Warning')
  chmodSync(config, 0o646)
  expect((await run(['gateways', 'list'])).stderr).toContain(
    `can change ${config}, and so where the token is sent: chmod o-w`,
  )
  chmodSync(config, 0o600)
  const open = join(shop.folder, 'open')
  mkdirSync(open)
  chmodSync(open, 0o777)
  writeFileSync(join(open, 'notify.toml'), 'database = "x.db"\n')
  expect((await run(['stats', '-c', 'open/notify.toml'])).stderr).toContain(`can replace ${join(open, 'notify.toml')}`)
})

test('no phone and no text stands in what run-due and the daemon say, though the gateway repeats the phone', async () => {
  const echo = answer(400, '{"error":"+79160000000 79160000001 8 (916) 000-00-02"}')
  const gateway = await gatewayServer(echo, answer(500, '79160000002'), yes)
  const { shop, env, run } = await openAviary({ file: gateway.url, env: gateway.url })
  await shop.scheduleMany(4)
  const personal = /916\D*000\D*00\D*0|Supplier|Good morning/
  const pass = await run(['run-due', '-vv', '--debug'])
  expect(pass.stderr).toContain('"event":"failed"')
  expect(pass.stdout + pass.stderr).not.toMatch(personal)
  const daemon = startNotify(['daemon', '-vv', '--debug'], { cwd: shop.folder, env: env('2021-10-22T08:00:00Z') })
  await daemon.waitForLine('"event":"sent"')
  daemon.kill('SIGTERM')
  await daemon.exit
  expect(daemon.output()).not.toMatch(personal)
}, 60_000)
