// Who does it, when and why: what the audit keeps of an operator's act.
import type { OperatorAct } from '../../store/mailing-store.ts'
import type { Cli } from '../cli.ts'

export const operatorAct = (cli: Pick<Cli, 'env' | 'clock'>, why: string | undefined): OperatorAct => ({
  at: cli.clock.now(),
  who: cli.env['SUDO_USER'] ?? cli.env['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`,
  why: why ?? null,
})
