// `notify log` on a screen: when, what, by whom, why.
import { isoUtc } from '../../domain/local-time.ts'
import type { StoryEvent } from '../../flow/story.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { dateTime, dayTime, zoneAt } from './format.ts'
import type { Look } from './look.ts'

export const STORY_KEYS = ['at', 'event', 'who', 'why', 'detail', 'zone'] as const

export const storyRow = (event: StoryEvent): Record<(typeof STORY_KEYS)[number], string | null> => ({
  at: isoUtc(event.at),
  event: event.event,
  who: event.who,
  why: event.why,
  detail: event.detail === null ? null : JSON.stringify(event.detail),
  zone: event.zone,
})

export const drawStory = (events: readonly StoryEvent[], operatorZone: string, look: Look): string => {
  const columns: readonly TextColumn<StoryEvent>[] = [
    { title: operatorZone, cell: ({ at }) => dateTime(at, operatorZone) },
    {
      title: 'THEIR TIME',
      leavesFirst: 1,
      cell: ({ at, zone }) => (zone === null ? '' : `${dayTime(at, zone)} ${zoneAt(zone, at)}`),
    },
    { title: 'WHAT', isWord: true, cell: ({ event }) => event },
    { title: 'BY', cell: ({ who }) => who ?? '' },
    { title: 'WHY', wrapTo: 16, cell: ({ why }) => why ?? '' },
    { title: 'MORE', wrapTo: 20, cell: ({ detail }) => detailWords(detail) },
  ]
  const told = columns.filter(
    ({ title, cell }) =>
      !['THEIR TIME', 'BY', 'WHY', 'MORE'].includes(title) || events.some((each) => cell(each) !== ''),
  )
  return drawTable(told, events, look)
}

/** 'text: "a" -> "b", messages: 12' */
const detailWords = (detail: StoryEvent['detail']): string =>
  Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${isChange(value) ? `${said(value[0])} -> ${said(value[1])}` : said(value)}`)
    .join(', ')

const isChange = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
