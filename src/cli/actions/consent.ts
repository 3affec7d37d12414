// What `notify recipients unsubscribe` and `resubscribe` do, and what they say.
import type { App } from '../../app.ts'
import { visible } from '../../domain/visible.ts'
import { type ConsentChanged, calledRecipient, resubscribe, unsubscribe } from '../../flow/keep-recipient.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ConsentOptions } from '../commands/recipients-write.ts'
import { counted } from '../screen/format.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { recipientJson } from '../screen/recipient-json.ts'
import { operatorAct } from './operator-act.ts'
import { recipientNamed } from './recipient-argument.ts'

export const unsubscribeOne = async (cli: Cli, app: App, options: ConsentOptions, word: string): Promise<void> => {
  const recipient = await recipientNamed(app, word)
  const byAdmin = options.byAdmin === true
  const changed = await unsubscribe(app, recipient, byAdmin, operatorAct(cli, options.reason))
  tell(cli, options, changed, () => {
    const called = visible(calledRecipient(recipient))
    const whose = byAdmin ? 'by an administrator' : 'by their own word'
    const done = changed.own || changed.byAdmin ? `Unsubscribed ${called}` : `${called} was unsubscribed already`
    const waiting = changed.waiting === 0 ? '' : ` ${theirs(changed.waiting)} will not be sent.`
    return `${done}, ${whose}.${waiting}${inFlightSaid(changed.inFlight)}`
  })
}

export const resubscribeOne = async (cli: Cli, app: App, options: ConsentOptions, word: string): Promise<void> => {
  const recipient = await recipientNamed(app, word)
  const changed = await resubscribe(app, recipient, operatorAct(cli, options.reason))
  tell(cli, options, changed, () => {
    const called = visible(calledRecipient(recipient))
    const lifted = [
      ...(changed.own ? ['their own word'] : []),
      ...(changed.byAdmin ? ["the administrator's decision"] : []),
    ]
    if (lifted.length === 0) return `${called} was not unsubscribed.`
    const waiting = changed.waiting === 0 ? '' : ` ${theirs(changed.waiting)} will be sent.`
    return `Subscribed ${called} again: lifted ${lifted.join(' and ')}.${waiting}`
  })
}

const theirs = (waiting: number): string => `${counted(waiting, 'waiting message')} of theirs`

const tell = (
  cli: Cli,
  options: ConsentOptions,
  { recipient, own, byAdmin, waiting, inFlight }: ConsentChanged,
  say: () => string,
): void => {
  if (options.json !== undefined) {
    const changed = [...(own ? ['unsubscribed'] : []), ...(byAdmin ? ['unsubscribedByAdmin'] : [])]
    return printJson(cli, { ...recipientJson(recipient), changed, waiting, inFlight })
  }
  if (options.quiet === true) return
  const sentence = say()
  print(cli.out, sentence.charAt(0).toUpperCase() + sentence.slice(1))
}
