// A mailing whose rows are being written or changed: nobody else decides over it meanwhile. Who does it, and what to do.
import { Fixable } from '../domain/errors.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { RowWriter } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'

/** What to do where nobody needs to be told who does it. */
export const ROWS_AT_WORK = 'Its rows are being written or changed: wait a moment, then say it again.'

/** The Fixable('state') for a mailing in state `planning` that cannot be `done` now. */
export const rowsAtWork = async (
  store: Pick<Store, 'rowWriter'>,
  { id, name }: Pick<Mailing, 'id' | 'name'>,
  done: string,
): Promise<Fixable> => {
  const writer = await store.rowWriter(id)
  const by = writer === null ? '' : ` by ${writer.who}${processOf(writer)}`
  if (writer?.isEdit !== true) {
    return new Fixable(
      'state',
      `mailing ${id} "${name}" is planning, its messages are being written${by}: it cannot be ${done}`,
      'Wait until that is done, or end that `notify schedule` with Ctrl-C, which takes it back.',
    )
  }
  return new Fixable(
    'state',
    `mailing ${id} "${name}" is being edited${by}: it cannot be ${done}`,
    'Nothing of it leaves meanwhile: say it again when that is done. If that process was killed, notify run-due finishes the edit.',
  )
}

const processOf = ({ process }: RowWriter): string =>
  process === null ? '' : ` (process ${process.pid} on ${process.host})`
