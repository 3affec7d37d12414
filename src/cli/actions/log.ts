// What `notify log WHAT` does: finds out what is meant, and tells its story.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { keyOf } from '../../domain/key.ts'
import { isoUtc } from '../../domain/local-time.ts'
import { nearest } from '../../domain/nearest.ts'
import { visible } from '../../domain/visible.ts'
import { findByKey, isKey } from '../../flow/find-key.ts'
import { type StoryEvent, storyOfMailing, storyOfMessage, storyOfRecipient } from '../../flow/story.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { LogOptions } from '../commands/log.ts'
import { lookOf } from '../screen/look.ts'
import { drawStory, STORY_KEYS, storyRow } from '../screen/story-screen.ts'
import { drawPlain } from '../table.ts'
import { mailingNamed } from './mailing-argument.ts'
import { messageMeant } from './message-argument.ts'
import { recipientOrStub, recipientsMeant } from './recipient-argument.ts'

interface About {
  readonly kind: 'mailing' | 'message' | 'recipient'
  readonly id: string
  readonly name: string
  readonly [more: string]: string | boolean | null
}

interface Story {
  readonly about: About
  readonly events: readonly StoryEvent[]
}

const USUAL_LIMIT = 200

export const tellStory = async (cli: Cli, app: App, options: LogOptions, word: string): Promise<void> => {
  const { about, events } = await storyOf(cli, app, options, word)
  if (options.json !== undefined)
    return printJson(cli, { about, events: events.map((event) => ({ ...event, at: isoUtc(event.at) })) })
  if (options.plain === true) return print(cli.out, drawPlain(STORY_KEYS, events.map(storyRow)))
  const look = lookOf(cli, options, cli.out)
  const title = look.paint(
    'bold',
    look.word(`${about.kind} ${about.id}${about.name === '' ? '' : ` "${visible(about.name)}"`}`),
  )
  print(cli.out, `${title}\n\n${drawStory(events, app.operatorZone, look)}`)
}

const storyOf = async (cli: Cli, app: App, options: LogOptions, word: string): Promise<Story> => {
  const { limit = USUAL_LIMIT } = options
  const [, kind, said = ''] = /^(mailing|message|recipient):(.+)$/s.exec(word) ?? []
  if (kind === 'mailing') return ofMailing(app, said, limit)
  if (kind === 'message') return ofMessage(app, said, limit)
  if (kind === 'recipient') return ofRecipient(app, /^\d+$/.test(said) ? `id=${said}` : said, limit)
  if ((await app.store.lookUpMailing(word)) === null) return ofNoMailing(app, word, limit)
  if (options.quiet !== true && options.json === undefined) await tellOthers(cli, app, word)
  return ofMailing(app, word, limit)
}

const ofNoMailing = async (app: App, word: string, limit: number): Promise<Story> => {
  if (isKey(word) && (await recipientsMeant(app, word)).length === 0) return ofKey(app, word, limit)
  await refuseUnknown(app, word)
  return ofRecipient(app, word, limit)
}

/** Nobody's word, or a number that is only that of a row: it is as likely a message's. */
const refuseUnknown = async (app: App, word: string): Promise<void> => {
  const isNumber = /^\d+$/.test(word)
  const meant = await recipientsMeant(app, word)
  if (meant.some(({ id, externalId }) => !isNumber || String(id) !== word || externalId === word)) return
  if (isNumber)
    throw new Fixable('notFound', `there is no mailing ${word}`, `Or is it message:${word}, or recipient:${word}?`)
  const near = nearest(word, await app.store.mailingNames(KNOWN_NAMES))
  throw new Fixable(
    'notFound',
    `there is neither a mailing nor a recipient "${visible(word)}"`,
    near === null
      ? 'See notify mailings, and notify recipients --search TEXT.'
      : `Did you mean "${visible(near)}"? See notify mailings.`,
  )
}

const KNOWN_NAMES = 1_000

/**
 * A word may fit several things: a mailing is meant, and the recipients that are called so are named. Not those whose row has
 * this number: there is one for nearly every mailing, and messages have theirs too.
 */
const tellOthers = async (cli: Cli, app: App, word: string): Promise<void> => {
  const isNumber = /^\d+$/.test(word)
  const called = (await recipientsMeant(app, word)).filter(({ externalId }) => !isNumber || externalId === word)
  const others = called.slice(0, MOST_OTHERS).map(({ id }) => `recipient:${id}`)
  if (others.length > 0) print(cli.err, `A mailing is meant. It could also be: ${others.join(', ')}.`)
}

const MOST_OTHERS = 5

const ofMailing = async (app: App, word: string, limit: number): Promise<Story> => {
  const mailing = await mailingNamed(app.store, word)
  const events = await storyOfMailing(app, mailing, app.clock.now(), limit)
  return { about: { kind: 'mailing', id: String(mailing.id), name: mailing.name, state: mailing.state }, events }
}

const ofMessage = async (app: App, word: string, limit: number): Promise<Story> => {
  const { message, mailing } = await messageMeant(app, word)
  return {
    about: {
      kind: 'message',
      id: String(message.id),
      name: message.recipientName ?? '',
      state: message.state,
      dueAt: message.dueAt === null ? null : isoUtc(message.dueAt),
      mailing: String(mailing.id),
      recipient: String(message.recipientId),
      ...keyOf(message, { installationId: app.store.installationId, mailingUid: mailing.uid }),
    },
    events: await storyOfMessage(app, message, mailing, limit),
  }
}

/** Of the key that a gateway names. */
const ofKey = async (app: App, word: string, limit: number): Promise<Story> => {
  const id = await findByKey(app.store, word)
  if (id !== null) return ofMessage(app, String(id), limit)
  throw new Fixable('notFound', `no message has the key "${word}"`, 'Keys are in notify messages list MAILING --json.')
}

const ofRecipient = async (app: App, word: string, limit: number): Promise<Story> => {
  const recipient = await recipientOrStub(app, word)
  return {
    about: {
      kind: 'recipient',
      id: String(recipient.id),
      name: recipient.name ?? '',
      unsubscribed: recipient.unsubscribed || recipient.unsubscribedByAdmin,
      blocked: recipient.blocked,
    },
    events: await storyOfRecipient(app, recipient, limit),
  }
}
