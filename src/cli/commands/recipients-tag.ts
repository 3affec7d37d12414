// notify recipients tag, untag.
import type { Command } from 'commander'
import { addCommand, type Cli, withApp } from '../cli.ts'
import { type FilterOptions, filterFlags } from './recipient-flags.ts'

export interface TagOptions extends FilterOptions {
  readonly all?: boolean
  readonly reason?: string
  readonly dryRun?: boolean
}

export const addTagCommands = (recipients: Command, cli: Cli): void => {
  addOne(recipients, cli, {
    word: 'tag',
    summary: 'give a tag to one recipient, or to all that the flags choose',
    examples: ['notify recipients tag vip 12', 'notify recipients tag spring --district Амурская --not-tag vip'],
    isOn: true,
  })
  addOne(recipients, cli, {
    word: 'untag',
    summary: 'take a tag from one recipient, or from all that the flags choose',
    examples: ['notify recipients untag vip 12', 'notify recipients untag spring --all'],
    isOn: false,
  })
}

interface TagVerb {
  readonly word: string
  readonly summary: string
  readonly examples: readonly string[]
  readonly isOn: boolean
}

const addOne = (recipients: Command, cli: Cli, { word, summary, examples, isOn }: TagVerb): void => {
  addCommand(recipients, `${word} <name> [recipient]`, summary, examples, (command) =>
    filterFlags(command)
      .option('--all', 'all recipients, where no other flag chooses')
      .option('--reason <text>', 'why, for the record')
      .option('-n, --dry-run', 'say how many there are and change nothing'),
  ).action(async (tag: string, recipient: string | undefined, options: TagOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/tag-recipients.ts')).tag(cli, app, options, { tag, isOn, recipient }),
    )
  })
}
