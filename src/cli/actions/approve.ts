// What `notify mailings approve` does: shows the text and the plan, asks, and lets the mailing go.
import type { App } from '../../app.ts'
import { visible } from '../../domain/visible.ts'
import { allowApproval, approveMailing } from '../../flow/approve-mailing.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { SteerOptions } from '../commands/mailings.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { countedMailingJson } from '../screen/mailing-json.ts'
import { drawMailing } from '../screen/mailing-screen.ts'
import { drawPlan } from '../screen/schedule-screen.ts'
import { confirm } from './confirm.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'

export const approve = async (cli: Cli, app: App, options: SteerOptions, word: string): Promise<void> => {
  const mailing = await mailingNamed(app.store, word)
  const by = operatorAct(cli, options.reason)
  allowApproval(mailing, by)
  const counts = await app.store.mailingCounts(mailing)
  const { scheduled } = counts.states
  const called = `${mailing.id} "${visible(mailing.name)}"`
  const look = lookOf(cli, options, cli.out)
  if (mailing.state === 'proposed' && options.yes !== true) {
    const beside = lookOf(cli, options, cli.err)
    const plan = drawPlan(mailing.plan, app.operatorZone, beside)
    print(cli.err, `${drawMailing(counts, app.operatorZone, beside)}\n\n${plan}\n`)
    await confirm(
      cli,
      options,
      `${counted(scheduled, 'message', look.count)} of mailing ${called} will leave.`,
      'Approve it?',
    )
  }
  const { mailing: after, changed } = await approveMailing(app, mailing, by)
  if (options.json !== undefined) return printJson(cli, countedMailingJson(await app.store.mailingCounts(after)))
  if (options.quiet === true) return
  const goes = `${counted(scheduled, 'message', look.count)} go on. Late ones leave between ${after.at} and ${after.until} on their clocks.`
  print(
    cli.out,
    changed
      ? `Approved mailing ${called}: ${goes}`
      : `Mailing ${called} was approved already, by ${visible(after.approvedBy ?? '?')}.`,
  )
  hint(cli, options, `Next: notify stats ${after.id}`)
}
