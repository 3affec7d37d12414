// `notify preview` on a screen: the text as it would arrive, and what to know of it.

import { visible } from '../../domain/visible.ts'
import type { Preview } from '../../flow/preview.ts'
import { holesWords } from './examined-screen.ts'
import { drawFacts } from './facts.ts'
import { counted } from './format.ts'
import type { Look } from './look.ts'

export const drawPreview = (preview: Preview, isWorst: boolean, look: Look): string => {
  const { recipient, text, sms, missing, unknown, unused, seen, blank } = preview
  const facts = [
    [
      'for',
      look.word(
        recipient === null ? 'nobody: no recipient can be reached, so nothing is filled in' : called(recipient),
      ),
    ],
    [
      'length',
      look.word(
        `${counted(Array.from(text).length, 'character', look.count)}, ${look.count(sms.segments)} SMS (${encodingOf(preview)})`,
      ),
    ],
    ['longest of', isWorst ? look.word(counted(seen, 'recipient', look.count)) : ''],
    ['blank', blank === 0 ? '' : look.word(blankFor(blank, isWorst, look))],
    ['empty', variables(missing)],
    [
      'unknown',
      unknown.length === 0
        ? ''
        : look.word(`${variables(unknown)}: no recipient column answers, so it cannot be scheduled`),
    ],
    ['not used', look.word(names(unused), 'label')],
  ] as const
  const lines = drawFacts(facts, 11, look)
  const holes = holesWords(preview, look)
  return [
    ...text.split('\n').map((line) => visible(line.trimEnd())),
    '',
    ...lines,
    ...(holes.length === 0 ? [] : ['', ...holes]),
  ].join('\n')
}

/** Nothing is not sent. */
const blankFor = (blank: number, isWorst: boolean, look: Look): string =>
  isWorst
    ? `for ${counted(blank, 'recipient', look.count)}: nothing is sent to them`
    : 'it says nothing to them, so nothing is sent'

const called = ({ id, name }: NonNullable<Preview['recipient']>): string =>
  name === null ? `recipient ${id}` : `${visible(name)} (recipient ${id})`

/** Some letters make a text twice as dear: where they are few, they may be slips. */
const FEW = 5

const encodingOf = ({ sms: { encoding, beyondGsm, units, perSegment } }: Preview): string => {
  const size = `${units} at ${perSegment} a piece, ${encoding === 'gsm-7' ? 'GSM-7' : 'UCS-2'}`
  return beyondGsm.length === 0 || beyondGsm.length > FEW
    ? size
    : `${size} because of ${beyondGsm.map(visible).join(' ')}`
}

const variables = (all: readonly string[]): string => all.map((name) => `{{ ${visible(name)} }}`).join(', ')

const MOST_NAMES = 12

const names = (all: readonly string[]): string =>
  all.length <= MOST_NAMES
    ? all.map(visible).join(', ')
    : `${all.slice(0, MOST_NAMES).map(visible).join(', ')} and ${all.length - MOST_NAMES} more`
