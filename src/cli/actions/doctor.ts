// What `notify doctor` does around the check-up.
import { openDoctorDesk } from '../../app.ts'
import { type Check, exitOf, statusOf } from '../../domain/check.ts'
import { EXIT, Fixable } from '../../domain/errors.ts'
import { checkUp } from '../../flow/doctor/check-up.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { DoctorOptions } from '../commands/doctor.ts'
import { drawChecks } from '../screen/doctor-screen.ts'
import { lookOf } from '../screen/look.ts'
import { drawPlain } from '../table.ts'

export const doctor = async (cli: Cli, options: DoctorOptions): Promise<void> => {
  if (options.sendTest !== undefined) {
    throw new Fixable('usage', 'doctor sends nothing', `Next: notify test --to ${options.sendTest}`)
  }
  const { config: configFile, tz: operatorZone } = options
  const desk = openDoctorDesk({ configFile, operatorZone, env: cli.env, cwd: cli.cwd, clock: cli.clock })
  const checks = await checkUp(desk, { full: options.full === true, fix: options.fix === true })
  cli.exit(EXIT[exitOf(checks)])
  if (options.json !== undefined) return printJson(cli, { checks: checks.map(checkJson), status: statusOf(checks) })
  if (options.plain === true) return print(cli.out, drawPlain(KEYS, checks.map(checkJson)))
  const told = options.quiet === true ? checks.filter(({ status }) => status === 'error') : checks
  if (told.length > 0) print(cli.out, drawChecks(told, lookOf(cli, options, cli.out)))
}

const KEYS = ['name', 'status', 'message', 'remedy'] as const

const checkJson = ({ name, status, message, remedy }: Check): Pick<Check, (typeof KEYS)[number]> => ({
  name,
  status,
  message,
  remedy,
})
