// `notify gateways` on a screen: who takes messages, who does not, why and until when.
import type { GatewayReport } from '../../flow/gateways.ts'
import { drawTable, type TextColumn } from '../table.ts'
import { dayTime, percent } from './format.ts'
import type { Look, Paint } from './look.ts'

export const drawGateways = (reports: readonly GatewayReport[], operatorZone: string, look: Look): string => {
  const columns: readonly TextColumn<GatewayReport>[] = [
    { title: 'GATEWAY', cell: ({ name }) => name },
    { title: 'TYPE', leavesFirst: 4, cell: ({ plan }) => plan?.type ?? '' },
    {
      title: 'STATE',
      cell: (report) => stateWords(report, look),
      paint: ({ state, isStalled }) => (isStalled ? 'red' : STATE_PAINT[state]),
    },
    { title: 'LOAD', align: 'right', cell: ({ plan, load }) => (plan === null ? '' : percent(load, 1)) },
    {
      title: 'AT ONCE',
      leavesFirst: 3,
      align: 'right',
      cell: ({ plan }) => (plan ? look.count(plan.concurrency) : ''),
    },
    { title: 'RATE', leavesFirst: 3, align: 'right', cell: ({ plan }) => rateWords(plan?.ratePerSecond ?? null) },
    { title: 'DUE', align: 'right', cell: ({ due }) => look.count(due) },
    { title: 'IN HAND', align: 'right', cell: ({ inHand }) => look.count(inHand) },
    { title: operatorZone, leavesFirst: 2, cell: (report) => look.word(whenWords(report, operatorZone), 'gateway') },
    { title: 'WHY', leavesFirst: 1, wrapTo: 16, isWord: true, cell: whyWords },
  ]
  const always = new Set(['RATE', operatorZone, 'WHY'])
  const told = columns.filter(({ title, cell }) => !always.has(title) || reports.some((report) => cell(report) !== ''))
  return drawTable(told, reports, look)
}

const STATE_PAINT: Readonly<Record<GatewayReport['state'], Paint>> = {
  up: 'green',
  ramping: 'cyan',
  probing: 'yellow',
  resting: 'red',
  paused: 'yellow',
  'not configured': 'red',
}

const stateWords = ({ state, isStalled }: GatewayReport, { word }: Look): string =>
  `${word(state, 'gateway')}${isStalled ? `, ${word('stalled', 'gateway')}` : ''}`

const PER = [
  [1, 's'],
  [60, 'm'],
  [3_600, 'h'],
] as const

/** As notify.toml says it: '200/s', '30/m', '1000/h'. */
const rateWords = (perSecond: number | null): string => {
  if (perSecond === null) return ''
  const isWhole = (count: number): boolean => Math.abs(count - Math.round(count)) < 1e-6
  const [seconds, unit] = PER.find(([length]) => isWhole(perSecond * length)) ?? PER[2]
  return `${Math.round(perSecond * seconds)}/${unit}`
}

const whenWords = ({ state, health, fullSpeedAt }: GatewayReport, zone: string): string => {
  if (state === 'paused' && health.pausedAt !== null) return `since ${dayTime(health.pausedAt, zone)}`
  if (state === 'resting' && health.restsUntil !== null) return `until ${toTheSecond(health.restsUntil, zone)}`
  return fullSpeedAt === null ? '' : `full speed ${toTheSecond(fullSpeedAt, zone)}`
}

/** A rest may be of seconds. */
const toTheSecond = (instant: number, zone: string): string =>
  `${dayTime(instant, zone)}:${String(Math.floor(instant / 1_000) % 60).padStart(2, '0')}`

const whyWords = ({ state, health, isStalled }: GatewayReport): string => {
  if (isStalled) return 'due messages do not move'
  if (state === 'paused') return [health.pausedBy, health.pausedWhy].filter((words) => words !== null).join(': ')
  return state === 'resting' || state === 'probing' ? (health.reason ?? '') : ''
}
