// `notify log` on a screen: when, what, by whom, why.
import { isoUtc } from '../../domain/local-time.ts'
import { EVERYBODY } from '../../domain/mailing.ts'
import { MESSAGE_STATES } from '../../domain/message.ts'
import type { StoryEvent } from '../../flow/story.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { dateTime, dayTime, zoneAt } from './format.ts'
import type { Look } from './look.ts'
import { audienceWords } from './mailing-screen.ts'

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
    { title: 'MORE', wrapTo: 20, cell: ({ detail }) => detailWords(detail, operatorZone, look) },
  ]
  const told = columns.filter(
    ({ title, cell }) =>
      !['THEIR TIME', 'BY', 'WHY', 'MORE'].includes(title) || events.some((each) => cell(each) !== ''),
  )
  return drawTable(told, events, look)
}

/** 'text: "a" -> "b", messages: 12' */
export const detailWords = (detail: StoryEvent['detail'], operatorZone: string, look: Look): string => {
  const told = (name: string, value: unknown): string => said(name, value, operatorZone, look)
  return Object.entries(detail ?? {})
    .map(([name, value]) => {
      const values = isChange(value) ? `${told(name, value[0])} -> ${told(name, value[1])}` : told(name, value)
      return `${isMessageState(name) ? look.word(name) : look.word(labelOf(name), 'label')}: ${values}`
    })
    .join(', ')
}

/** 'operatorCode' -> 'operator code' */
const labelOf = (name: string): string =>
  LABELS[name] ?? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

const LABELS: Readonly<Record<string, string>> = {
  textNo: 'number of the text',
  expiresAt: 'ends',
  gatewayRef: "the gateway's number",
}

const isMessageState = (name: string): boolean => MESSAGE_STATES.some((state) => state === name)

const isChange = (value: unknown): value is readonly [unknown, unknown] => Array.isArray(value) && value.length === 2

/** An instant on the operator's clock, an audience in words; anything else as it is. */
const said = (name: string, value: unknown, operatorZone: string, look: Look): string => {
  if (name === 'expiresAt' && typeof value === 'number') return `${dateTime(value, operatorZone)} ${operatorZone}`
  if (name === 'audience' && typeof value === 'object') return audienceWords({ ...EVERYBODY, ...value }, look)
  if (name === 'state' && typeof value === 'string') return look.word(value)
  if (Array.isArray(value))
    return value.map((each) => said(name === 'states' ? 'state' : name, each, operatorZone, look)).join(', ')
  return typeof value === 'string' ? value : look.word(JSON.stringify(value))
}
