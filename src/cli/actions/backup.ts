// What `notify backup` does, and what it says.
import { resolve } from 'node:path'
import type { App } from '../../app.ts'
import { MESSAGE_STATES } from '../../domain/message.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { BackupOptions } from '../commands/backup.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { openProgress } from '../screen/progress.ts'

export const backup = async (cli: Cli, app: App, options: BackupOptions, word: string): Promise<void> => {
  const file = resolve(cli.cwd, word)
  const progress = openProgress(cli, options, 'pages')
  const manifest = await app.store.backUp(file, {
    now: app.clock.now(),
    mayReplace: options.force === true,
    name: word,
    own: app.ownFiles,
    stop: cli.signal,
    onProgress: progress.advance,
  })
  progress.end()
  if (options.json !== undefined) return printJson(cli, { file, ...manifest })
  if (options.quiet === true) return
  const { count } = lookOf(cli, options, cli.out)
  const { recipients, mailings, messages } = manifest
  const states = MESSAGE_STATES.filter((state) => messages[state] > 0).map(
    (state) => `${count(messages[state])} ${state}`,
  )
  const content = [counted(recipients, 'recipient', count), counted(mailings, 'mailing', count), ...states].join(', ')
  print(cli.out, `Backed up into ${visible(word)}, and checked: ${content}. Its manifest: ${visible(word)}.json`)
  hint(cli, options, `Should it be needed: notify restore ${visible(word)}`)
}
