// What a text becomes for one recipient: the first, a named one, or the one for whom it is longest. Nothing is sent.
import { isBlank } from '../domain/blank.ts'
import { Fixable } from '../domain/errors.ts'
import type { AddressKind, Audience } from '../domain/mailing.ts'
import type { RecipientValues } from '../domain/message.ts'
import { type SmsSize, smsSize } from '../domain/sms-segments.ts'
import { emptyVariables, parseText, textOfRecipients, unknownNames } from '../domain/text.ts'
import { TEXT_COLUMNS } from '../domain/text-columns.ts'
import type { Sample } from '../store/sample-store.ts'
import type { Store } from '../store/store.ts'
import { findHoles, type Hole } from './examine-text.ts'

interface Powers {
  readonly store: Pick<Store, 'listSamples' | 'findSample' | 'attributeNames' | 'groupByEmpty'>
}

/** For whom: the first of the audience, the worst of it, or somebody, in the audience or not. */
export type Whom = 'first' | 'worst' | { readonly id: number }

export interface PreviewRequest {
  readonly text: string
  /** Headings of several words that it may name; null: those of this day. */
  readonly headings: readonly string[] | null
  readonly audience: Audience
  readonly addressKind: AddressKind
  readonly whom: Whom
}

export interface Preview {
  /** null: nobody is in the audience, so nothing is filled in. */
  readonly recipient: Pick<Sample, 'id' | 'name'> | null
  readonly text: string
  readonly sms: SmsSize
  /** Variables that have no value for this recipient. */
  readonly missing: readonly string[]
  /** Variables that no column of any recipient answers: such a text is not scheduled. */
  readonly unknown: readonly string[]
  /** Columns that the text could name and does not. */
  readonly unused: readonly string[]
  /** Recipients that were looked at for the worst. */
  readonly seen: number
  /** Those among them for whom the text says nothing: they get none. */
  readonly blank: number
  /** Of all of the audience. */
  readonly holes: readonly Hole[]
  readonly of: number
}

/** Fixable('notFound') where nobody has that number; Fixable('usage') for a text that cannot be used. */
export const previewText = async (powers: Powers, request: PreviewRequest, stop: AbortSignal): Promise<Preview> => {
  const attributes = await powers.store.attributeNames()
  const known = [...TEXT_COLUMNS, ...attributes]
  const headings = request.headings ?? attributes
  const parsed = parseText(request.text, headings)
  const { variables } = parsed
  const { sample, text, seen, blank } = await pick(powers, { ...request, headings }, stop)
  return {
    recipient: sample,
    text,
    sms: smsSize(text),
    missing: emptyVariables(variables, sample?.values ?? {}),
    unknown: unknownNames(parsed, known),
    unused: known.filter((name) => !variables.includes(name)),
    seen,
    blank,
    ...(await findHoles(powers, { ...request, headings })),
  }
}

type Asked = PreviewRequest & { readonly headings: readonly string[] }

interface Picked {
  readonly sample: Sample | null
  readonly text: string
  readonly seen: number
  readonly blank: number
}

const pick = async ({ store }: Powers, request: Asked, stop: AbortSignal): Promise<Picked> => {
  const { audience, addressKind, whom } = request
  const { columns, render } = textOfRecipients(request.text, request.headings)
  if (whom === 'worst') return worst({ store }, request, stop)
  if (whom === 'first') {
    const [first] = await store.listSamples(audience, addressKind, columns, { after: 0, limit: 1 })
    const text = rendered(render, first ?? NOBODY)
    return first === undefined ? { sample: null, text, seen: 0, blank: 0 } : pickedAlone(first, text)
  }
  const sample = await store.findSample(whom, columns)
  if (sample !== null) return pickedAlone(sample, rendered(render, sample))
  throw new Fixable('notFound', `there is no recipient ${whom.id}`)
}

const pickedAlone = (sample: Sample, text: string): Picked => ({ sample, text, seen: 1, blank: isBlank(text) ? 1 : 0 })

const NOBODY: Sample = { id: 0, name: null, values: {} }

const PAGE = 2_000

/** The most segments, then the most units. All of the audience is looked at, page by page. */
const worst = async (
  { store }: Powers,
  { text: source, headings, audience, addressKind }: Asked,
  stop: AbortSignal,
): Promise<Picked> => {
  const { columns, render } = textOfRecipients(source, headings)
  let found: Picked = { sample: null, text: render({}), seen: 0, blank: 0 }
  let size = { segments: 0, units: -1 }
  for (let after = 0, seen = 0, blank = 0; ; ) {
    const page = await store.listSamples(audience, addressKind, columns, { after, limit: PAGE })
    for (const sample of page) {
      const text = rendered(render, sample)
      if (isBlank(text)) blank += 1
      const { segments, units } = smsSize(text)
      if (segments < size.segments || (segments === size.segments && units <= size.units)) continue
      size = { segments, units }
      found = { sample, text, seen, blank }
    }
    seen += page.length
    const last = page.at(-1)
    if (last === undefined) return { ...found, seen, blank }
    after = last.id
    if (stop.aborted) throw new Fixable('interrupted', 'stopped before everybody was looked at')
  }
}

/** A text may be impossible for one recipient alone, such as a sum of what is no number. */
const rendered = (render: (values: RecipientValues) => string, { id, name, values }: Sample): string => {
  try {
    return render(values)
  } catch (error) {
    if (!(error instanceof Fixable)) throw error
    throw new Fixable('input', `for recipient ${id}${name === null ? '' : ` (${name})`} ${error.message}`, error.hint)
  }
}
