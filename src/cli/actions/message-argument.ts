// MESSAGE on the command line: the number of its row.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { messageNumbered, type OwnMessage } from '../../flow/steer-message.ts'

/** A number that no row ever has; more digits would not even be the number that was typed. */
const TOO_LONG = 16

/** Fixable('usage') where the word is no number, Fixable('notFound') where no message has it. */
export const messageMeant = async (app: Pick<App, 'store'>, word: string): Promise<OwnMessage> => {
  const hint = 'Its number is in notify messages list MAILING.'
  if (!/^\d+$/.test(word)) throw new Fixable('usage', `"${visible(word)}" is not the number of a message`, hint)
  if (word.length >= TOO_LONG) throw new Fixable('notFound', `there is no message ${word}`, hint)
  return messageNumbered(app, Number(word))
}
