// What `notify hold` and `notify release` do, and what they say.
import type { App } from '../../app.ts'
import type { Home } from '../../domain/hold.ts'
import { visible } from '../../domain/visible.ts'
import { holdEverything, releaseEverything } from '../../flow/hold.ts'
import type { GatewayCounts } from '../../store/gateway-store.ts'
import { type Cli, type CommonOptions, print, printJson } from '../cli.ts'
import type { HoldOptions } from '../commands/hold.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { holdJson, holdWords } from '../screen/hold-screen.ts'
import { lookOf } from '../screen/look.ts'
import { operatorAct } from './operator-act.ts'

export const hold = async (cli: Cli, app: App, options: HoldOptions): Promise<void> => {
  const { hold: held, changed } = await holdEverything(app, operatorAct(cli, options.reason))
  await answer(cli, app, options, (waits) =>
    changed
      ? `Held everything: ${waits} wait. What is in flight finishes.`
      : `Everything was held already, ${holdWords(held, app.operatorZone)}. ${waits} wait.`,
  )
  hint(cli, options, 'Next: notify release')
}

export const release = async (cli: Cli, app: App, options: HoldOptions): Promise<void> => {
  const { held, before } = await releaseEverything(app, operatorAct(cli, options.reason))
  await answer(cli, app, options, (waits) => {
    const did = held === null ? 'Nothing was held' : 'Released everything'
    return `${did}: ${waits} go on.${before === null ? '' : `\n${otherFile(before, app)}`}`
  })
  hint(cli, options, 'Next: notify stats')
}

const otherFile = (before: Home, { store }: App): string =>
  `From now on ${visible(store.location)} sends. Make sure that the file that sent before does not${
    before.path === store.location ? '' : `: ${visible(before.path)}`
  }.`

/** What waits and what holds it for programs, a sentence for people, nothing with --quiet. */
const answer = async (cli: Cli, app: App, options: CommonOptions, say: (waits: string) => string): Promise<void> => {
  const { waiting, due, inHand } = addUp(await app.store.countByGateway(app.clock.now()))
  if (options.json !== undefined) {
    return printJson(cli, { held: holdJson(await app.store.readHold()), waiting, due, inHand })
  }
  if (options.quiet === true) return
  const look = lookOf(cli, options, cli.out)
  const duePart = due === 0 ? '' : `, ${look.count(due)} of them due now,`
  print(cli.out, say(`${counted(waiting, 'message', look.count)}${duePart}`))
}

const addUp = (gateways: readonly GatewayCounts[]): Omit<GatewayCounts, 'name'> => ({
  waiting: gateways.reduce((sum, each) => sum + each.waiting, 0),
  due: gateways.reduce((sum, each) => sum + each.due, 0),
  inHand: gateways.reduce((sum, each) => sum + each.inHand, 0),
})
