// What is in hand, beside the address book of this moment: looked at again only when that has changed.
import type { HandStore, StandingNow } from '../store/hand-store.ts'
import { isForbidden, type Task } from './task.ts'

export interface Standings {
  /** `bookMark`: of the address book, as it was just seen. Reads nothing where all that is in hand was decided by it. */
  lookAt(bookMark: number): Promise<void>
  /** Tasks were taken in hand that were decided by this one; true: what is in hand is to be looked at soon. */
  claimedBy(bookMark: number): boolean
  forbids(task: Task): boolean
}

export const openStandings = (store: Pick<HandStore, 'standingNow'>, inHand: () => readonly Task[]): Standings => {
  /** The address book by which all that is in hand was decided; 'several': not by one; null: nothing was yet. */
  let decidedBy: number | 'several' | null = null
  /** Tasks, not messages: one that goes back may be claimed anew, by what holds then. */
  let forbidden: ReadonlySet<Task> = new Set()
  return {
    lookAt: async (bookMark) => {
      if (bookMark === decidedBy) return
      decidedBy = bookMark // at once: what is claimed by an earlier one meanwhile is looked at next time
      const tasks = inHand()
      const ids = tasks.map(({ message }) => message.id)
      forbidden = forbiddenOf(tasks, ids.length === 0 ? [] : await store.standingNow(ids))
    },
    claimedBy: (bookMark) => {
      decidedBy = decidedBy === null || decidedBy === bookMark ? bookMark : 'several'
      return decidedBy === 'several'
    },
    forbids: (task) => forbidden.has(task),
  }
}

const forbiddenOf = (tasks: readonly Task[], standings: readonly StandingNow[]): ReadonlySet<Task> => {
  const byId = new Map(standings.map((standing) => [standing.id, standing]))
  return new Set(tasks.filter((task) => isForbidden(task, byId.get(task.message.id))))
}
