// What an edit changes: name by name, and per zone how many messages move from when to when; or as JSON.
import { isoUtc } from '../../domain/local-time.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { differences } from '../../domain/mailing-differences.ts'
import { visible } from '../../domain/visible.ts'
import { changesAnything, type PreparedEdit } from '../../flow/edit-mailing.ts'
import type { Difference } from '../../flow/row-pass.ts'
import { drawTable } from '../table.ts'
import { drawFacts } from './facts.ts'
import { counted, dateTime } from './format.ts'
import type { Look } from './look.ts'
import { mailingJson } from './mailing-json.ts'
import { audienceWords } from './mailing-screen.ts'

type Change = Difference['changes'][number]

const valuesOf = ({ name, text, at, on, until, expiresAt, terms }: Mailing) => ({
  name,
  text,
  at,
  on,
  until,
  expiresAt: isoUtc(expiresAt),
  audience: terms.audience,
})

export const editJson = (prepared: PreparedEdit, mailing: Mailing, difference: Difference) => ({
  mailing: mailingJson(mailing),
  before: valuesOf(prepared.before),
  after: valuesOf(prepared.after),
  moved: difference.moved,
  joined: difference.joined,
  left: difference.left,
  untouched: prepared.taken,
  zones: movedOf(difference).map(({ zone, count, from, sendAt }) => ({
    zone,
    count,
    from: from === null ? null : isoUtc(from),
    sendAt: isoUtc(sendAt),
  })),
  notes: prepared.notes,
})

export const movedOf = ({ changes }: Difference): readonly Change[] => changes.filter(({ kind }) => kind === 'moved')

/** 'at       10:00 -> 11:30', and a table of the zones. */
export const drawEdit = (prepared: PreparedEdit, operatorZone: string, look: Look): string => {
  const { before, after, difference } = prepared
  const words = (mailing: Mailing): Readonly<Record<string, string>> => ({
    name: mailing.name,
    textNo: firstLine(mailing.text),
    at: mailing.at,
    on: mailing.on,
    until: mailing.until,
    expiresAt: `${dateTime(mailing.expiresAt, operatorZone)} ${operatorZone}`,
    audience: audienceWords(mailing.terms.audience, look),
  })
  const [was, is] = [words(before), words(after)]
  const facts = Object.keys(differences(before, after)).map(
    (name) => [LABELS[name] ?? name, `${visible(was[name] ?? '')} -> ${visible(is[name] ?? '')}`] as const,
  )
  const lines = drawFacts(facts, 9, look)
  const moved = movedOf(difference)
  const table =
    moved.length === 0
      ? []
      : [
          '',
          drawTable<Change>(
            [
              { title: 'ZONE', cutTo: 16, cell: ({ zone }) => zone },
              {
                title: look.word('FROM', 'edit'),
                cell: ({ from, fromZone, zone }) => (from === null ? '' : dateTime(from, fromZone ?? zone)),
              },
              { title: look.word('TO', 'edit'), cell: ({ sendAt, zone }) => dateTime(sendAt, zone) },
              { title: operatorZone, leavesFirst: 1, cell: ({ sendAt }) => dateTime(sendAt, operatorZone) },
              { title: 'MESSAGES', align: 'right', cell: ({ count }) => look.count(count) },
            ],
            moved,
            look,
          ),
        ]
  const notes = prepared.notes.map((note) => `  ${visible(look.word(note))}`)
  return [...lines, ...notes, ...table, '', ''].join('\n')
}

const LABELS: Readonly<Record<string, string>> = {
  textNo: 'text',
  expiresAt: 'ends',
  audience: 'to',
  at: 'hour',
  on: 'day',
}

const LONGEST = 60

const firstLine = (text: string): string => {
  const [line = ''] = text.split('\n')
  return `"${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}"`
}

/** 'Edited mailing 1 "spring": 2 messages move, 1 joins, 3 are dropped from the mailing. 4 are taken already and stay.' */
export const editSummary = (verb: string, prepared: PreparedEdit, difference: Difference, look: Look): string => {
  const { before, after, taken } = prepared
  const parts = [
    ...(difference.moved === 0 ? [] : [`${messages(difference.moved, look)} ${verbOf(difference.moved, 'move')}`]),
    ...(difference.joined === 0 ? [] : [`${messages(difference.joined, look)} ${verbOf(difference.joined, 'join')}`]),
    ...(difference.left === 0
      ? []
      : [`${messages(difference.left, look)} ${difference.left === 1 ? 'is' : 'are'} dropped from the mailing`]),
  ]
  const what = parts.length === 0 ? '' : `: ${parts.join(', ')}`
  const rest =
    taken === 0 || !changesAnything(prepared)
      ? ''
      : ` ${taken === 1 ? '1 is' : `${look.count(taken)} are`} taken already and ${taken === 1 ? 'stays' : 'stay'}.`
  const waits = after.state === 'proposed' && before.state !== 'proposed' ? ' It waits for approval again.' : ''
  return `${verb} mailing ${before.id} "${visible(after.name)}"${what}.${rest}${waits}`
}

const messages = (count: number, look: Look): string => counted(count, 'message', look.count)
const verbOf = (count: number, verb: string): string => (count === 1 ? `${verb}s` : verb)
