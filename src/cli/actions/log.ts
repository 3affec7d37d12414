// What `notify log WHAT` does: finds out what is meant, and tells its story.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { type StoryEvent, storyOfMailing, storyOfMessage, storyOfRecipient } from '../../flow/story.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { LogOptions } from '../commands/log.ts'
import { lookOf } from '../screen/look.ts'
import { drawStory, STORY_KEYS, storyRow } from '../screen/story-screen.ts'
import { visible } from '../screen/visible.ts'
import { drawPlain } from '../table.ts'
import { mailingNamed } from './mailing-argument.ts'
import { recipientOrStub } from './recipient-argument.ts'

interface Story {
  readonly about: { readonly kind: 'mailing' | 'message' | 'recipient'; readonly id: string; readonly name: string }
  readonly events: readonly StoryEvent[]
}

const USUAL_LIMIT = 200

export const tellStory = async (cli: Cli, app: App, options: LogOptions, word: string): Promise<void> => {
  const { about, events } = await storyOf(cli, app, word, options.limit ?? USUAL_LIMIT)
  if (options.json !== undefined)
    return printJson(cli, { about, events: events.map((event) => ({ ...event, at: isoUtc(event.at) })) })
  if (options.plain === true) return print(cli.out, drawPlain(STORY_KEYS, events.map(storyRow)))
  const look = lookOf(cli, options, cli.out)
  const title = look.paint('bold', `${about.kind} ${about.id}${about.name === '' ? '' : ` "${visible(about.name)}"`}`)
  print(cli.out, `${title}\n\n${drawStory(events, app.operatorZone, look)}`)
}

const storyOf = async (cli: Cli, app: App, word: string, limit: number): Promise<Story> => {
  const [, kind, said = ''] = /^(mailing|message|recipient):(.+)$/s.exec(word) ?? []
  if (kind === 'mailing') return ofMailing(app, said, limit)
  if (kind === 'message') return ofMessage(app, said, limit)
  if (kind === 'recipient') return ofRecipient(app, /^\d+$/.test(said) ? `id=${said}` : said, limit)
  if ((await app.store.lookUpMailing(word)) === null) return ofRecipient(app, word, limit)
  if (/^\d+$/.test(word) && cli.err.isTTY === true)
    print(cli.err, `Mailing ${word}; for others say message:${word} or recipient:${word}`)
  return ofMailing(app, word, limit)
}

const ofMailing = async (app: App, word: string, limit: number): Promise<Story> => {
  const mailing = await mailingNamed(app.store, word)
  const events = await storyOfMailing(app, mailing, app.clock.now(), limit)
  return { about: { kind: 'mailing', id: String(mailing.id), name: mailing.name }, events }
}

const ofMessage = async (app: App, word: string, limit: number): Promise<Story> => {
  const message = /^\d{1,15}$/.test(word) ? await app.store.findMessage(Number(word)) : null
  if (message === null)
    throw new Fixable('notFound', `there is no message ${word}`, 'Its number is in notify messages list MAILING.')
  const about = { kind: 'message', id: String(message.id), name: message.recipientName ?? '' } as const
  return { about, events: await storyOfMessage(app, message, limit) }
}

const ofRecipient = async (app: App, word: string, limit: number): Promise<Story> => {
  const recipient = await recipientOrStub(app, word)
  const about = { kind: 'recipient', id: String(recipient.id), name: recipient.name ?? '' } as const
  return { about, events: await storyOfRecipient(app, recipient, limit) }
}
