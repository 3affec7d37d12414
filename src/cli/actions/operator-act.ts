// Who does it, when and why: what the audit keeps of an operator's act.
import { ITSELF } from '../../domain/hold.ts'
import type { OperatorAct } from '../../store/mailing-store.ts'
import type { Cli } from '../cli.ts'

export const operatorAct = (cli: Pick<Cli, 'env' | 'clock'>, why: string | undefined): OperatorAct => ({
  at: cli.clock.now(),
  who: operator(cli),
  why: why ?? null,
})

/** An account may be called as the program is: what a person did is not what the program did by itself. */
const operator = ({ env }: Pick<Cli, 'env'>): string => {
  const name = env['SUDO_USER'] ?? env['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`
  return name === ITSELF ? `user ${name}` : name
}
