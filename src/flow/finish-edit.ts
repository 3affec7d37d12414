// The second half of an edit: the rows, then back to where the mailing was. Whoever finds it half done comes to the same end.
import type { Mailing } from '../domain/mailing.ts'
import type { RowEdit } from '../domain/mailing-edit.ts'
import type { Store } from '../store/store.ts'
import { changeRows, type Difference, passOf, planAfter } from './row-pass.ts'

type EditedStore = Pick<Store, 'changeRows' | 'plannedRows' | 'finishEdit'>

/** `mailing`: as it is to be. Until the last row is changed nothing of it leaves. */
export const finishEdit = async (
  store: EditedStore,
  mailing: Mailing,
  edit: RowEdit,
  onProgress?: (rows: number) => void,
): Promise<Difference> => {
  const pass = passOf(mailing, edit)
  const difference = await changeRows(store, pass, edit, onProgress)
  const plan = await planAfter(store, mailing, pass.zoneOf)
  await store.finishEdit({ ...mailing, plan }, edit)
  return difference
}
