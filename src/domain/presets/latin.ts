// Russian names in Latin letters, as passports, 1C, banks and people who have no Russian keyboard write them.

type Letters = Readonly<Record<string, string>>

const COMMON: Letters = Object.fromEntries(
  'а a б b в v г g д d е e з z и i к k л l м m н n о o п p р r с s т t у u ф f ч ch ш sh ъ  ы y ь  э e'
    .split(/(?<=[а-я] \S*) (?=[а-я] )/u)
    .map((pair) => [pair.slice(0, 1), pair.slice(2)] as const),
)

/** In each of them the letters that are written in different ways, alike in the whole name. */
const WAYS: readonly Letters[] = [
  { ё: 'e', ж: 'zh', й: 'y', х: 'kh', ц: 'ts', щ: 'shch', ю: 'yu', я: 'ya' },
  { ё: 'yo', ж: 'zh', й: 'y', х: 'h', ц: 'ts', щ: 'sch', ю: 'yu', я: 'ya' },
  { ё: 'e', ж: 'zh', й: 'i', х: 'kh', ц: 'ts', щ: 'shch', ю: 'iu', я: 'ia' },
  { ё: 'jo', ж: 'zh', й: 'j', х: 'h', ц: 'c', щ: 'shh', ю: 'ju', я: 'ja' },
]

/** The end of -ский and -ный is shortened by many. */
const ENDS: readonly (readonly [RegExp, string])[] = [
  [/(?:ий|ый)(?=\s|$|-)/gu, 'y'],
  [/(?:ий|ый)(?=\s|$|-)/gu, 'i'],
]

/** What stands beside the name; whoever writes "krai" may well write "skiy" in front of it. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['край', ['', ' kray', ' krai', ' kraj']],
  ['область', ['', ' oblast', " oblast'", ' obl']],
]

/** A name of Russian letters in all of these ways, each once; one with "край" or "область" behind it also without. */
export const inLatin = (name: string): string[] => {
  const lower = name.toLowerCase().replaceAll(/[()—]/g, ' ').replaceAll(/\s+/g, ' ').trim()
  const [kind, kinds] = KINDS.find(([word]) => lower.endsWith(` ${word}`)) ?? ['', ['']]
  const own = kind === '' ? lower : lower.slice(0, -kind.length - 1)
  const written = [...new Set(WAYS.flatMap((way) => waysOf(own, way)))]
  return written.flatMap((each) => kinds.map((word) => each + word))
}

const waysOf = (name: string, way: Letters): string[] =>
  [name, ...ENDS.map(([end, short]) => name.replaceAll(end, short))].map((each) =>
    each.replaceAll(/\p{L}/gu, (letter) => way[letter] ?? COMMON[letter] ?? letter),
  )
