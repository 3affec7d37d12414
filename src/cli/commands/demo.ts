// notify demo: the main line, from a file of suppliers to the evening's statistics, in a fresh folder and about 15 seconds.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

export const addDemoCommand = (program: Command, cli: Cli): void => {
  addCommand(program, 'demo', 'see the main job done: a day of all Russian zones in 15 seconds', [
    'notify demo',
    'notify demo --tz Asia/Vladivostok',
  ]).action(async (options: CommonOptions) => {
    const { demo } = await import('../actions/demo.ts')
    await demo(cli, options)
  })
}
