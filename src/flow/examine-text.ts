// What a text becomes for an audience, before it is sent: one filled in, its holes, and how many SMS it is in all.
import { isBlank } from '../domain/blank.ts'
import { Fixable } from '../domain/errors.ts'
import type { AddressKind, Audience } from '../domain/mailing.ts'
import { smsSize } from '../domain/sms-segments.ts'
import { type ParsedText, parseText, textOfRecipients, valuesOf } from '../domain/text.ts'
import type { EmptyGroup, Sample } from '../store/sample-store.ts'
import type { Store } from '../store/store.ts'

export interface Examined {
  /** The first of the audience; null: nobody can be reached. */
  readonly sample: { readonly id: number; readonly name: string | null; readonly text: string } | null
  readonly holes: readonly Hole[]
  /** Recipients that can be reached. */
  readonly of: number
  /** null: it goes by e-mail. */
  readonly sms: SmsCount | null
}

/** So many have none of these, and their text has a hole there. */
export interface Hole {
  readonly missing: readonly string[]
  readonly count: number
  /** The text of one of them. */
  readonly text: string
}

export interface SmsCount {
  readonly segments: number
  /** Recipients whose text was reckoned; fewer than all: the sum is an estimate by them. */
  readonly seen: number
  readonly of: number
}

interface Question {
  readonly text: string
  readonly headings: readonly string[]
  readonly audience: Audience
  readonly addressKind: AddressKind
}

type Powers = { readonly store: Pick<Store, 'groupByEmpty' | 'listSamples' | 'findSample'> }

/** One reading of the audience, and so many recipients more as are looked at. */
export const examineText = async ({ store }: Powers, question: Question): Promise<Examined> => {
  const { text, headings, audience, addressKind } = question
  const parsed = parseText(text, headings)
  const groups = await store.groupByEmpty(audience, addressKind, parsed.variables)
  const of = groups.reduce((sum, { count }) => sum + count, 0)
  const samples = await samplesOf({ store }, question, groups, of)
  const { render } = textOfRecipients(text, headings)
  const first = samples[0]
  return {
    sample: first === undefined ? null : { id: first.id, name: first.name, text: filled(render, first) },
    holes: await holesOf({ store }, question, parsed, groups),
    of,
    sms: addressKind === 'phone' ? smsOf(samples, (each) => filled(render, each), of) : null,
  }
}

/** Who of the audience has a hole in the text, and of how many. */
export const findHoles = async (powers: Powers, question: Question): Promise<Pick<Examined, 'holes' | 'of'>> => {
  const { text, headings, audience, addressKind } = question
  const parsed = parseText(text, headings)
  const groups = await powers.store.groupByEmpty(audience, addressKind, parsed.variables)
  const of = groups.reduce((sum, { count }) => sum + count, 0)
  return { holes: await holesOf(powers, question, parsed, groups), of }
}

/** Up to so many all of them, else so many from ten places of the address book. */
const MOST_SEEN = 2_000
const PLACES = 10

const samplesOf = async (
  { store }: Powers,
  { text, headings, audience, addressKind }: Question,
  groups: readonly EmptyGroup[],
  of: number,
): Promise<readonly Sample[]> => {
  const { columns, isStatic } = textOfRecipients(text, headings)
  const page = (after: number, limit: number) => store.listSamples(audience, addressKind, columns, { after, limit })
  if (of <= MOST_SEEN || isStatic) return page(0, isStatic ? 1 : MOST_SEEN)
  const first = Math.min(...groups.map(({ firstId }) => firstId))
  const last = Math.max(...groups.map(({ lastId }) => lastId))
  const seen = new Map<number, Sample>()
  for (let place = 0; place < PLACES; place++) {
    const after = first - 1 + Math.floor(((last - first) * place) / PLACES)
    for (const sample of await page(after, MOST_SEEN / PLACES)) seen.set(sample.id, sample)
  }
  return [...seen.values()]
}

/** A text may be impossible for one recipient; the plan tells of the others. */
const filled = (render: ReturnType<typeof textOfRecipients>['render'], { values }: Sample): string => {
  try {
    return render(values)
  } catch (error) {
    if (error instanceof Fixable) return ''
    throw error
  }
}

const smsOf = (samples: readonly Sample[], textOf: (sample: Sample) => string, of: number): SmsCount => {
  const sizes = samples.map((sample) => {
    const text = textOf(sample)
    return isBlank(text) ? 0 : smsSize(text).segments
  })
  const sum = sizes.reduce((all, size) => all + size, 0)
  // of a text without variables one is all
  const isSameForAll = samples.length === 1
  if (samples.length === 0) return { segments: 0, seen: 0, of }
  return { segments: Math.round((sum / samples.length) * of), seen: isSameForAll ? of : samples.length, of }
}

const holesOf = async (
  { store }: Powers,
  { text, headings }: Question,
  parsed: ParsedText,
  groups: readonly EmptyGroup[],
): Promise<readonly Hole[]> => {
  const { columns, render } = textOfRecipients(text, headings)
  const holes = new Map<string, Hole>()
  for (const { empty, count, firstId } of groups.filter((group) => group.empty.length > 0).slice(0, MOST_GROUPS)) {
    const sample = await store.findSample({ id: firstId }, columns)
    if (sample === null) continue
    for (const missing of missingOf(parsed, sample, empty)) {
      const key = missing.join('\0')
      const before = holes.get(key)
      holes.set(key, { missing, count: count + (before?.count ?? 0), text: before?.text ?? filled(render, sample) })
    }
  }
  return [...holes.values()].toSorted((a, b) => b.count - a.count)
}

/** Of many variables there are many combinations. */
const MOST_GROUPS = 200

/** Each of the empty ones that leaves an output blank; with a default that is empty as well they do it together. */
const missingOf = (
  { blankOutputs, variables }: ParsedText,
  sample: Sample,
  empty: readonly string[],
): readonly (readonly string[])[] => {
  const values = valuesOf(variables, sample.values)
  const blank = blankOutputs(values)
  if (blank === 0) return []
  const alone = empty.filter((name) => blankOutputs({ ...values, [name]: 'x' }) < blank)
  if (alone.length === 0) return [empty]
  const together = blankOutputs({ ...values, ...Object.fromEntries(alone.map((name) => [name, 'x'])) })
  return blank - together < alone.length ? [alone] : alone.map((name) => [name])
}
