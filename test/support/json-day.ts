// A day in which every command that speaks JSON says something: in one folder, with the real application, in order.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunOptions } from './binary.ts'
import { temporaryFolder } from './database.ts'
import { clockFrom, runHere } from './here.ts'
import { EVENING } from './shop.ts'

export interface Desk {
  readonly folder: string
  /** The real application, in this process; time goes on from the evening of the worked example. */
  run(
    args: readonly string[],
    more?: Pick<RunOptions, 'env'>,
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

const SURROUNDINGS = {
  LANG: 'C.UTF-8',
  USER: 'olga',
  NOTIFY_TZ: 'Europe/Moscow',
  NOTIFY_TEST_ADDRESSES: '+79160000000',
  NOTIFY_GATEWAYS_OUTBOX_TYPE: 'outbox',
  NOTIFY_GATEWAYS_OUTBOX_RATE: '200/s', // by it they are forecast
  NOTIFY_GATEWAYS_BROKEN_TYPE: 'outbox',
  NOTIFY_GATEWAYS_BROKEN_FILE: '.', // a folder takes no messages
}

const FILES = {
  'list.csv': `id,phone,name,district,tag,rank
S1,+79161234567,ООО «Ромашка»,Амурская область,vip,gold
S2,+79161234568,Björk & Söhne,Московская область,test,
S3,+79161234569,東京支店,Самарская область,vip,
S4,+79161234570,ИП Ёлкина,Нигде,,
S5,+79161234571,ИП Белкина,Нигде,,
`,
  'more.csv': 'id,phone,name\nS1,+79161234567,ООО «Роза»\nS9,none,Nobody\n',
  'zones.csv': 'district,zone\nНигде,Mars/Base\n',
  'blocked.txt': '+79160000002\nnobody\n',
}

export const openDesk = (): Desk => {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  const clock = clockFrom(EVENING)
  const text = 'Здравствуйте, {{ contact_person | default: name }}!'
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const own = { ...SURROUNDINGS, ...home, NOTIFY_DEFAULTS_TEXT: text }
  return {
    folder,
    run: async (args, { env } = {}) => {
      const said = await runHere(args, { cwd: folder, env: { ...own, ...env }, clock })
      return { code: said.code, out: said.stdout, err: said.stderr }
    },
  }
}

/** The command whose answer it is, its words, and how it ends. */
export interface Line {
  readonly command: string
  readonly args: readonly string[]
  readonly code: number
}

const line = (command: string, rest = '', code = 0): Line => ({
  command,
  args: [...command.split(' '), ...(rest === '' ? [] : rest.split('|'))],
  code,
})

/** In this order: each stands on what those before it did. */
export const JSON_DAY: readonly Line[] = [
  line('init'),
  line('config'),
  line('doctor', '', 7), // one of its gateways is a folder
  line('version'),
  line('import timezones', '--preset|ru'),
  line('import timezones', 'zones.csv', 4),
  line('import recipients', 'list.csv|--dry-run'),
  line('import recipients', 'list.csv'),
  line('import undo', '--dry-run'),
  line('import recipients', 'more.csv|--dry-run|--skip-bad', 4),
  line('districts'),
  line('districts list'),
  line('districts edit', 'Нигде|--zone|Asia/Omsk|--also|Nowhere'),
  line('recipients'),
  line('recipients list'),
  line('recipients show', '+79161234567'),
  line('recipients add', '--phone|+79161234599|--name|Anna|--zone|Asia/Omsk'),
  line('recipients edit', '+79161234599|--name|Anna P.'),
  line('recipients tag', 'gold|+79161234599'),
  line('recipients untag', 'gold|+79161234599'),
  line('recipients unsubscribe', '+79161234599'),
  line('recipients resubscribe', '+79161234599'),
  line('recipients remove', '+79161234599|--yes'),
  line('recipients unsubscribe', '+79161234571'),
  line('recipients export', 'book.csv'),
  line('block', '+79160000001'),
  line('block', 'blocked.txt|--dry-run|--skip-bad', 4),
  line('blocklist'),
  line('unblock', '+79160000001'),
  line('schedule', '--at|10:00|--dry-run'),
  line('schedule', '--at|10:00'),
  line('schedule', '--at|21:40|--on|today|--tag|test|--if-past|now|--until|23:59|--name|soon'),
  line(
    'schedule',
    '--at|14:00|--tag|vip|--not-tag|test|--operator-code|916|--district|Амурская область|--zone|Asia/Yakutsk|--attr|rank=gold',
  ),
  line('backup', 'early.db'),
  line('preview', '1'),
  line('preview', '--text|Dear {{ nobody_knows }}'),
  line('test', '1|--to|+79160000000'),
  line('run-due'),
  line('stats'),
  line('stats', '1'),
  line('stats', '1|--by|zone'),
  line('mailings'),
  line('mailings list'),
  line('mailings show', '1'),
  line('mailings show', '2'),
  line('mailings show', '3'),
  line('mailings pause', '1'),
  line('mailings resume', '1'),
  line('mailings edit', '1|--at|11:00|--yes'),
  line('mailings edit', '1|--at|14:00|--yes'),
  line('districts edit', 'Амурская область|--zone|Asia/Vladivostok'),
  line('recipients edit', '+79161234569|--district|Nowhere at all'),
  line('recipients show', '+79161234569'),
  line('mailings replan', '1|--yes'),
  line('mailings clone', '1|--at|12:00|--name|again|--if-no-zone|skip'),
  line('messages list', '1'),
  line('messages list', '2'),
  line('messages show', '1'),
  line('messages send-now', '1|--yes'),
  line('messages cancel', '2|--yes'),
  line('retry', '2'),
  line('gateways'),
  line('gateways list'),
  line('gateways pause', 'outbox'),
  line('gateways resume', 'outbox|--ramp|5m'),
  line('hold', '--reason|a test'),
  line('release'),
  line('report', '--daily'),
  line('log', '1'),
  line('log', 'message:1'),
  line('log', '+79161234567'),
  line('mailings cancel', '1|--yes'),
  line('backup', 'copy.db'),
  line(
    'schedule',
    '--at|21:45|--on|today|--gateway|broken|--tag|test|--if-past|now|--until|23:59|--name|stuck|--text|x',
  ),
  line('run-due', '', 7),
  line('messages list', 'stuck'),
  line('messages show', '13'),
  line('reconcile'),
  line('prune', '--older-than|180d|--yes'),
  line('restore', 'early.db|--yes'),
  line('reconcile'),
]
