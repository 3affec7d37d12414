// A check-up on a screen: a mark and a word, what was looked at, how it stands; under it what to do.
import type { Check, CheckStatus } from '../../domain/check.ts'
import { visible } from '../../domain/visible.ts'
import type { Look, Paint } from './look.ts'

const MARKS: Readonly<Record<CheckStatus, string>> = { ok: '✓', warn: '!', error: '✗' }
const PLAIN_MARKS: Readonly<Record<CheckStatus, string>> = { ok: ' ', warn: '!', error: 'x' }
const PAINTS: Readonly<Record<CheckStatus, Paint>> = { ok: 'green', warn: 'yellow', error: 'red' }

export const drawChecks = (checks: readonly Check[], look: Look): string => {
  const marks = look.blocks ? MARKS : PLAIN_MARKS
  const width = Math.max(...checks.map(({ name }) => name.length))
  const statuses = checks.map(({ status }) => look.word(status, 'check'))
  const widest = Math.max(5, ...statuses.map(({ length }) => length))
  const indent = ' '.repeat(2 + widest + 2 + width + 2)
  const said = (text: string): string => shown(look.word(text), indent)
  const lines = checks.flatMap(({ name, status, message, remedy }, i) => [
    `${look.paint(PAINTS[status], `${marks[status]} ${statuses[i]?.padEnd(widest)}`)}  ${name.padEnd(width)}  ${said(message)}`,
    ...(remedy === null ? [] : [`${indent}${look.paint('dim', `${look.word('Do:')} ${said(remedy)}`)}`]),
  ])
  return [...lines, summary(checks, look)].join('\n')
}

/** A complaint about the configuration has a line for each setting. */
const shown = (text: string, indent: string): string => text.split('\n').map(visible).join(`\n${indent}`)

const summary = (checks: readonly Check[], look: Look): string => {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length
  const [errors, warnings] = [count('error'), count('warn')]
  if (errors + warnings === 0) return look.paint('green', 'All is well.')
  return look.paint(
    'bold',
    `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`,
  )
}
