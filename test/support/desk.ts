// Operators at a desk: the command line, as whoever is logged in, over a real store, a clock moved by hand and scripted gateways.
import type { Config } from '../../src/config.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { fakeCli, type Ran } from './cli.ts'
import { never, openWorld, type ScriptedGateway, type World } from './world.ts'

export interface Desk {
  readonly world: World
  /** Runs `notify …args` as olga. */
  run(...args: readonly string[]): Promise<Ran>
  /** The same as this person. */
  runAs(who: string, ...args: readonly string[]): Promise<Ran>
  /** The same on olga's terminal, where somebody types. */
  type(typed: string, ...args: readonly string[]): Promise<Ran>
  /** The answer of a command with --json. */
  json(...args: readonly string[]): Promise<unknown>
  /** One pass of run-due. */
  pass(): Promise<unknown>
}

const CONFIG: Config = {
  file: null,
  database: '/nowhere/notify.db',
  zone: 'Europe/Moscow',
  country: 'RU',
  approval: false,
  testAddresses: [],
  defaults: { gateway: 'sms', text: null, until: null },
  gateways: {},
}

export const openDesk = async (
  config: Partial<Config> = {},
  others: readonly ScriptedGateway[] = [],
): Promise<Desk> => {
  const world = await openWorld(undefined, others)
  const { store, clock, gateway, log, witness } = world
  const app = { config: { ...CONFIG, ...config }, gateway, log, witness }
  const runAs = (who: string, typed: string | null, args: readonly string[]): Promise<Ran> => {
    const env = { LANG: 'C.UTF-8', USER: who }
    const terminal = typed === null ? {} : { tty: true, typed }
    return fakeCli({ store, clock, app, env, ...terminal }).run(...args)
  }
  return {
    world,
    run: (...args) => runAs('olga', null, args),
    runAs: (who, ...args) => runAs(who, null, args),
    type: (typed, ...args) => runAs('olga', typed, args),
    json: async (...args) => {
      const { code, out, err } = await runAs('olga', null, [...args, '--json'])
      if (code !== 0) throw new Error(`exit ${code}: ${err}`)
      return JSON.parse(out)
    },
    pass: () => asWorker(world, 'run-due', (id) => runDue(world, id, never)),
  }
}
