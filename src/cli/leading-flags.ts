// Flags of the whole program may stand before the command too: `notify -c FILE stats` is `notify stats -c FILE`.
import { Command } from 'commander'
import { addCommonFlags } from './cli.ts'

/**
 * The words with such flags behind the command and its arguments, before its own flags, which are later and win. Where no command
 * follows them, they stay where they are.
 */
export const flagsBehind = (words: readonly string[]): readonly string[] => {
  if (words[0]?.startsWith('-') !== true) return words
  const count = countLeading(words)
  const [flags, rest] = [words.slice(0, count), words.slice(count)]
  if (count === 0 || rest.length === 0) return words
  const own = rest.findIndex((word) => word.startsWith('-'))
  return own <= 0 ? [...rest, ...flags] : [...rest.slice(0, own), ...flags, ...rest.slice(own)]
}

const countLeading = (words: readonly string[]): number => {
  const known = addCommonFlags(new Command()).options
  let count = 0
  while (count < words.length) {
    const word = words[count] ?? ''
    const option = known.find(({ long, short }) => word === long || word === short)
    if (option !== undefined) count += option.required ? 2 : 1
    else if (known.some(({ long, short, required }) => isWritten(word, long, short, required))) count += 1
    else break
  }
  return Math.min(count, words.length)
}

/** --config=FILE, -cFILE; several letters at once: -vv, -qv. */
const isWritten = (word: string, long: string | undefined, short: string | undefined, takesValue: boolean): boolean =>
  word.startsWith(`${long}=`) ||
  (takesValue ? short !== undefined && word.startsWith(short) && !word.startsWith('--') : /^-[qv]{2,}$/.test(word))
