// What `notify stats --by …` does: messages counted by one thing -> JSON, TAB-separated values, CSV, or a screen.
import type { App } from '../../app.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { MESSAGE_STATES } from '../../domain/message.ts'
import { groupsBy } from '../../flow/stats.ts'
import type { Dimension } from '../../store/answer-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { StatsOptions } from '../commands/stats.ts'
import { excelCsv } from '../screen/excel-csv.ts'
import { drawGroups, groupJson, inOrder } from '../screen/groups-screen.ts'
import { lookOf } from '../screen/look.ts'
import { drawPlain } from '../table.ts'
import { TABLE_ROWS } from './limit.ts'

const KEYS = ['key', 'total', ...MESSAGE_STATES] as const
const HOUR_KEYS = [...KEYS, 'sentThen'] as const

export const showGroups = async (
  cli: Cli,
  app: App,
  options: StatsOptions,
  by: Dimension,
  mailing: Mailing | null,
): Promise<void> => {
  const all = inOrder(await groupsBy(app, mailing?.id ?? null, by), by)
  const isForPrograms = options.json !== undefined || options.plain === true || options.csv === true
  const groups = all.slice(0, options.limit ?? (isForPrograms ? all.length : TABLE_ROWS))
  const json = groups.map((group) => groupJson(group, by))
  if (options.json !== undefined) {
    return printJson(cli, { by, mailing: mailing === null ? null : String(mailing.id), groups: json })
  }
  const rows = json.map(({ key, total, states, sentThen = 0 }) => Object.assign({ key, total, sentThen }, states))
  const keys = by === 'hour' ? HOUR_KEYS : KEYS
  if (options.csv === true) return void cli.out.write(excelCsv(keys, rows))
  if (options.plain === true) return print(cli.out, drawPlain(keys, rows))
  const look = lookOf(cli, options, cli.out)
  print(cli.out, drawGroups(groups, by, { operatorZone: app.operatorZone, more: all.length - groups.length, look }))
}
