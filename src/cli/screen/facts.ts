// '  phone        +7…': what is known of one thing, a line a fact, the names dim and as wide as the widest.
import type { Look } from './look.ts'

export type Fact = readonly [name: string, value: string]

/** Those that say something. `width`: of the names, at least. */
export const drawFacts = (facts: readonly Fact[], width: number, { paint, word }: Look): readonly string[] => {
  const told = facts.filter(([, value]) => value !== '').map(([name, value]) => [word(name, 'label'), value] as const)
  const widest = Math.max(width, ...told.map(([name]) => name.length))
  return told.map(([name, value]) => `  ${paint('dim', name.padEnd(widest))} ${value}`)
}
