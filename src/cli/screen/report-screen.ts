// `notify report`: a day as plain text for a mail, narrow and without colour; or as programs read it.
import { isoUtc } from '../../domain/local-time.ts'
import { type CountByState, MESSAGE_STATES } from '../../domain/message.ts'
import { localClock } from '../../domain/send-time.ts'
import { visible } from '../../domain/visible.ts'
import type { DayReport } from '../../flow/report.ts'
import { counted, duration } from './format.ts'
import { gatewayJson } from './gateway-json.ts'
import { holdJson, holdWords } from './hold-screen.ts'
import type { Look } from './look.ts'

import { detailWords } from './story-screen.ts'
import { troubleJson } from './trouble-json.ts'

const WIDTH = 76

export const drawReport = (day: DayReport, look: Look): string => {
  const { word } = look
  return [
    `notify, ${day.on} (${day.zone})`,
    section(
      'What left',
      settledLines(day).map((line) => word(line)),
    ),
    section(
      'What waits',
      waitingLines(day).map((line) => word(line)),
    ),
    section(
      'In trouble',
      troubleLines(day).map((line) => word(line)),
    ),
    section('Who did what', actLines(day, look)),
    `Address book: ${counted(day.book.recipients, 'recipient')}, ${day.book.unsubscribed} of them unsubscribed.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.flatMap(wrapped)].join('\n')

/** A line no longer than a mail likes it; what goes on is indented. */
const wrapped = (line: string): readonly string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of `  ${line}`.split(/(?<=\S) /)) {
    if (current !== '' && current.length + word.length >= WIDTH) {
      lines.push(current)
      current = `      ${word}`
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}

const countsOf = (states: CountByState): string =>
  MESSAGE_STATES.filter((state) => states[state] > 0)
    .map((state) => `${states[state]} ${state}`)
    .join(', ')

const settledLines = ({ settled }: DayReport): readonly string[] => {
  if (settled.length === 0) return ['Nothing.']
  return settled.flatMap(({ mailing, states, reasons, lateness }) => [
    `mailing ${mailing.id} "${visible(mailing.name)}" (${mailing.state}): ${countsOf(states)}`,
    ...reasons.map(({ state, reason, count }) => `    ${count} ${state}: ${visible(reason)}`),
    ...(lateness === null
      ? []
      : [
          `    late: half within ${duration(lateness.p50)}, 99 % within ${duration(lateness.p99)}, all within ${duration(lateness.max)}`,
        ]),
  ])
}

const waitingLines = ({ waiting }: DayReport): readonly string[] =>
  waiting.map(
    ({ mailing, waiting: all, due }) =>
      `mailing ${mailing.id} "${visible(mailing.name)}" (${mailing.state}): ${counted(all, 'message')}, ${due} of them due the next day`,
  )

const troubleLines = ({ troubled, mailings, hold, zone }: DayReport): readonly string[] => [
  ...mailings.flatMap(({ says, help }) => [visible(says), `    ${help}`]),
  ...(hold === null ? [] : [`everything is held ${holdWords(hold, zone)}`]),
  ...troubled.map(({ name, state, health, waiting, isStalled }) => {
    const why = state === 'paused' ? health.pausedWhy : health.reason
    const stalled = isStalled ? '; due messages do not move' : ''
    return `gateway ${visible(name)}: ${state}${why === null ? '' : ` (${visible(why)})`}, ${counted(waiting, 'message')} wait${stalled}`
  }),
]

/** Acts whose name alone does not say which file, which district it was. Others are told whole by notify log. */
const SAY_LITTLE = ['recipients imported', 'import undone', 'district changed']

const actLines = ({ acts, zone }: DayReport, look: Look): readonly string[] =>
  acts.map(({ at, who, what, mailingId, why, detail }) => {
    const which = mailingId === null ? '' : ` (${look.word(`mailing ${mailingId}`)})`
    const more = detail !== null && SAY_LITTLE.includes(what) ? ` (${visible(detailWords(detail, zone, look))})` : ''
    const because = why === null ? '' : `: ${visible(look.word(why))}`
    return `${localClock(at, zone).time} ${visible(who ?? look.word('somebody'))}: ${look.word(what)}${which}${more}${because}`
  })

export const reportJson = (day: DayReport) => ({
  date: day.on,
  zone: day.zone,
  settled: day.settled.map(({ mailing, states, reasons, lateness }) => ({
    ...nameOf(mailing),
    states,
    reasons,
    lateness,
  })),
  waiting: day.waiting.map(({ mailing, waiting, due }) => ({ ...nameOf(mailing), waiting, dueNextDay: due })),
  gateways: day.troubled.map((report) => gatewayJson(report, 0)),
  troubles: day.mailings.map(troubleJson),
  held: holdJson(day.hold),
  acts: day.acts.map(({ at, who, what, mailingId, why, detail }) => ({
    at: isoUtc(at),
    who,
    what,
    mailing: mailingId === null ? null : String(mailingId),
    why,
    detail,
  })),
  recipients: day.book.recipients,
  unsubscribed: day.book.unsubscribed,
})

const nameOf = ({ id, name, state }: DayReport['settled'][number]['mailing']) => ({ id: String(id), name, state })
