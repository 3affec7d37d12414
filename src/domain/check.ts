// One line of a check-up: how one thing stands, and what to do where it does not stand well.
import type { ExitName } from './errors.ts'
import { visible } from './visible.ts'

export type CheckStatus = 'ok' | 'warn' | 'error'

export interface Check {
  /** What was looked at: kebab case; of a gateway with its name, such as gateway.sms. */
  readonly name: string
  readonly status: CheckStatus
  readonly message: string
  /** What to do; null where all is well. */
  readonly remedy: string | null
  /** What kind of error it is, which decides the exit code. */
  readonly kind?: ErrorKind
}

export type ErrorKind = 'config' | 'gateway'

/** `message`: a line, or several; what stands in one is spelled out, such as a line break in the name of a file. */
type Message = string | readonly string[]

const shown = (message: Message): string => [message].flat().map(visible).join('\n')

export const well = (name: string, message: string): Check => ({
  name,
  status: 'ok',
  message: shown(message),
  remedy: null,
})

export const doubtful = (name: string, message: string, remedy: string): Check => ({
  name,
  status: 'warn',
  message: shown(message),
  remedy: shown(remedy),
})

export const bad = (name: string, message: Message, remedy: string, kind?: ErrorKind): Check => ({
  name,
  status: 'error',
  message: shown(message),
  remedy: shown(remedy),
  ...(kind === undefined ? {} : { kind }),
})

/** The worst of them. */
export const statusOf = (checks: readonly Check[]): CheckStatus =>
  (['error', 'warn'] as const).find((status) => checks.some((check) => check.status === status)) ?? 'ok'

/** A wrong configuration comes first: hardly anything else can be looked at then. 'gateway' only where nothing else is wrong. */
export const exitOf = (checks: readonly Check[]): ExitName => {
  const errors = checks.filter(({ status }) => status === 'error')
  if (errors.length === 0) return 'done'
  if (errors.some(({ kind }) => kind === 'config')) return 'config'
  return errors.every(({ kind }) => kind === 'gateway') ? 'gateway' : 'no'
}
