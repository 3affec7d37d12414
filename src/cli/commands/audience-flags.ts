// The flags that say who is meant, the same wherever recipients are chosen.
import type { Command } from 'commander'

export interface AudienceOptions {
  readonly tag: readonly string[]
  readonly notTag: readonly string[]
  readonly operatorCode: readonly string[]
  readonly district: readonly string[]
  readonly zone: readonly string[]
  readonly attr: readonly string[]
  readonly neverReached?: boolean
}

const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value]

export const audienceFlags = (command: Command): Command =>
  command
    .option('--tag <tag>', 'only recipients with this tag (repeatable: any of them)', collect, [])
    .option('--not-tag <tag>', 'only recipients without this tag (repeatable)', collect, [])
    .option('--operator-code <code>', 'only phones with this operator code (repeatable)', collect, [])
    .option('--district <name>', 'only recipients of this district (repeatable)', collect, [])
    .option('--zone <zone>', 'only recipients that live by this zone (repeatable)', collect, [])
    .option('--attr <name=value>', 'only recipients with this attribute (repeatable)', collect, [])
    .option('--never-reached', 'only recipients whom no message has reached yet')
