// Which Cyrillic encoding makes words of some bytes: those of one byte a character look all alike, and a wrong one makes words of its own.

/** As TextDecoder calls them. What Russian KOI8 says in letters the Ukrainian one says too, and has і, ї, є and ґ beside. */
const CANDIDATES = ['windows-1251', 'koi8-u', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5']

export interface CyrillicGuess {
  /** null: none makes words of it. */
  readonly encoding: string | null
  /** Another that makes other words of it, hardly worse; null: there is none. */
  readonly rival: string | null
}

/** Not by a general detector: jschardet 4 takes capitals in windows-1251 for KOI8-R, and the other way round. */
export const cyrillicEncoding = (head: Buffer): CyrillicGuess => {
  const [best, ...others] = CANDIDATES.map((encoding) => {
    const text = new TextDecoder(encoding).decode(head)
    return { encoding, text, likeness: likeness(text) }
  }).toSorted((a, b) => b.likeness - a.likeness)
  if (best === undefined || best.likeness < LIKE_ENOUGH) return { encoding: null, rival: null }
  const rival = others.find(({ text }) => text !== best.text)
  const isDoubtful = rival !== undefined && best.likeness - rival.likeness < LEAST_LEAD
  return { encoding: usualName(best.encoding, best.text, head), rival: isDoubtful ? rival.encoding : null }
}

/** Where nothing is Ukrainian, KOI8 is called by its Russian name. */
const usualName = (encoding: string, text: string, head: Buffer): string =>
  encoding === 'koi8-u' && new TextDecoder('koi8-r').decode(head) === text ? 'koi8-r' : encoding

/** From the most frequent letter of Russian to the rarest. */
const LETTERS = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'
/** Of Ukrainian and Belarusian, of Serbian. */
const NEIGHBOURS = 'іїєґўђјљњћџ'

/** Names and headers of Russian reach 0.6 to 0.85; French and German, Greek and Turkish read as Cyrillic stay below 0.5. */
const LIKE_ENOUGH = 0.55

/** 32 names of five languages, each in four files of two lines: with less one of them is taken for what it is not. */
const LEAST_LEAD = 0.05

const SIGNS = /[\u00a0«»„“”–—№]/
const FOREIGN = new RegExp(`(?!${SIGNS.source})[^\\0-\\x7f]`, 'g')

/** What no word has, and how much it counts against the letters: it was written in another encoding. */
const ODDITIES: readonly (readonly [found: RegExp, weight: number])[] = [
  // a capital inside a word, a Latin neighbour
  [/\p{Ll}(?=\p{Lu})|[A-Za-z](?=[^\0-\x7f])|[^\0-\x7f](?=[A-Za-z])/gu, 1],
  // a sign in place of a letter, the first of a word or another
  [/(?<!\p{L})[„“”‘’–—•…†‡™](?=\p{Ll})|(?<=\p{L})[€†‡•]/gu, 1],
  // nobody could say it
  [/(?<!\p{L})[ьъы](?=\p{L})|[бвгджзйклмнпрстфхцчшщ]{4}|[аеиоуыэюя]{3}|[аеиоуыэюяьъ][ьъ]/giu, 0.7],
  // boxes, fractions, signs of mathematics; letters of Serbian and Macedonian stand in their own words
  [/[^\0-\x7f\u00a0«»„“”‘’–—№…•·©®™€°ЁёІіЇїЄєҐґЎўЂђЈјЉљЊњЋћЏџЃѓЌќЅѕА-я]/gu, 0.5],
]

/** How much like words the letters beyond ASCII are, at most 1: frequent ones count more. */
const likeness = (text: string): number => {
  const foreign = text.match(FOREIGN) ?? []
  const sum = foreign.reduce((total, letter) => total + weightOf(letter.toLowerCase()), 0)
  const against = ODDITIES.reduce((total, [found, weight]) => total + weight * (text.match(found)?.length ?? 0), 0)
  return (sum - against) / Math.max(1, foreign.length)
}

const weightOf = (letter: string): number => {
  const rank = LETTERS.indexOf(letter)
  if (rank >= 0) return 1 - rank / LETTERS.length
  return NEIGHBOURS.includes(letter) ? 0.3 : 0
}
