// How output is to look on this screen: its width, colour, thousands, and whether it can show block characters.
import { styleText } from 'node:util'
import type { Cli, CommonOptions, Screen } from '../cli.ts'

export type Paint = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export interface Look {
  readonly isTTY: boolean
  /** Columns of the terminal; null: nothing is cut, the output goes to a file or a program. */
  readonly width: number | null
  /** Characters such as █ ▂ … can be shown. */
  readonly blocks: boolean
  /** The text in this colour, or as it is where colour is not wanted. */
  readonly paint: (paint: Paint, text: string) => string
  /** A whole number, with thousands apart on a terminal only: 1,204. */
  readonly count: (count: number) => string
  /**
   * A word of ours, a title or a state, in the language of who reads it. `of`: what it is a word of, where that matters:
   * a 'label' before a fact, the state of a 'gateway'.
   */
  readonly word: (word: string, of?: 'label' | 'mailing' | 'gateway' | 'check' | 'edit' | 'audience') => string
}

type Surroundings = Pick<Cli, 'env' | 'tongue'>

/** How the answer (`cli.out`) or the words beside it (`cli.err`) are to look. */
export const lookOf = (cli: Surroundings, options: Pick<CommonOptions, 'color'>, screen: Screen): Look => {
  const isTTY = screen.isTTY === true
  const colour = options.color !== false && wantsColour(cli, screen)
  return {
    isTTY,
    width: isTTY ? (screen.columns ?? 80) : null,
    blocks: isUtf8(cli.env),
    paint: (paint, text) => (colour && text !== '' ? styleText(paint, text, { validateStream: false }) : text),
    count: (count) => (isTTY ? grouped(count) : String(count)),
    word: wordIn(cli.tongue),
  }
}

/** 'label|state' is the phrase for 'state' as a label; without one it is a word like any other. */
const wordIn =
  (tongue: Cli['tongue']): Look['word'] =>
  (word, of) => {
    if (tongue === undefined) return word
    const asked = `${of}|${word}`
    const said = of === undefined ? asked : tongue(asked)
    return said === asked ? tongue(word) : said
  }

/** NO_COLOR, FORCE_COLOR and TERM=dumb as Node reads them, but from the environment that the command was handed. */
const wantsColour = ({ env }: Surroundings, screen: Screen): boolean => {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return screen.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb'
}

const isUtf8 = (env: Cli['env']): boolean => {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '')
  return /utf-?8/i.test(locale ?? '')
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')
