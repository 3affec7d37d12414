// In which language a person is spoken to: --lang, else the locale; English unless Russian is asked for.
import type { Cli, Screen } from './cli.ts'
import type { Tongue } from './russian/translator.ts'

type Words = readonly string[]

/** undefined: English. `--lang ru` wins over NOTIFY_LANG, LC_ALL, LC_MESSAGES and LANG, in this order. */
export const tongueOf = async (words: Words, env: Cli['env']): Promise<Tongue | undefined> => {
  if (languageOf(words, env) !== 'ru') return undefined
  return (await import('./russian/russian.ts')).russian()
}

const languageOf = (words: Words, env: Cli['env']): string => {
  const flag = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const wanted = words[flag]?.split('=')[1] ?? words[flag + 1]
  if (flag >= 0 && wanted !== undefined) return wanted
  const locale = [env['NOTIFY_LANG'], env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => (value ?? '') !== '',
  )
  return /^ru(?![a-z])/i.test(locale ?? '') ? 'ru' : 'en'
}

/** The screens of a process, and the language of their reader. What programs read is never translated (cli.md 26). */
export const spoken = async (
  screens: Pick<Cli, 'out' | 'err'>,
  words: Words,
  env: Cli['env'],
): Promise<Pick<Cli, 'out' | 'err' | 'tongue'>> => {
  const tongue = isForPrograms(words) ? undefined : await tongueOf(words, env)
  if (tongue === undefined) return screens
  const out = isData(words) ? screens.out : inTongue(screens.out, tongue)
  return { out, err: inTongue(screens.err, tongue), tongue }
}

const inTongue = (screen: Screen, tongue: Tongue): Screen => ({
  write: (text) => screen.write(tongue(text)),
  get isTTY() {
    return screen.isTTY === true
  },
  get columns() {
    return screen.columns ?? 80
  },
})

const isForPrograms = (words: Words): boolean =>
  words[0] === '__complete' || words.some((word) => /^--(?:json|plain|csv)(?:=|$)/.test(word))

/** What is printed is a program or a file; beside it people are spoken to. */
const isData = (words: Words): boolean =>
  (words[0] === 'completion' && !words.includes('--help') && !words.includes('-h')) ||
  (words.includes('export') && words.includes('-'))
