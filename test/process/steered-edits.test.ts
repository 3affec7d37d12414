// Operators edit, replan, cancel and retry, each in a process of their own and in any order, while a daemon sends.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Act, answer, type GatewayServer, gatewayServer, yes } from '../support/gateway-server.ts'
import { seededRandom } from '../support/seeded.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const ROWS = 1_000
const COMMANDS = 12
/** Rows at the end of the mailing: their turn has not come when they are cancelled or move. */
const LAST = ROWS - COMMANDS

/** What was moved is due at the next full hour only. */
const SOON = Date.parse(TEN_IN_MOSCOW) + 60_000

interface Taken {
  /** Texts that were taken, by phone. */
  readonly texts: Map<string, string[]>
  readonly bodies: Map<string, string>
  /** Keys that came with another body the second time. */
  readonly changed: string[]
}

/** Answers after 20 ms, so that the rows outlast the first commands; each tenth phone is refused at first. Remembers what it took. */
const slowGateway = async (): Promise<{ readonly server: GatewayServer; readonly taken: Taken }> => {
  const taken: Taken = { texts: new Map(), bodies: new Map(), changed: [] }
  const refused = new Set<string>()
  const act: Act = (socket, request) => {
    const [, key = ''] = /\/v1\/send\/(\d+)/.exec(request) ?? []
    const body = Buffer.from(request.slice(request.indexOf('\r\n\r\n') + 4), 'latin1').toString()
    const { phone, text } = JSON.parse(body) as { readonly phone: number; readonly text: string }
    const isNew = !taken.bodies.has(key)
    if (!isNew && taken.bodies.get(key) !== body) taken.changed.push(key)
    taken.bodies.set(key, body)
    const address = String(phone)
    const isRefused = address.endsWith('7') && !refused.has(address)
    if (isRefused) refused.add(address)
    else if (isNew) taken.texts.set(address, [...(taken.texts.get(address) ?? []), text])
    setTimeout(() => (isRefused ? answer(400, 'no such phone') : yes)(socket, request), 20)
  }
  return { server: await gatewayServer(act), taken }
}

const number = (shop: Shop, sql: string): number => shop.sql((db) => Number(db.prepare(sql).pluck().get()))

/** What an operator types; `i` makes each one different. */
const ACTS: readonly ((i: number) => readonly string[])[] = [
  (i) => ['mailings', 'edit', '1', '--text', `No. ${i}, {{ name }}`, '--yes'],
  (i) => ['mailings', 'edit', '1', '--until', `${20 - (i % 3)}:00`, '--yes'],
  () => ['mailings', 'replan', '1', '--yes'],
  (i) => ['recipients', 'edit', `S${LAST + i}`, '--zone', 'Europe/Kaliningrad'],
  (i) => ['messages', 'cancel', String(LAST - i), '--yes'],
  () => ['retry', '1', '--yes'],
]

test('edit, replan, cancel and retry in any order while a daemon sends: no doubles, no text of another, every row ends', async () => {
  const shop = await openShop({ concurrency: 8 })
  const { server, taken } = await slowGateway()
  const config = join(shop.folder, 'notify.toml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(shop.sandbox.url, server.url))
  await shop.scheduleMany(ROWS)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  const began = performance.now()
  await until(() => server.requests.length >= 50)
  const random = seededRandom(20_211_022)
  for (let i = 1; i <= COMMANDS; i += 1) {
    const act = i <= ACTS.length ? ACTS[i - 1] : ACTS[Math.floor(random() * ACTS.length)]
    const args = act?.(i) ?? []
    const now = new Date(Date.parse(TEN_IN_MOSCOW) + performance.now() - began) // the daemon's clock went on
    const { code, stderr } = await shop.run(args, now.toISOString())
    expect([0, 4, 6], `${args.join(' ')}: ${stderr}`).toContain(code) // what is to be cancelled may have left
  }
  await until(() => number(shop, `select count(*) from messages where state = 'sending' or due_at < ${SOON}`) === 0)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  expect((await shop.run(['retry', '1', '--yes'], '2021-10-22T08:00:00Z')).code).toBe(0)
  expect((await shop.run(['run-due'], '2021-10-22T08:00:01Z')).code).toBe(0)

  const { sent = 0, cancelled = 0, ...others } = shop.states()
  expect(others).toEqual({})
  expect(sent + cancelled).toBe(ROWS)
  expect(cancelled).toBeGreaterThan(0)
  expect(taken.changed).toEqual([])
  expect(taken.texts.size).toBe(sent)
  expect([...taken.texts.values()].filter((texts) => texts.length !== 1)).toEqual([])
  for (const [phone, [text = '']] of taken.texts) {
    expect(text).toMatch(new RegExp(`^(Good morning|No\\. \\d+), Supplier ${Number(phone.slice(4))}$`))
  }
  expect([...taken.texts.values()].filter(([text]) => text?.startsWith('No.')).length).toBeGreaterThan(0)
  expect(number(shop, "select count from mailing_counts where state = 'sent'")).toBe(sent)
}, 120_000)
