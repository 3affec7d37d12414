// What a text becomes for an audience, on a screen or as JSON.
import { visible } from '../../domain/visible.ts'
import type { Examined, Hole } from '../../flow/examine-text.ts'
import { counted } from './format.ts'
import type { Look } from './look.ts'

export const examinedJson = ({ sample, sms, holes }: Examined) => ({
  sample: sample === null ? null : { id: String(sample.id), name: sample.name, text: sample.text },
  sms,
  holes: holesJson(holes),
})

export const holesJson = (holes: readonly Hole[]) => holes.map(({ missing, count, text }) => ({ missing, count, text }))

/** 'To Анна: "Доброе утро, Анна!"', the SMS, and who has a hole in the text. */
export const examinedWords = (examined: Examined, total: number, look: Look): string => {
  const { sample, sms } = examined
  const lines = [
    ...(sample === null
      ? []
      : [`To ${visible(sample.name ?? String(sample.id))}: "${shortened(sample.text, LONGEST_SAMPLE)}"`]),
    ...(sms === null || sms.seen === 0 ? [] : [smsWords(sms, total, look)]),
    ...holesWords(examined, look),
  ]
  return lines.join('\n')
}

const smsWords = ({ segments, seen, of }: NonNullable<Examined['sms']>, total: number, look: Look): string =>
  seen === of && of === total
    ? `${look.count(segments)} SMS in all.`
    : `About ${look.count(Math.round((segments / of) * total))} SMS in all, by the texts of ${look.count(seen)} of ${counted(total, 'recipient', look.count)}.`

const MOST_HOLES = 3

/** '147 of 300 have no {{ name }}: their text begins with ", !"' */
export const holesWords = ({ holes, of }: Pick<Examined, 'holes' | 'of'>, look: Look): readonly string[] => [
  ...holes
    .slice(0, MOST_HOLES)
    .map(
      ({ missing, count, text }) =>
        `${look.count(count)} of ${look.count(of)} have no ${missing.map((name) => `{{ ${visible(name)} }}`).join(', ')}: their text begins with "${shortened(text, LONGEST_BEGINNING)}"`,
    ),
  ...(holes.length > MOST_HOLES
    ? [`${look.count(holes.length - MOST_HOLES)} more kinds of holes: see notify preview --json.`]
    : []),
]

const LONGEST_SAMPLE = 200
const LONGEST_BEGINNING = 40

const shortened = (text: string, longest: number): string => {
  const letters = Array.from(text)
  return visible(letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text)
}
