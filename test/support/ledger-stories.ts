// The ledger's book, read into what became of each key: who sent it, what it was answered, and what came again.
import { type Entry, readBook } from './ledger-book.ts'

export interface KeyStory {
  readonly hash: string
  readonly header: string | null
  readonly phone: string | null
  readonly firstWall: number
  readonly senders: Set<string>
  effects: number
  took: boolean
  last: Request
}

interface Request {
  readonly by: string
  readonly mono: number
  readonly yes: boolean
  /** When its yes went out; infinite: it did not. */
  answeredAt: number
}

export interface Book {
  readonly stories: ReadonlyMap<string, KeyStory>
  readonly repeats: readonly Repeat[]
  /** When each process sent, in order. */
  readonly instants: ReadonlyMap<string, readonly number[]>
  /** One key, two bodies or two headers. */
  readonly mixed: readonly string[]
  readonly requests: number
  readonly effects: number
}

/** A request after one of the same key that was answered yes, or would have been. */
export interface Repeat {
  readonly key: string
  readonly before: Request
  readonly after: Request
}

export const readStories = async (file: string): Promise<Book> => {
  const stories = new Map<string, KeyStory>()
  const repeats: Repeat[] = []
  const instants = new Map<string, number[]>()
  const mixed: string[] = []
  const unanswered = new Map<number, Request>()
  let requests = 0
  let effects = 0
  for await (const line of readBook(file)) {
    if ('answered' in line) {
      const request = unanswered.get(line.answered)
      if (request !== undefined) request.answeredAt = line.mono
      unanswered.delete(line.answered)
      continue
    }
    const { n, key, by, mono, effect, yes } = line
    requests += 1
    effects += effect ? 1 : 0
    const own = instants.get(by) ?? []
    if (own.push(mono) === 1) instants.set(by, own)
    if (key === null) continue
    const request: Request = { by, mono, yes, answeredAt: Number.POSITIVE_INFINITY }
    if (yes) unanswered.set(n, request)
    const story = stories.get(key)
    if (story === undefined) stories.set(key, newStory(line, request))
    else {
      mixed.push(...differences(story, line))
      if (story.last.yes) repeats.push({ key, before: story.last, after: request })
      goOn(story, line, request)
    }
  }
  return { stories, repeats, instants, mixed, requests, effects }
}

const newStory = ({ hash, header, phone, wall, by, effect, took }: Entry, last: Request): KeyStory => {
  return { hash, header, phone, firstWall: wall, senders: new Set([by]), effects: effect ? 1 : 0, took, last }
}

const differences = ({ hash, header }: KeyStory, entry: Entry): string[] => [
  ...(hash === entry.hash ? [] : [`key ${entry.key} came with two bodies`]),
  ...(header === entry.header ? [] : [`key ${entry.key} came with the headers ${header} and ${entry.header}`]),
]

const goOn = (story: KeyStory, { by, effect, took }: Entry, last: Request): void => {
  story.senders.add(by)
  story.effects += effect ? 1 : 0
  story.took ||= took
  story.last = last
}
