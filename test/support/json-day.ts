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
}

export const openDesk = (): Desk => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'list.csv'),
    `id,phone,name,district,tag
S1,+79161234567,ООО «Ромашка»,Амурская область,vip
S2,+79161234568,Björk & Söhne,Московская область,test
S3,+79161234569,東京支店,Самарская область,vip
S4,+79161234570,ИП Ёлкина,Нигде,
`,
  )
  const clock = clockFrom(EVENING)
  const own = { ...SURROUNDINGS, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  return {
    folder,
    run: async (args, { env } = {}) => {
      const said = await runHere(args, { cwd: folder, env: { ...own, ...env }, clock })
      return { code: said.code, out: said.stdout, err: said.stderr }
    },
  }
}

/** The command whose answer it is, and its words; each ends with 0. */
export interface Line {
  readonly command: string
  readonly args: readonly string[]
}

const line = (command: string, rest = ''): Line => ({
  command,
  args: [...command.split(' '), ...(rest === '' ? [] : rest.split('|'))],
})

/** In this order: each stands on what those before it did. */
export const JSON_DAY: readonly Line[] = [
  line('init'),
  line('config'),
  line('doctor'),
  line('version'),
  line('import timezones', '--preset|ru'),
  line('import recipients', 'list.csv|--dry-run'),
  line('import recipients', 'list.csv'),
  line('import undo', '--dry-run'),
  line('districts'),
  line('districts list'),
  line('districts edit', 'Нигде|--zone|Asia/Omsk'),
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
  line('recipients export', 'book.csv'),
  line('block', '+79160000001'),
  line('blocklist'),
  line('unblock', '+79160000001'),
  line('schedule', '--at|10:00|--dry-run'),
  line('schedule', '--at|10:00'),
  line('schedule', '--at|21:40|--on|today|--tag|test|--if-past|now|--until|23:59|--name|soon'),
  line('preview', '1'),
  line('test', '1|--to|+79160000000'),
  line('run-due'),
  line('stats'),
  line('stats', '1'),
  line('stats', '1|--by|zone'),
  line('mailings'),
  line('mailings list'),
  line('mailings show', '1'),
  line('mailings pause', '1'),
  line('mailings resume', '1'),
  line('mailings edit', '1|--at|11:00|--yes'),
  line('mailings replan', '1|--yes'),
  line('mailings clone', '1|--at|12:00|--name|again'),
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
  line('reconcile'),
  line('prune', '--older-than|180d|--yes'),
  line('restore', 'copy.db|--yes'),
  line('reconcile'),
]
