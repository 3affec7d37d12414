// A day of an operator who reads Russian: what every command says to her, on her terminal, colours taken off.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { openApp } from '../../src/app.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { tellError } from '../../src/cli/exit.ts'
import { spoken } from '../../src/cli/language.ts'
import { runProgram } from '../../src/cli/program.ts'
import { systemClock } from '../../src/clock.ts'
import { EXIT } from '../../src/domain/errors.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { fakeCli } from './cli.ts'
import { scriptedGateway } from './world.ts'

export interface Heard {
  /** As it was typed, after `notify`. */
  readonly line: string
  readonly code: number
  /** Both streams. */
  readonly said: string
}

/** Plays the lines one after another on a wide terminal. '@ INSTANT' sets the clock; 'anna: …' is what another one types. */
export const playDay = async (folder: string, lines: string): Promise<readonly Heard[]> => {
  let [start, began] = [Date.parse('2026-11-20T12:00:00Z'), systemClock.now()]
  const clock = { ...systemClock, now: () => start + systemClock.now() - began }
  const sms = smsGateway()
  const open: Cli['openApp'] = async (options) => {
    const app = await openApp(options)
    const { gateway } = app
    return Object.assign(app, { gateway: async (name: string) => (name === 'sms' ? sms : gateway(name)) })
  }
  const heard: Heard[] = []
  for (const line of lines.split('\n').filter((each) => each !== '')) {
    if (line.startsWith('@ ')) [start, began] = [Date.parse(line.slice(2)), systemClock.now()]
    else heard.push(await hear(line, { ...fakeCli({ store: {}, clock, cwd: folder, tty: true }).cli, openApp: open }))
  }
  return heard
}

const hear = async (line: string, cli: Cli): Promise<Heard> => {
  const [, who = 'olga', typed = ''] = /^(?:(\w+): )?(.*)$/.exec(line) ?? []
  const args = [...typed.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  let said = ''
  let code: number = EXIT.done
  const screen = { write: (text: string) => (said += text), isTTY: true, columns: 200 }
  const config = join(cli.cwd, 'day.toml')
  const env = { LANG: 'ru_RU.UTF-8', USER: who, FORCE_COLOR: '1', NOTIFY_CONFIG: config }
  const screens = await spoken({ out: screen, err: screen }, args, env)
  const own: Cli = { ...cli, env, ...screens, exit: (wanted) => (code = wanted) }
  try {
    await runProgram(own, args)
  } catch (error) {
    code = tellError(own, error, { json: false, debug: false })
  }
  return { line, code, said: stripVTControlCharacters(said) }
}

/** By the last digit of the phone: refuses, says what nobody understands, cannot now; else accepts. */
const smsGateway = (): Gateway => {
  const gateway = scriptedGateway('sms', { ratePerSecond: 200, honoursKey: false, onUnknown: 'hold' })
  gateway.answer = ({ address }) => {
    if (address.endsWith('7')) return { kind: 'refused', reason: 'gateway answered 400: нет такого абонента' }
    if (address.endsWith('8')) return { kind: 'unknown', reason: 'no answer in 10 s' }
    if (address.endsWith('9')) return { kind: 'unavailable', reason: 'connection refused' }
    return { kind: 'accepted', ref: 'a-1' }
  }
  return gateway
}

const NAMES = ['Амурская область', 'Смоленская область', 'Самарская область']

const LIST = Array.from(
  { length: 10 },
  (_, i) => `К${i};+7916123456${i};ООО «Ромашка ${i}»;${NAMES[i % 3]};опт;${i === 5 ? 'да' : ''}`,
)

const FILES: Readonly<Record<string, string>> = {
  'token.txt': 'a-token',
  'day.toml': `database = "day.db"
zone = "Europe/Moscow"
test_addresses = ["+79160000000"]
[defaults]
gateway = "sms"
text = "Здравствуйте, {{ name }}! Ждём заявку."
[gateways.sms]
type = "http"
preset = "probe"
url = "http://127.0.0.1:9"
token_file = "token.txt"
rate = "200/s"
[gateways.outbox]
type = "outbox"`,
  'second.toml': 'database = "day.db"\nzone = "Europe/Moscow"\napproval = true\n[defaults]\ntext = "Цена"',
  'empty.toml': 'database = "empty.db"\nzone = "Europe/Moscow"',
  'wrong.toml': 'database = 3\nzone = "Marx/Stadt"\ncolour = true\n[defaults]\nuntil = "25:00"',
  'list.csv': `id;phone;name;district;tag;unsubscribed\n${LIST.join('\n')}`,
  'again.csv':
    'id;phone;name;district\nК0;+79161234560;ООО «Лютик»;Нигде\nК11;+79161234599;Новый;Нигдее\nК12;+79161234598;Иной;Где-то',
  'bad.csv':
    'id;phone;name;zone\nА1;нет;Пустой;\nА2;+79161234500;Марс;Mars/One\nА3;;;\nА4;+79161234501;Добрый;Asia/Omsk\nА5;+79161234501;Второй;Asia/Omsk',
  'only-bad.csv': 'id;phone\nА1;нет',
  'zones.csv': 'district;zone\nНигде;Asia/Omsk\nСамарская область;Asia/Omsk',
  'bad-zones.csv': 'district;zone\nНигде;Mars/One\n;Asia/Omsk',
  'strange.csv': 'кто;что\nа;б',
  'empty.csv': '',
  'phones.txt': '+7 921 555-00-00\nглупость',
}

/** Her folder: configurations, and lists in several states of order. */
export const layOut = (folder: string): void => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 })
}
