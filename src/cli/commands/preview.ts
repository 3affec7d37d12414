// notify preview: what a text becomes for one recipient. Never sends.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface PreviewOptions extends CommonOptions {
  readonly text?: string
  readonly gateway?: string
  readonly for?: string
  readonly worst?: boolean
}

const flags = (command: Command): Command =>
  command
    .option('--text <text>', "this text (default: the mailing's, else defaults.text)")
    .option('--gateway <name>', "the way out, which says who can be reached (default: the mailing's)")
    .option('--for <recipient>', 'for this one: number, phone or e-mail (default: the first of the audience)')
    .option('--worst', 'for the one for whom it is longest')
    .addHelpText('after', NOTES)

export const addPreviewCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'preview',
    'show what a text becomes for a recipient, and how many SMS that is',
    [
      'notify preview 12',
      'notify preview 12 --worst',
      'notify preview --text "Good morning, {{ name }}!" --for +79161234567',
    ],
    flags,
  )
    .argument('[mailing]', 'its number or its name (default: no mailing, all recipients)')
    .action(async (mailing: string | undefined, options: PreviewOptions) => {
      await withApp(cli, options, async (app) => {
        const { preview } = await import('../actions/preview.ts')
        await preview(cli, app, options, mailing)
      })
    })
}

const NOTES = `
Nothing is sent. SMS are counted as providers bill them: 160 characters of the
GSM alphabet, or 70 as soon as one is not in it (Russian letters are not); in a
longer text 153 or 67 each.
`
