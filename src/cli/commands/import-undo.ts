// notify import undo: the last import is taken back.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface ImportUndoOptions extends CommonOptions {
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

export const addImportUndoCommand = (importCommand: Command, cli: Cli): void => {
  addCommand(
    importCommand,
    'undo',
    'take back the last import of recipients',
    ['notify import undo --dry-run', 'notify import undo', 'notify import undo --yes --reason "wrong file"'],
    (command) =>
      command
        .option('--reason <text>', 'why, for the record')
        .option('-n, --dry-run', 'say what would be taken back and change nothing')
        .option('-y, --yes', 'do it without a question'),
  ).action(async (options: ImportUndoOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/import-undo.ts')).runUndo(cli, app, options))
  })
}
