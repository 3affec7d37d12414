// A token that sings: whatever command is run, whatever a gateway or a file does with it, it is nowhere but where it was put.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clockShim, runNotify, startNotify } from '../support/binary.ts'
import { type Act, answer, bytes, gatewayServer, yes } from '../support/gateway-server.ts'
import { openShop, type Shop } from '../support/shop.ts'

const CANARY = 'K4nar13nvog3l/singt+laut'
const FORMS = [
  CANARY,
  CANARY.slice(0, 8),
  encodeURIComponent(CANARY),
  Buffer.from(CANARY).toString('base64').slice(0, 20),
]

const expectSilence = (where: string, text: string): void => {
  for (const form of FORMS) expect(text.includes(form), `${form} is in ${where}: ${text.slice(0, 2_000)}`).toBe(false)
}

/** Everything below the folder but what the operator wrote the token into. */
const expectSilentFiles = (shop: Shop, ...own: readonly string[]): void => {
  for (const entry of readdirSync(shop.folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })) {
    if (!entry.isFile() || own.includes(entry.name)) continue
    expectSilence(entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  }
}

const loud = { NOTIFY_LOG_LEVEL: 'debug', NOTIFY_DEBUG: '1' }

const openBirdhouse = async (...acts: readonly Act[]) => {
  const shop = await openShop({ concurrency: 1 })
  const gateway = await gatewayServer(...acts)
  const config = join(shop.folder, 'notify.toml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(shop.sandbox.url, gateway.url))
  writeFileSync(join(shop.folder, 'token.txt'), `${CANARY}\n`)
  const ran = new Set<string>()
  const run = async (args: readonly string[], at = '2021-10-22T08:00:00Z'): Promise<string> => {
    ran.add(args[0] ?? '')
    const { stdout, stderr } = await runNotify(args, { cwd: shop.folder, env: { ...clockShim(at), ...loud } })
    expectSilence(args.join(' '), stdout + stderr)
    return stdout + stderr
  }
  return { shop, gateway, config, run, ran }
}

/** Answers that repeat what they were sent. */
const ECHOES: readonly Act[] = [
  answer(400, `{"error":"Bearer ${CANARY} is barred"}`),
  answer(200, `<html>${CANARY}</html>`),
  answer(200, `{"code":1,"message":"${CANARY}"}`),
  answer(500, CANARY),
  answer(302, CANARY, { location: `http://127.0.0.1/${encodeURIComponent(CANARY)}?token=${CANARY}` }),
  bytes(`HTTP/1.1 200 ${CANARY}\r\ncontent-length: zz${CANARY}\r\n\r\n${CANARY}`, 'close'),
  bytes(`${CANARY}\r\n\r\n`, 'reset'),
  answer(401, `{"token":"${CANARY}"}`),
  answer(400, `cut: ${CANARY.slice(0, 12)}, escaped: ${CANARY.replace('/', '\\\\/')}, ${encodeURIComponent(CANARY)}`),
  answer(400, Buffer.from(CANARY).toString('base64')),
  answer(422, JSON.stringify({ headers: { authorization: `Bearer ${CANARY}` } })),
]

test('every command is silent about it, though the gateway repeats it in every answer', async () => {
  const { shop, gateway, run, ran } = await openBirdhouse(...ECHOES, yes)
  await shop.scheduleMany(12)
  for (const [i] of ECHOES.entries())
    await run(['run-due', '-v'], `2021-10-22T${String(7 + i).padStart(2, '0')}:30:00Z`)
  expect(gateway.requests.length).toBeGreaterThanOrEqual(ECHOES.length)
  expect(gateway.requests.every((request) => request.includes(`Bearer ${CANARY}`))).toBe(true)

  const daemon = startNotify(['daemon', '-vv'], {
    cwd: shop.folder,
    env: { ...clockShim('2021-10-23T08:00:00Z'), ...loud },
  })
  await daemon.waitForLine('daemon-started')
  daemon.kill('SIGHUP')
  await daemon.waitForLine('"reloaded"')
  daemon.kill('SIGTERM')
  const { stdout, stderr } = await daemon.exit
  expectSilence('daemon', stdout + stderr)

  for (const words of [
    'import suppliers suppliers.csv -v',
    'schedule --at 10:00 --name two --dry-run --json',
    'stats',
    'stats 1 --json',
    'mailings --json',
    'mailings pause 1 -v',
    'mailings resume 1 -v',
    'messages list 1 --json=lines',
    'messages list 1 --plain',
    'gateways list --json',
    'gateways pause sms -v',
    'gateways resume sms -v',
    'hold -v',
    'release -v',
    'backup copy.db -v',
    'version --json',
    'help environment',
    'log 1 --json',
    'report --daily',
    'recipients list --json',
    'districts --json',
    'block +79990000000',
    'blocklist',
    'unblock +79990000000',
    'preview 1',
    'test 1 --to +79990000001',
    'retry 1 --dry-run -v',
    'doctor -v',
    'prune --older-than 180d --yes',
    'config --json',
    'completion bash',
    'restore copy.db --yes -v',
    'reconcile -v',
    'init',
  ]) {
    await run(words.split(' '))
  }
  expectSilentFiles(shop, 'token.txt')

  const { stdout: help } = await runNotify(['--help'], { cwd: shop.folder })
  const commands = [...help.matchAll(/^ {2}([a-z]+(?:-[a-z]+)*) /gm)].map(([, name]) => name ?? '')
  const apart = ['daemon', 'demo', 'sandbox'] // run above; with a token of its own; it has none
  expect(commands.filter((name) => !ran.has(name) && !apart.includes(name))).toEqual([])
}, 120_000)

test.each([
  ['a token of two lines', 'token.txt', `abc\n${CANARY}\n`, 'token.txt has characters that no header can carry'],
  [
    'a token in the configuration',
    'notify.toml',
    `[gateways.sms]\ntype = "http"\ntoken = "${CANARY}"\n`,
    'a secret does not',
  ],
  ['a configuration that is broken beside it', 'notify.toml', `token = "${CANARY}\nx = `, 'notify.toml, line 1'],
  [
    'a password in an address',
    'notify.toml',
    `[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "http://user:${CANARY}@127.0.0.1"\n`,
    'without user name, password',
  ],
  [
    'a token as an address',
    'notify.toml',
    `[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "${CANARY}"\n`,
    'url',
  ],
])(
  '%s: the setting is named, not the value',
  async (_, file, text, says) => {
    const { shop, run } = await openBirdhouse(yes)
    await shop.scheduleMany(1)
    writeFileSync(join(shop.folder, file), text)
    expect(await run(['run-due', '-v', '--debug'])).toContain(says)
    await run(['gateways', 'list', '--json', '--debug'])
    expectSilentFiles(shop, 'token.txt', 'notify.toml')
  },
  60_000,
)
