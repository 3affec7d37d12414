// What `notify __complete` answers: candidates, one a line. It must never ask, complain, make a database or keep a shell waiting.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import type { App } from '../../app.ts'
import { loadConfig } from '../../config.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, print, withApp } from '../cli.ts'
import { splitLine } from '../completion/bash-line.ts'
import { type Candidate, candidatesFor, type ValueKind } from '../completion/candidates.ts'
import { forBash } from '../completion/for-bash.ts'
import { forPowerShell } from '../completion/for-powershell.ts'
import { FILES, type Shell } from '../completion/shells.ts'
import { TOPICS } from '../help-topic-names.ts'
import { createProgram } from '../program.ts'

/** Newest mailings that are offered. */
const MOST = 50

/** `given`: the words after `notify`; from bash the line, and the part of it that it replaces. */
export const complete = async (cli: Cli, given: readonly string[], shell: Shell | undefined): Promise<void> => {
  const line = shell === 'bash' ? splitLine(given[0] ?? '') : null
  if (shell === 'bash' && line === null) return
  const words = line === null ? given : line.words.slice(1)
  const found = await candidatesFor(
    words.length === 0 ? [''] : words,
    (done) => createProgram(cli, done),
    valuesIn(cli, words),
  ).catch(
    () => [], // at TAB nobody reads an error
  )
  const lines = found.flatMap(({ value, about }) => {
    if (value === FILES) return value
    if (line !== null) return forBash(value, line, given[1] ?? '') ?? []
    if (shell === 'powershell') return linesFor(forPowerShell(value), value, visible(about))
    return shell === 'zsh' || !value.startsWith('~') ? linesFor(value, visible(about)) : [] // fish would read a home in it
  })
  if (lines.length > 0) print(cli.out, [...new Set(lines)].join('\n'))
}

const linesFor = (...parts: readonly (string | null)[]): readonly string[] =>
  parts.includes(null) ? [] : [parts.join('\t')]

const valuesIn =
  (cli: Cli, words: readonly string[]) =>
  async (kind: ValueKind): Promise<readonly Candidate[]> =>
    (await allIn(cli, words, kind)).filter(({ value }) => isSayable(value))

/** One line of a terminal, letter by letter; and what would be taken for our word for files is left out too. */
const isSayable = (value: string): boolean => value !== '' && value !== FILES && visible(value) === value

const allIn = async (cli: Cli, words: readonly string[], kind: ValueKind): Promise<readonly Candidate[]> => {
  if (kind === 'topic') return TOPICS.map((value) => ({ value, about: 'a topic' }))
  if (kind === 'zone') return Intl.supportedValuesOf('timeZone').map((value) => ({ value, about: '' }))
  const config = fileNamedIn(words)
  const { database, gateways } = await loadConfig({ file: config, env: cli.env, cwd: cli.cwd, home: homedir() })
  if (kind === 'gateway') return Object.entries(gateways).map(([value, { type }]) => ({ value, about: type }))
  if (!existsSync(database)) return []
  let found: readonly Candidate[] = []
  const options = { quiet: true, ...(config === undefined ? {} : { config }) }
  await withApp(cli, options, async (app) => {
    found = kind === 'mailing' ? await mailingsIn(app) : await tagsIn(app)
  })
  return found
}

/** The configuration that the line itself names. */
const fileNamedIn = (words: readonly string[]): string | undefined =>
  words.flatMap((word, i) => (word === '-c' || word === '--config' ? (words[i + 1] ?? []) : []))[0]

/** By number and by name. */
const mailingsIn = async ({ store }: App): Promise<readonly Candidate[]> =>
  (await store.listMailings({ limit: MOST })).flatMap(({ id, name, state }) => [
    { value: String(id), about: `${name} (${state})` },
    { value: name, about: state },
  ])

const tagsIn = async ({ store }: App): Promise<readonly Candidate[]> =>
  (await store.tagNames(MOST)).map((value) => ({ value, about: '' }))
