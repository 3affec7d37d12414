// A page of the manual as a man page: roff, man macros.
import { HELP_TOPICS } from '../help-topics.ts'
import type { Manual, Page, Term } from './pages.ts'

/** notify-mailings-pause.1 */
export const manFile = ({ path }: Page): string => `${path.join('-')}.1`

export const manPage = (page: Page, { common, pages }: Manual): string => {
  const isTop = page.path.length === 1
  const sections = [
    section('NAME', [`${escaped(page.path.join('-'))} \\- ${escaped(page.summary)}`]),
    section('SYNOPSIS', [escaped(page.usage)]),
    page.aliases.length === 0 ? [] : section('ALIASES', [escaped(page.aliases.join(', '))]),
    section('ARGUMENTS', terms(page.arguments)),
    ...page.commands.map(({ heading, terms: each }) => section(heading.toUpperCase(), terms(each))),
    section('OPTIONS', terms(page.options)),
    isTop ? section('COMMON OPTIONS', terms(common)) : [],
    page.notes === '' ? [] : section('NOTES', verbatim(page.notes)),
    page.examples.length === 0 ? [] : section('EXAMPLES', verbatim(page.examples.join('\n'))),
    page.exitCodes === '' ? [] : section('EXIT STATUS', [escaped(page.exitCodes)]),
    ...(isTop ? Object.values(HELP_TOPICS).map(topic) : []),
    section('SEE ALSO', [seeAlso(page, pages)]),
  ]
  const title = `.TH ${page.path.join('-').toUpperCase()} 1 "" "notify" "notify"`
  return `${[title, ...sections.flat()].join('\n')}\n`
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`.SH ${escaped(title)}`, ...lines]

const terms = (list: readonly Term[]): readonly string[] =>
  list.flatMap(({ term, says }) => ['.TP', `.B ${escaped(term)}`, escaped(says)])

const verbatim = (text: string): readonly string[] => ['.nf', ...text.split('\n').map(escaped), '.fi']

/** 'Exit codes', a blank line, the rest as it is. */
const topic = (text: string): readonly string[] => {
  const [title = '', ...rest] = text.split('\n')
  return section(title.toUpperCase(), verbatim(rest.join('\n').replace(/^\n+/, '')))
}

const seeAlso = (page: Page, pages: readonly Page[]): string => {
  const isNear = ({ path }: Page): boolean =>
    path.length === 1 ||
    path.slice(0, -1).join(' ') === page.path.join(' ') ||
    path.join(' ') === page.path.slice(0, -1).join(' ')
  const names = pages.filter((each) => each !== page && isNear(each)).map(({ path }) => `${escaped(path.join('-'))}(1)`)
  return names.length === 0 ? 'notify(1)' : names.join(', ')
}

/** A backslash, a hyphen that is to be copied, and what a line may not begin with. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1')
