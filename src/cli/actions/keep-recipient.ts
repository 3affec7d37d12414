// What `notify recipients add` and `edit` do, and what they say.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { nearestDistrict } from '../../domain/nearest-district.ts'
import type { WrittenRecipient } from '../../domain/recipient-change.ts'
import { WRITTEN_FIELDS } from '../../domain/recipient-content.ts'
import { visible } from '../../domain/visible.ts'
import { addRecipient, calledRecipient, type Edited, editRecipient } from '../../flow/keep-recipient.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import { FIELD_FLAGS, type FieldOptions, fieldCleared } from '../commands/recipient-flags.ts'
import type { EditOptions } from '../commands/recipients-write.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { lookOf } from '../screen/look.ts'
import { recipientJson } from '../screen/recipient-json.ts'
import { operatorAct } from './operator-act.ts'
import { recipientNamed } from './recipient-argument.ts'
import { warnOfLog } from './warn-of-log.ts'

export const add = async (cli: Cli, app: App, options: FieldOptions): Promise<void> => {
  const by = operatorAct(cli, options.reason)
  const recipient = await addRecipient(app, writtenOf(options), app.config.country, by)
  if (options.json !== undefined) return printJson(cli, recipientJson(recipient))
  if (options.quiet === true) return
  const zone = recipient.zoneNow === null ? 'no zone yet' : recipient.zoneNow
  print(cli.out, `Added ${visible(calledRecipient(recipient))}: ${recipient.phone ?? recipient.email ?? ''}, ${zone}.`)
  await warnOfDistrict(cli, app, recipient)
  hint(
    cli,
    options,
    recipient.zoneNow === null
      ? `Next: notify recipients edit ${recipient.id} --zone ZONE`
      : `Next: notify recipients show ${recipient.id}`,
  )
}

export const edit = async (cli: Cli, app: App, options: EditOptions, word: string): Promise<void> => {
  const recipient = await recipientNamed(app, word)
  const written = writtenOf(options)
  const blank = WRITTEN_FIELDS.find((field) => written.fields[field]?.trim() === '')
  if (blank !== undefined) throw new Fixable('usage', `${blank} is blank`, 'To empty a field: --clear FIELD.')
  const dryRun = options.dryRun === true
  const request = { ...written, clear: options.clear.map(fieldCleared), country: app.config.country, dryRun }
  const edited = await editRecipient(app, recipient, request, operatorAct(cli, options.reason))
  warnOfLog(cli, app, edited.logEmptied)
  if (options.json !== undefined) {
    return printJson(cli, {
      dryRun,
      changes: edited.changes,
      recipient: recipientJson(edited.recipient),
      inFlight: edited.inFlight,
    })
  }
  if (options.quiet === true) return
  print(cli.out, said(cli, options, edited))
  if (edited.inFlight > 0) print(cli.out, inFlightSaid(edited.inFlight).trim())
  if (edited.changes.some(({ field }) => field === 'district')) await warnOfDistrict(cli, app, edited.recipient)
  if (edited.waiting > 0 && edited.changes.some(({ field }) => field === 'zone' || field === 'district')) {
    const waiting = counted(edited.waiting, 'message')
    hint(cli, options, `${waiting} wait for the time of the zone as it was. Next: notify mailings replan`)
  }
}

/** A slip of the finger makes a new district, and one recipient without a zone stops the next mailing. */
const warnOfDistrict = async (cli: Cli, app: App, { district, zoneNow }: Recipient): Promise<void> => {
  if (district === null || zoneNow !== null) return
  const known = (await app.store.listDistricts()).filter(({ zone }) => zone !== null)
  const near = nearestDistrict(district, known)
  print(cli.err, `The district "${visible(district)}" has no zone: notify schedule will stop at this recipient.`)
  if (near !== null) print(cli.err, `Did you mean "${visible(near)}"?`)
  print(cli.err, `Give it one: notify districts edit "${visible(district)}" --zone ZONE`)
}

const said = (cli: Cli, options: EditOptions, { recipient, changes }: Edited): string => {
  const { paint, blocks, word } = lookOf(cli, options, cli.out)
  const called = visible(calledRecipient(recipient))
  if (changes.length === 0) return `Nothing of ${called} is another than it was.`
  const done = options.dryRun === true ? `Dry run: would change ${called}:` : `Changed ${called}:`
  const shown = (text: string): string => (text === '' ? word('nothing') : visible(text))
  const lines = changes.map(
    ({ field, before, after }) =>
      `  ${paint('dim', visible(field).padEnd(14))} ${shown(before)} ${blocks ? '→' : '->'} ${shown(after)}`,
  )
  return [done, ...lines].join('\n')
}

const writtenOf = (options: FieldOptions): WrittenRecipient => ({
  fields: Object.fromEntries(
    WRITTEN_FIELDS.flatMap((field) => {
      const value = options[FIELD_FLAGS[field]]
      return typeof value === 'string' ? [[field, value]] : []
    }),
  ),
  tags: options.tag,
  attributes: options.attr.map(attributeOf),
})

const attributeOf = (raw: string): WrittenRecipient['attributes'][number] => {
  const [, name, value = ''] = /^\s*([^=]*[^=\s])\s*=(.*)$/su.exec(raw) ?? []
  if (name !== undefined) return { name: name.normalize('NFC'), value }
  throw new Fixable('usage', `--attr "${raw}" is not name=value`, 'Write it like --attr rank=gold.')
}
