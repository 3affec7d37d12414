// notify doctor: how everything stands, line by line, and what to do where it does not stand well.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

export interface DoctorOptions extends CommonOptions {
  readonly full?: boolean
  readonly fix?: boolean
  readonly sendTest?: string
}

const flags = (command: Command): Command =>
  command
    .option('--full', 'read every page and index of the database: minutes where it is large')
    .option(
      '--fix',
      'count messages anew where the counts are not those of the rows; overwrite what older versions deleted',
    )
    .option('--send-test <address>', 'doctor sends nothing: says how notify test sends one message')
    .addHelpText('after', NOTES)

export const addDoctorCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'doctor',
    'check everything, and say what to do where something is wrong',
    ['notify doctor', 'notify doctor --full', 'notify doctor --json', 'notify doctor --quiet && notify run-due'],
    flags,
  ).action(async (options: DoctorOptions) => {
    const { doctor } = await import('../actions/doctor.ts')
    await doctor(cli, options)
  })
}

const NOTES = `
It looks at Node and its rules of time zones, the configuration, the database,
who sends, and each gateway: a connection is made there and nothing is sent.
Nothing is made or migrated, and nothing is mended without --fix. With --quiet
only errors are printed.

Exit codes: 0 all is well, or there are warnings only; 3 the configuration is
  wrong; 7 a gateway is out of reach or rests; 8 any other error.
`
