// The manual as one page of Markdown: the reference.
import { HELP_TOPICS } from '../help-topics.ts'
import type { Manual, Page, Term } from './pages.ts'

export const reference = ({ pages, common }: Manual): string => {
  const [top, ...commands] = pages
  return [
    '# Reference',
    '',
    'Every command, flag and example, written by `npm run docs` from the program itself. The same is said by',
    '`notify COMMAND --help` and `man notify-COMMAND`.',
    '',
    ...(top?.commands ?? []).flatMap(contents),
    ...commands.flatMap(chapter),
    '## Options of every command',
    '',
    ...table('Option', common),
    ...Object.values(HELP_TOPICS).flatMap(topic),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n')
}

const contents = ({ heading, terms }: Page['commands'][number]): readonly string[] => {
  const lines = terms.map(({ term, says }) => `- [\`${term}\`](#notify-${term.split(' ')[0] ?? ''}): ${cell(says)}`)
  return [`**${heading}**`, '', ...lines, '']
}

const chapter = (page: Page): readonly string[] => [
  `${page.path.length > 2 ? '###' : '##'} ${page.path.join(' ')}`,
  '',
  `${page.summary.charAt(0).toUpperCase()}${page.summary.slice(1)}.${page.aliases.length === 0 ? '' : ` Also: ${page.aliases.map((name) => `\`${name}\``).join(', ')}.`}`,
  '',
  ...block('text', page.usage),
  ...table('Argument', page.arguments),
  ...table('Option', page.options),
  ...(page.examples.length === 0 ? [] : block('sh', page.examples.join('\n'))),
  ...(page.notes === '' ? [] : block('text', page.notes)),
  ...(page.exitCodes === '' ? [] : [`Exit codes: ${page.exitCodes}`, '']),
]

const block = (language: string, text: string): readonly string[] => [`\`\`\`${language}`, text, '```', '']

const table = (title: string, terms: readonly Term[]): readonly string[] =>
  terms.length === 0
    ? []
    : [`| ${title} | |`, '| --- | --- |', ...terms.map(({ term, says }) => `| \`${cell(term)}\` | ${cell(says)} |`), '']

/** Cells are parted by a bar. */
const cell = (text: string): string => text.replaceAll('|', '\\|')

const topic = (text: string): readonly string[] => {
  const [title = '', ...rest] = text.split('\n')
  return [`## ${title}`, '', ...block('text', rest.join('\n').replace(/^\n+/, ''))]
}
