// What a backup, a restore or an export that was killed left behind: a whole address book, maybe, under a name that nobody looks at.
import { type Check, doubtful } from '../../domain/check.ts'
import { visible } from '../../domain/visible.ts'
import type { PartOfSomebody } from '../../files/part-names.ts'

const MIB = 1024 * 1024

export const checkUnfinished = (parts: readonly PartOfSomebody[]): readonly Check[] =>
  parts.flatMap(({ path, bytes, maker }) => {
    if (maker === 'alive') return []
    const what = `${visible(path)} was never finished (${(bytes / MIB).toFixed(1)} MiB)`
    return [
      maker === 'dead'
        ? doubtful(
            'unfinished',
            `${what}: its process is gone`,
            'The next command that writes into its folder removes it.',
          )
        : doubtful(
            'unfinished',
            `${what}: its process was of another machine or container`,
            'If nothing of ours runs there any more, delete it.',
          ),
    ]
  })
