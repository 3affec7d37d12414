// What `notify recipients remove` does, and what it says.
import type { App } from '../../app.ts'
import { visible } from '../../domain/visible.ts'
import { calledRecipient, type Forgotten, removeRecipient } from '../../flow/keep-recipient.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { RemoveOptions } from '../commands/recipients-write.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { confirm } from './confirm.ts'
import { operatorAct } from './operator-act.ts'
import { recipientOrStub } from './recipient-argument.ts'
import { warnOfLog } from './warn-of-log.ts'

export const remove = async (cli: Cli, app: App, options: RemoveOptions, word: string): Promise<void> => {
  const recipient = await recipientOrStub(app, word)
  const waiting = await app.store.countWaiting(recipient.id)
  const called = visible(calledRecipient(recipient))
  const dryRun = options.dryRun === true
  if (dryRun) {
    if (options.json !== undefined) return printJson(cli, { dryRun, id: String(recipient.id), waiting })
    return print(
      cli.out,
      `Dry run: would forget ${called}; ${counted(waiting, 'waiting message')} would never be sent.`,
    )
  }
  if (recipient.removedAt === null) {
    const harm = `All that is known of ${called} will be erased, also in their messages; ${counted(waiting, 'waiting message')} will never be sent. This cannot be undone.`
    await confirm(cli, options, harm, 'Forget them?')
  }
  const { logEmptied, ...removed } = await removeRecipient(app, recipient, operatorAct(cli, options.reason))
  warnOfLog(cli, app, logEmptied)
  if (options.json !== undefined) return printJson(cli, { dryRun, id: String(recipient.id), ...removed })
  if (options.quiet === true) return
  print(cli.out, said(recipient, removed))
  const address = recipient.phone ?? recipient.email
  if (address !== null)
    hint(cli, options, `An import that still has them adds them again. Next: notify block "${visible(address)}"`)
  if (!(await app.store.isClean()))
    hint(cli, options, 'What an older notify deleted of them may stand in free pages. Next: notify doctor --fix')
}

type Removed = Omit<Forgotten, 'logEmptied'>

const said = ({ id, removedAt }: Recipient, { deleted, cancelled, unknown, inFlight }: Removed): string => {
  const parts = [
    removedAt === null ? `Forgot recipient ${id}.` : `Recipient ${id} was removed already.`,
    ...(deleted || removedAt !== null ? [] : ['Their messages stay, without address and text.']),
    ...(cancelled === 0 ? [] : [`${counted(cancelled, 'waiting message')} cancelled.`]),
    ...(unknown === 0 ? [] : [`${counted(unknown, 'message')} may have been sent: unknown.`]),
    ...(inFlight === 0 ? [] : [inFlightSaid(inFlight).trim()]),
  ]
  return parts.join(' ')
}
