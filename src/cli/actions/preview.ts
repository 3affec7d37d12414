// What `notify preview` does: a text, a recipient -> the screen.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { EVERYBODY, type Mailing } from '../../domain/mailing.ts'
import { type Preview, previewText, type Whom } from '../../flow/preview.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { PreviewOptions } from '../commands/preview.ts'
import { holesJson } from '../screen/examined-screen.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { mailingJson } from '../screen/mailing-json.ts'
import { drawPreview } from '../screen/preview-screen.ts'
import { drawPlain } from '../table.ts'
import { mailingNamed } from './mailing-argument.ts'
import { recipientNamed } from './recipient-argument.ts'
import { warnOfPlaceholders } from './warn-of-placeholders.ts'

export const preview = async (cli: Cli, app: App, options: PreviewOptions, word: string | undefined): Promise<void> => {
  const mailing = word === undefined ? null : await mailingNamed(app.store, word)
  const text = options.text ?? mailing?.text ?? app.config.defaults.text
  if (text === null) {
    throw new Fixable('usage', 'there is no text to show', 'Name a mailing, or say --text "…".')
  }
  const request = {
    text,
    // a text of its own is read as it would be scheduled today
    headings: options.text === undefined && mailing !== null ? (mailing.terms.headings ?? []) : null,
    audience: mailing?.terms.audience ?? EVERYBODY,
    addressKind: await kindOf(app, options, mailing),
    whom: await whomOf(app, options),
  }
  await warnOfPlaceholders(cli, app, options, text)
  tell(cli, options, mailing, await previewText(app, request, cli.signal))
}

/** The gateway need not be there for a mailing that knows what it wants. */
const kindOf = async (app: App, { gateway }: PreviewOptions, mailing: Mailing | null) =>
  gateway === undefined && mailing !== null
    ? mailing.terms.addressKind
    : (await app.gateway(gateway ?? app.config.defaults.gateway)).addressKind

const whomOf = async (app: App, options: PreviewOptions): Promise<Whom> => {
  if (options.for === undefined) return options.worst === true ? 'worst' : 'first'
  if (options.worst === true) {
    throw new Fixable('usage', '--for and --worst exclude each other', 'Say one of them.')
  }
  return { id: (await recipientNamed(app, options.for)).id }
}

const tell = (cli: Cli, options: PreviewOptions, mailing: Mailing | null, shown: Preview): void => {
  const { recipient, text, sms, missing, unknown, unused, seen, blank, holes } = shown
  const json = {
    mailing: mailing === null ? null : mailingJson(mailing),
    recipient: recipient === null ? null : { id: String(recipient.id), name: recipient.name },
    text,
    characters: Array.from(text).length,
    encoding: sms.encoding,
    units: sms.units,
    segments: sms.segments,
    perSegment: sms.perSegment,
    missing,
    unknown,
    unused,
    seen,
    blank,
    holes: holesJson(holes),
  }
  if (options.json !== undefined) return printJson(cli, json)
  if (options.plain === true) {
    const { mailing: _, recipient: __, holes: ___, ...values } = json
    const rows = { recipient: json.recipient?.id ?? null, ...values }
    return print(
      cli.out,
      drawPlain(
        ['name', 'value'],
        Object.entries(rows).map(([name, value]) => ({ name, value: listed(value) })),
      ),
    )
  }
  print(cli.out, drawPreview(shown, options.worst === true, lookOf(cli, options, cli.out)))
  if (mailing !== null) hint(cli, options, `Next: notify test ${mailing.id} --to ADDRESS`)
}

const listed = (value: string | number | null | readonly string[]): string | number | null =>
  typeof value === 'object' && value !== null ? value.join(', ') : value
