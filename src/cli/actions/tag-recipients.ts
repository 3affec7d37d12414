// What `notify recipients tag` and `untag` do, and what they say.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { checkTag, type TagRequest, tagRecipients } from '../../flow/tag-recipients.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { TagOptions } from '../commands/recipients-tag.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { openProgress } from '../screen/progress.ts'
import { operatorAct } from './operator-act.ts'
import { recipientNamed, recipientsMeant } from './recipient-argument.ts'
import { choosesAll, filterOf } from './recipient-filter.ts'

interface TagWords {
  readonly tag: string
  readonly isOn: boolean
  readonly recipient: string | undefined
}

export const tag = async (cli: Cli, app: App, options: TagOptions, words: TagWords): Promise<void> => {
  const { isOn } = words
  const request = { tag: checkTag(words.tag), isOn, who: await whomOf(app, options, words) }
  const dryRun = options.dryRun === true
  if (dryRun) return tellDryRun(cli, app, options, request)
  const progress = openProgress(cli, options, 'recipients')
  const counts = await tagRecipients(app, request, operatorAct(cli, options.reason), cli.signal, progress.advance)
  progress.end()
  if (options.json !== undefined) {
    return printJson(cli, { dryRun, tag: request.tag, recipients: counts.seen, changed: counts.changed })
  }
  if (options.quiet === true) return
  const { count } = lookOf(cli, options, cli.out)
  const already = isOn ? counts.seen - counts.changed : 0
  const rest = already === 0 ? '' : ` ${count(already)} had it already.`
  const done = isOn ? 'Tagged' : 'Took the tag from'
  print(
    cli.out,
    `${done} ${counted(counts.changed, 'recipient', count)}${isOn ? ` ${visible(request.tag)}` : ''}.${rest}`,
  )
  if (isOn) hint(cli, options, `Next: notify schedule --at 10:00 --tag "${visible(request.tag)}" --dry-run`)
}

const whomOf = async (app: App, options: TagOptions, words: TagWords): Promise<TagRequest['who']> => {
  const { recipient } = words
  const filter = filterOf(options)
  const isChosen = !choosesAll(filter)
  const ways = [recipient !== undefined, isChosen, options.all === true].filter((isSaid) => isSaid)
  if (ways.length !== 1) {
    throw new Fixable(
      'usage',
      ways.length === 0 ? 'it is not said whom' : 'it is said in more than one way whom',
      'Name one RECIPIENT, or choose some with --tag, --district …, or say --all.',
    )
  }
  if (recipient === undefined) return filter
  await refuseSwapped(app, words, recipient)
  return recipientNamed(app, recipient)
}

/** `recipients tag S-5 vip`: nobody is called vip, and somebody is called S-5. */
const refuseSwapped = async (app: App, { tag: name, isOn }: TagWords, recipient: string): Promise<void> => {
  if ((await recipientsMeant(app, recipient)).length > 0 || (await recipientsMeant(app, name)).length === 0) return
  throw new Fixable(
    'usage',
    `there is no recipient "${visible(recipient)}", and "${visible(name)}" is one: the tag comes first`,
    `notify recipients ${isOn ? 'tag' : 'untag'} "${visible(recipient)}" "${visible(name)}"`,
  )
}

const tellDryRun = async (
  cli: Cli,
  app: App,
  options: TagOptions,
  { tag: name, isOn, who }: TagRequest,
): Promise<void> => {
  const filter = 'id' in who ? null : isOn ? who : { ...who, withTag: name }
  const recipients = filter === null ? 1 : await app.store.countMatching(filter)
  if (options.json !== undefined) return printJson(cli, { dryRun: true, tag: name, recipients, changed: 0 })
  const { count } = lookOf(cli, options, cli.out)
  const many = recipients === null ? 'all recipients that the flags choose' : counted(recipients, 'recipient', count)
  print(cli.out, `Dry run: would ${isOn ? `tag ${many} ${visible(name)}` : `take the tag from ${many}`}.`)
}
