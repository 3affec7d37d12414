// What `notify districts list` and `edit` do, and what they say.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { editDistrict, type SavedDistrict } from '../../flow/edit-district.ts'
import type { District } from '../../store/district-store.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { DistrictsOptions, EditDistrictOptions } from '../commands/districts.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { printJsonList } from '../screen/json-lines.ts'
import { type Look, lookOf } from '../screen/look.ts'
import { drawPlain, drawTable } from '../table.ts'
import { TABLE_ROWS } from './limit.ts'
import { operatorAct } from './operator-act.ts'

export const listDistricts = async (cli: Cli, app: App, options: DistrictsOptions): Promise<void> => {
  const known = await app.store.listDistricts()
  const all = options.withoutZone === true ? known.filter(({ zone }) => zone === null) : known
  const isForPrograms = options.json !== undefined || options.plain === true
  const districts = all.slice(0, options.limit ?? (isForPrograms ? all.length : TABLE_ROWS))
  if (options.json !== undefined) return printJsonList(cli, options.json, inOnePage(districts.map(documentOf)))
  if (options.plain === true) {
    const rows = districts.map(({ name, zone, recipients, otherNames }) => ({
      name,
      zone,
      recipients,
      otherNames: otherNames.join(','),
    }))
    return print(cli.out, drawPlain(['name', 'zone', 'recipients', 'otherNames'], rows))
  }
  print(cli.out, drawDistricts(districts, all.length - districts.length, lookOf(cli, options, cli.out)))
  const open = known.find(({ zone }) => zone === null)
  hint(
    cli,
    options,
    open === undefined
      ? 'Next: notify schedule --at 10:00 --dry-run'
      : `Next: notify districts edit "${visible(open.name)}" --zone ZONE, or notify import timezones --preset ru`,
  )
}

async function* inOnePage<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  yield rows
}

const documentOf = ({ name, zone, recipients, otherNames }: District) => ({ name, zone, recipients, otherNames })

const drawDistricts = (districts: readonly District[], more: number, look: Look): string => {
  if (districts.length === 0) return 'No districts.'
  return drawTable(
    [
      { title: 'DISTRICT', cutTo: 20, cell: ({ name }) => name },
      {
        title: 'ZONE',
        cell: ({ zone }) => zone ?? look.word('no zone'),
        paint: ({ zone }) => (zone === null ? 'yellow' : null),
      },
      { title: 'RECIPIENTS', align: 'right', cell: ({ recipients }) => look.count(recipients) },
      { title: 'ALSO', wrapTo: 16, leavesFirst: 1, cell: ({ otherNames }) => otherNames.join(', ') },
    ],
    districts,
    look,
    more,
  )
}

export const edit = async (cli: Cli, app: App, options: EditDistrictOptions, district: string): Promise<void> => {
  const { zone, name, also: otherNames, dryRun = false } = options
  if (zone === undefined && name === undefined && otherNames.length === 0)
    throw new Fixable('usage', 'it is not said what is to change', 'Say it with --zone, --name or --also.')
  const request = { district, zone, name, otherNames, dryRun }
  const edited = await editDistrict(app, request, operatorAct(cli, options.reason))
  if (options.json !== undefined) {
    const { before, after, namesAdded, recipientsMoved } = edited
    return printJson(cli, { dryRun, ...after, before, namesAdded, recipientsMoved })
  }
  if (options.quiet === true) return
  print(cli.out, said(cli, options, dryRun, edited))
  if (edited.recipientsMoved > 0 && !dryRun) hint(cli, options, 'Next: notify mailings replan')
}

/** 'Changed Амурская область: zone UTC+9 → Asia/Yakutsk. 204 recipients get another zone.' */
const said = (cli: Cli, options: CommonOptions, dryRun: boolean, edited: SavedDistrict): string => {
  const { before, after, namesAdded, recipientsMoved } = edited
  const { blocks, count } = lookOf(cli, options, cli.out)
  const arrow = blocks ? '→' : '->'
  const parts = [
    ...(before.zone === after.zone ? [] : [`zone ${before.zone ?? 'none'} ${arrow} ${after.zone ?? 'none'}`]),
    ...(before.name === after.name ? [] : [`name ${arrow} ${after.name}`]),
    ...(namesAdded.length === 0 ? [] : [`also called ${namesAdded.join(', ')}`]),
  ]
  if (parts.length === 0) return visible(`Nothing of ${before.name} is another than it was.`)
  const done = dryRun ? 'Dry run: would change' : 'Changed'
  const moved = `${counted(recipientsMoved, 'recipient', count)} ${recipientsMoved === 1 ? 'gets' : 'get'} another zone.`
  return visible(`${done} ${before.name}: ${parts.join('; ')}. ${before.zone === after.zone ? '' : moved}`.trimEnd())
}
