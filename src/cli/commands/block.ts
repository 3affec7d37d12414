// notify block, unblock, blocklist: addresses that are never written to.
import type { Command } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'

export interface BlockOptions extends CommonOptions {
  readonly reason?: string
  readonly skipBad?: boolean
  readonly dryRun?: boolean
}

export interface BlocklistOptions extends CommonOptions {
  readonly limit?: number
}

export const addBlockCommands = (program: Command, cli: Cli): void => {
  addBlock(program, cli)
  addUnblock(program, cli)
  addBlocklist(program, cli)
}

const addBlock = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'block <addresses...>',
    'never write to these phones or e-mails, whoever has them, also after an import',
    [
      'notify block "8 916 123-45-67" anna@example.com --reason "asked by phone"',
      'notify block stoplist.csv',
      'notify block - < stoplist.txt',
    ],
    (command) =>
      command
        .option('--reason <text>', 'why, for the record')
        .option('--skip-bad', 'block the good lines of a file although there are bad ones (still exit code 4)')
        .option('-n, --dry-run', 'check all addresses, say what would be blocked and change nothing')
        .addHelpText('after', FILES),
  ).action(async (words: readonly string[], options: BlockOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/block.ts')).block(cli, app, options, words))
  })
}

const addUnblock = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'unblock <addresses...>',
    'let phones or e-mails be written to again',
    ['notify unblock "8 916 123-45-67"', 'notify unblock anna@example.com --reason "changed her mind"'],
    (command) => command.option('--reason <text>', 'why, for the record'),
  ).action(async (words: readonly string[], options: BlockOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/block.ts')).unblock(cli, app, options, words))
  })
}

const addBlocklist = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'blocklist',
    'list the addresses that are never written to',
    ['notify blocklist', 'notify blocklist --json=lines'],
    (command) =>
      command
        .option('--limit <n>', 'show at most so many (default: 50; with --json all)', parseLimit)
        .addOption(jsonLines()),
  ).action(async (options: BlocklistOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/blocklist.ts')).blocklist(cli, app, options))
  })
}

const FILES = `
A file has one address a line, or is CSV with the addresses in its first column;
blank lines and lines that begin with # are skipped.

Exit codes: 0 all are blocked; 2 an address or the file is wrong;
  4 lines of the file are bad (without --skip-bad nothing is blocked).
`
