// The sentences that answer how it went, put together.
import type { AnswerStore } from '../answer-store.ts'
import { countingStore } from './answers-count.ts'
import { dayStore } from './answers-day.ts'
import { detailStore } from './answers-detail.ts'
import type { Connection } from './connection.ts'

export const answerStore = (connection: Connection): AnswerStore => ({
  ...detailStore(connection),
  ...countingStore(connection),
  ...dayStore(connection),
})
