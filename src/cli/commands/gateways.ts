// notify gateways: see how they are, pause one, let it go on.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'
import { refuseUnknownWords } from '../usage-errors.ts'

export interface SteerGatewayOptions extends CommonOptions {
  readonly reason?: string
  readonly ramp?: string
}

export const addGatewaysCommands = (program: Command, cli: Cli): void => {
  const gateways = listing(program, 'gateways', 'see how the gateways are, pause or resume one', [
    'notify gateways',
    'notify gateways pause sms --reason "the provider is at work"',
  ])
  const list = async (options: CommonOptions): Promise<void> =>
    withApp(cli, options, async (app) => (await import('../actions/gateways.ts')).listGateways(cli, app, options))
  listing(gateways, 'list', 'list gateways: their state, load, and what waits for them', [
    'notify gateways list',
    'notify gateways list --json',
  ]).action(list)
  addPause(gateways, cli)
  addResume(gateways, cli)
  refuseUnknownWords(gateways, () => list(gateways.opts()))
}

const listing = (parent: Command, name: string, summary: string, examples: readonly string[]): Command =>
  addCommand(parent, name, summary, examples, (command) => command.addOption(jsonLines()))

const reason = (command: Command): Command => command.option('--reason <text>', 'why, for the record')

const addPause = (gateways: Command, cli: Cli): void => {
  addCommand(
    gateways,
    'pause <gateway>',
    'cut a gateway off: within a second nothing more leaves through it, from any process',
    ['notify gateways pause sms', 'notify gateways pause sms --reason "the provider is at work"'],
    reason,
  ).action(async (name: string, options: SteerGatewayOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/gateways.ts')).pause(cli, app, options, name))
  })
}

const addResume = (gateways: Command, cli: Cli): void => {
  addCommand(
    gateways,
    'resume <gateway>',
    'let a gateway go on, at once or slowly; it also ends a rest',
    ['notify gateways resume sms', 'notify gateways resume sms --ramp 5m --reason "they are back"'],
    (command) => reason(command).option('--ramp <duration>', 'load it slowly: full speed after this, such as 5m'),
  ).action(async (name: string, options: SteerGatewayOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/gateways.ts')).resume(cli, app, options, name))
  })
}
