// `notify stats MAILING` on a screen: how far it is, the shape of its day, its zones, its reasons, how late it was.

import { visible } from '../../domain/visible.ts'
import type { MailingForecast } from '../../flow/forecast-mailing.ts'
import { type Day, dayOf, sentIn } from '../../flow/stats.ts'
import type { MailingDetail } from '../../store/answer-store.ts'
import { type Column, drawTable } from '../table.ts'
import { drawBar, sparkline } from './bars.ts'
import { forecastWords } from './forecast-screen.ts'
import { counted, dayTime, duration, timeOn } from './format.ts'
import type { Look } from './look.ts'
import { countColumns, countWords, drawProgress, MAILING_PAINT, MESSAGE_PAINT } from './state-look.ts'

type Zone = MailingDetail['zones'][number]
type Reason = MailingDetail['reasons'][number]

export interface DetailAbout {
  readonly operatorZone: string
  /** Zones shown at most. */
  readonly limit: number
  readonly forecast: MailingForecast | null
}

export const drawDetail = (detail: MailingDetail, { operatorZone, limit, forecast }: DetailAbout, look: Look): string =>
  [
    drawHead(detail, look),
    drawCounts(detail, look),
    forecast === null ? '' : forecastWords(forecast, operatorZone),
    drawDay(detail, operatorZone, look),
    drawZones(detail, operatorZone, limit, look),
    drawReasons(detail, look),
    drawLateness(detail),
  ]
    .filter((part) => part !== '')
    .join('\n\n')

const drawHead = ({ mailing, total, zones }: MailingDetail, { paint, count, word }: Look): string => {
  const { id, name, state, at, until, on, gateway, reason } = mailing
  const stateText = paint(MAILING_PAINT[state] ?? 'bold', word(state, 'mailing'))
  const why = reason === null ? '' : ` (${visible(reason)})`
  const where = counted(zones.filter(({ zone }) => zone !== '').length, 'zone', count)
  return `${paint('bold', visible(name))}   ${word(`mailing ${id}`)}, ${stateText}${why}
${counted(total, 'message', count)} in ${where}, ${on} ${at}-${until} their time, through ${visible(gateway)}`
}

const BAR_WIDTH = 50

const drawCounts = ({ states }: MailingDetail, look: Look): string => {
  const bar = drawProgress(states, Math.min(BAR_WIDTH, look.width ?? BAR_WIDTH), look)
  return [bar, countWords(states, look)].filter((line) => line !== '').join('\n')
}

/** Hours that fit on a line beside their labels. */
const MOST_HOURS = 36

/** On a terminal only: it is for the eye. */
const drawDay = ({ zones, sentByHour }: MailingDetail, operatorZone: string, look: Look): string => {
  const day = dayOf(zones, MOST_HOURS)
  if (day === null || day.counts.length < 2 || !look.isTTY) return ''
  const ends = (line: string): string =>
    `${dayTime(day.from, operatorZone)} ${line} ${dayTime(day.to, operatorZone)} ${operatorZone}`
  const left = sentIn(day, sentByHour)
  const most = Math.max(...day.counts, ...left.counts)
  const planned = ends(look.paint('cyan', sparkOf(day, most, look)))
  if (sentByHour.length === 0) return planned
  const sent = ends(look.paint('green', sparkOf(left, most, look)))
  return `${planned}  ${look.word('planned')}\n${sent}  ${look.word('sent')}`
}

const sparkOf = ({ counts }: Day, most: number, look: Look): string => {
  const wide = counts.length * 2 <= MOST_HOURS
  return sparkline(wide ? counts.flatMap((count) => [count, count]) : counts, look, most)
}

const drawZones = (detail: MailingDetail, operatorZone: string, limit: number, look: Look): string => {
  const { mailing, states } = detail
  // those without a zone are the last: they leave at no time
  const zones = [...detail.zones.filter(({ zone }) => zone !== ''), ...detail.zones.filter(({ zone }) => zone === '')]
  const shown = zones.slice(0, limit)
  if (shown.length === 0) return ''
  const columns: readonly Column<Zone>[] = [
    { title: 'ZONE', cutTo: 14, cell: ({ zone }) => (zone === '' ? look.word('no zone') : zone) },
    { title: 'THEIR TIME', cell: ({ zone, sendAt }) => (zone === '' ? '' : timeOn(mailing.on, sendAt, zone)) },
    {
      title: operatorZone,
      leavesFirst: 1,
      cell: ({ zone, sendAt }) => (zone === '' ? '' : dayTime(sendAt, operatorZone)),
    },
    {
      title: 'PROGRESS',
      leavesFirst: 2,
      widest: 18,
      narrowest: 12,
      draw: (zone, width) => drawProgress(zone.states, width, look),
    },
    { title: 'TOTAL', leavesFirst: 6, align: 'right', cell: ({ total }) => look.count(total) },
    ...countColumns<Zone>(states, look, 5), // the line above the table has said it for all zones
    ...lateColumns(detail),
  ]
  return drawTable(columns, shown, look, zones.length - shown.length)
}

/** How late the messages of each zone left, once some have. */
const lateColumns = ({ zones }: MailingDetail): readonly Column<Zone>[] => {
  if (zones.every(({ lateness }) => lateness === null)) return []
  const late = (title: string, of: 'p50' | 'p99' | 'max', leavesFirst: number): Column<Zone> => ({
    title,
    leavesFirst,
    align: 'right',
    isWord: true,
    cell: ({ lateness }) => (lateness === null ? '' : duration(lateness[of])),
  })
  return [late('HALF WITHIN', 'p50', 8), late('99 %', 'p99', 7), late('ALL', 'max', 9)]
}

const drawReasons = ({ reasons }: MailingDetail, look: Look): string => {
  if (reasons.length === 0) return ''
  const most = Math.max(...reasons.map(({ count }) => count))
  const bar = ({ state, count }: Reason, width: number): string =>
    drawBar(
      [
        { count, glyphs: ['█', '#'], paint: MESSAGE_PAINT[state] ?? 'cyan' },
        { count: most - count, glyphs: [' ', ' '], paint: 'dim' },
      ],
      width,
      look,
    )
  const columns: readonly Column<Reason>[] = [
    { title: 'STATE', isWord: true, cell: ({ state }) => state, paint: ({ state }) => MESSAGE_PAINT[state] },
    { title: 'COUNT', align: 'right', cell: ({ count }) => look.count(count) },
    { title: '', leavesFirst: 1, widest: 12, narrowest: 6, draw: bar },
    { title: 'REASON', isWord: true, wrapTo: 20, cell: ({ reason }) => reason },
  ]
  return drawTable(columns, reasons, look)
}

const drawLateness = ({ lateness }: MailingDetail): string =>
  lateness === null
    ? ''
    : `Lateness: half within ${duration(lateness.p50)}, 99 % within ${duration(lateness.p99)}, all within ${duration(lateness.max)}`
