// What `notify messages show | cancel | send-now` do, and what they say.
import type { App } from '../../app.ts'
import { localClock } from '../../domain/send-time.ts'
import { visible } from '../../domain/visible.ts'
import {
  allowMessageCancel,
  allowSendNow,
  cancelMessage,
  isWithinHours,
  type OwnMessage,
  sendMessageNow,
} from '../../flow/steer-message.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { MessageActOptions } from '../commands/messages-acts.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { drawMessage, messageDetailJson } from '../screen/message-screen.ts'
import { confirm } from './confirm.ts'
import { messageMeant } from './message-argument.ts'
import { operatorAct } from './operator-act.ts'

export const showMessage = async (cli: Cli, app: App, options: CommonOptions, word: string): Promise<void> => {
  const own = await messageMeant(app, word)
  const attempts = await app.store.attemptsOf(own.message.id)
  if (options.json !== undefined) return printJson(cli, messageDetailJson(own, attempts, app.store.installationId))
  const { key, keyNumber } = messageDetailJson(own, attempts, app.store.installationId)
  print(
    cli.out,
    drawMessage(own, attempts, { key, keyNumber, operatorZone: app.operatorZone }, lookOf(cli, options, cli.out)),
  )
  hint(cli, options, `Next: notify log message:${own.message.id}`)
}

export const cancel = async (cli: Cli, app: App, options: MessageActOptions, word: string): Promise<void> => {
  const own = await messageMeant(app, word)
  allowMessageCancel(own)
  if (options.dryRun === true) return tell(cli, app, options, own, `Dry run: ${called(own)} would never be sent.`)
  const isDone = own.message.state === 'cancelled'
  if (!isDone) await confirm(cli, options, `${called(own)} will never be sent; this cannot be undone.`, 'Cancel it?')
  const state = await cancelMessage(app, own, operatorAct(cli, options.reason))
  const said = state === 'unknown' ? 'it may have left before, so it is unknown now' : 'it will not be sent'
  const sentence = isDone ? `${called(own)} was cancelled already.` : `Cancelled ${called(own)}: ${said}.`
  await tell(cli, app, options, await messageMeant(app, word), sentence)
}

export const sendNow = async (cli: Cli, app: App, options: MessageActOptions, word: string): Promise<void> => {
  const own = await messageMeant(app, word)
  allowSendNow(own)
  const { time } = localClock(app.clock.now(), own.message.zone)
  if (options.dryRun === true)
    return tell(cli, app, options, own, `Dry run: ${called(own)} would be sent now, at ${time} there.`)
  if (!isWithinHours(own, app.clock.now())) {
    const { at, until } = own.mailing
    await confirm(cli, options, `It is ${time} there; the hours of the mailing are ${at}-${until}.`, 'Send it now?')
  }
  await sendMessageNow(app, own, operatorAct(cli, options.reason))
  await tell(cli, app, options, await messageMeant(app, word), `${called(own)} is due now, at ${time} there.`)
  hint(cli, options, 'Next: notify run-due, unless a daemon or cron is at work')
}

const called = ({ message, mailing }: OwnMessage): string =>
  `message ${message.id} of mailing ${mailing.id} "${visible(mailing.name)}" for ${visible(message.recipientName ?? `recipient ${message.recipientId}`)}`

const tell = async (cli: Cli, app: App, options: CommonOptions, own: OwnMessage, sentence: string): Promise<void> => {
  if (options.json !== undefined)
    return printJson(cli, messageDetailJson(own, await app.store.attemptsOf(own.message.id), app.store.installationId))
  if (options.quiet !== true) print(cli.out, sentence.charAt(0).toUpperCase() + sentence.slice(1))
}
