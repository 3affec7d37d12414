// Every phrase that the program can say to a person, read from its sources: texts in errors, answers, hints, help, titles.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

/** Calls whose words a person reads: which of their arguments. */
const SAYING: Readonly<Record<string, readonly number[]>> = {
  print: [1],
  hint: [2],
  confirm: [2, 3],
  addCommand: [2],
  listed: [1],
  option: [1],
  requiredOption: [1],
  createOption: [1],
  argument: [1],
  summary: [0],
  description: [0],
  commandsGroup: [0],
  optionsGroup: [0],
  Fixable: [1, 2],
  Option: [1],
  InvalidArgumentError: [0],
  word: [0],
  well: [1],
  doubtful: [1, 2],
  bad: [1, 2],
}

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode))

/** 'Paused {}: {} wait.' of a template; null: not a text. */
const textOf = (node: Node): string | null => {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  if (node.type !== 'TemplateLiteral') return null
  return (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('{}')
}

const textsIn = (node: Node): readonly string[] => {
  const text = textOf(node)
  return [...(text === null ? [] : [text]), ...childrenOf(node).flatMap(textsIn)]
}

/** Of a table such as WHY: what is a sentence on one line. */
const sentencesIn = (node: Node): readonly Node[] => {
  const text = textOf(node)
  if (text !== null) return /^[A-Z][a-z]*,? .* .*[.!]$/.test(text) ? [node] : []
  return childrenOf(node).flatMap(sentencesIn)
}

const nameOf = (callee: unknown): string => {
  if (!isNode(callee)) return ''
  const name = callee['name'] ?? (isNode(callee['property']) ? callee['property']['name'] : '')
  return typeof name === 'string' ? name : ''
}

const saidBy = (node: Node): readonly Node[] => {
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const given = (node['arguments'] as Node[] | undefined) ?? []
    const name = nameOf(node['callee'])
    return Object.hasOwn(SAYING, name) ? (SAYING[name] ?? []).flatMap((i) => given[i] ?? []) : []
  }
  if (node.type === 'VariableDeclarator' && /^[A-Z][A-Z_]+$/.test(nameOf(node['id']))) return sentencesIn(node)
  const isTitle = node.type === 'Property' && isNode(node['key']) && node['key']['name'] === 'title'
  return isTitle && isNode(node['value']) ? [node['value']] : []
}

const phrasesIn = (node: Node): readonly string[] => [
  ...saidBy(node).flatMap(textsIn),
  ...childrenOf(node).flatMap(phrasesIn),
]

/** Names of colours, options, commands, keys: nothing to translate. */
const NO_WORDS = /^(?:[a-z][A-Za-z]*|-.*|notify [a-z-]+( .*)?|NOTIFY_\w+|utf-?8|https?:.*)$/

/** Each once, with {} where a value stands; only those with words in them. */
export const phrasesOf = (folder: string): readonly string[] => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('russian') && !name.startsWith('store/sqlite/audience'),
  )
  const phrases = files.flatMap((name) =>
    phrasesIn(parseAst(readFileSync(join(folder, name), 'utf8'), { lang: 'ts' }) as unknown as Node),
  )
  return [...new Set(phrases)].filter((phrase) => /[a-z]{2}/i.test(phrase) && !NO_WORDS.test(phrase.trim()))
}
