// `notify stats --by …` on a screen: how many there are of each, in which states.
import { isoUtc } from '../../domain/local-time.ts'
import { type CountByState, noMessages } from '../../domain/message.ts'
import type { Group } from '../../flow/stats.ts'
import type { Dimension } from '../../store/answer-store.ts'
import { type Column, drawTable } from '../table.ts'
import { dayTime } from './format.ts'
import type { Look } from './look.ts'
import { countColumns, drawProgress } from './state-look.ts'

/** Hours in their order, everything else with the most frequent first. */
export const inOrder = (groups: readonly Group[], by: Dimension): readonly Group[] =>
  groups.toSorted((a, b) =>
    by === 'hour' ? Number(a.key) - Number(b.key) : b.total - a.total || a.key.localeCompare(b.key, 'en'),
  )

const TITLES: Readonly<Record<Dimension, string>> = {
  state: 'STATE',
  reason: 'REASON',
  gateway: 'GATEWAY',
  zone: 'ZONE',
  district: 'DISTRICT',
  'operator-code': 'OPERATOR CODE',
  hour: 'HOUR',
}

const NONE: Readonly<Partial<Record<Dimension, string>>> = {
  reason: 'no reason',
  zone: 'no zone',
  district: 'no district',
  'operator-code': 'no code',
}

export const drawGroups = (
  groups: readonly Group[],
  by: Dimension,
  { operatorZone, more, look }: { readonly operatorZone: string; readonly more: number; readonly look: Look },
): string => {
  if (groups.length === 0) return 'No messages.'
  const sum = noMessages()
  for (const { states } of groups) for (const state of statesOf(sum)) sum[state] += states[state]
  const name = ({ key }: Group): string => {
    if (key === '') return NONE[by] ?? ''
    return by === 'hour' ? dayTime(Number(key), operatorZone) : key
  }
  const columns: readonly Column<Group>[] = [
    {
      title: by === 'hour' ? `${look.word('HOUR')} (${operatorZone})` : TITLES[by],
      isWord: true,
      wrapTo: 20,
      cell: name,
    },
    { title: 'TOTAL', align: 'right', cell: ({ total }) => look.count(total) },
    {
      title: 'PROGRESS',
      leavesFirst: 1,
      widest: 26,
      narrowest: 12,
      draw: ({ states }, width) => drawProgress(states, width, look),
    },
    ...(by === 'state' ? [] : countColumns<Group>(sum, look, 2)),
    ...(by === 'hour' ? [sentThen(look)] : []),
  ]
  return drawTable(columns, groups, look, more)
}

/** What really left within the hour, whenever it was to leave. */
const sentThen = (look: Look): Column<Group> => ({
  title: 'SENT THEN',
  align: 'right',
  cell: ({ sentThen: count = 0 }) => look.count(count),
})

const statesOf = (counts: CountByState): readonly (keyof CountByState)[] => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by noMessages, which lists them all
  return Object.keys(counts) as (keyof CountByState)[]
}

/** `key` of an hour is when it begins. */
export const groupJson = ({ key, total, states, sentThen: sent }: Group, by: Dimension) => ({
  key: by === 'hour' && key !== '' ? isoUtc(Number(key)) : key,
  total,
  states,
  ...(sent === undefined ? {} : { sentThen: sent }),
})
