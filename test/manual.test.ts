// The manual in docs/ is the one that the command tree gives, and man can read it.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { manualFiles } from '../src/cli/manual/files.ts'
import { wholeProgram } from '../src/cli/program.ts'
import { fakeCli } from './support/cli.ts'
import { handClock } from './support/clock.ts'
import { commandsUnder, pathOf } from './support/command-tree.ts'

const docs = join(import.meta.dirname, '../docs')
const { cli } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z'), env: {} })
const files = manualFiles(await wholeProgram(cli))

test('docs/man and docs/reference.md are what the command tree gives: else say npm run docs', () => {
  const committed = ['reference.md', ...readdirSync(join(docs, 'man')).map((name) => `man/${name}`)]
  expect(committed.toSorted(), 'run npm run docs').toEqual([...files.keys()].toSorted())
  const stale = [...files]
    .filter(([path, text]) => readFileSync(join(docs, path), 'utf8') !== text)
    .map(([path]) => path)
  expect(stale, 'run npm run docs').toEqual([])
})

test('every page has a name, a synopsis, and its flags', () => {
  const page = files.get('man/notify-mailings-pause.1') ?? ''
  expect(page).toMatch(/^\.TH NOTIFY-MAILINGS-PAUSE 1 /)
  expect(page).toContain('\n.SH SYNOPSIS\nnotify mailings pause [options] <mailing>\n')
  expect(page).toContain('.B \\-\\-reason <text>\n')
  expect(page).toContain('notify mailings pause 12')
})

test('man renders every page without a complaint', ({ skip }) => {
  const { error } = spawnSync('groff', ['--version'])
  skip(error !== undefined, 'groff is not installed')
  const pages = [...files.keys()].filter((path) => path.endsWith('.1')).map((path) => join(docs, path))
  const { stdout, stderr, status } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-Kutf8', '-P-cbou', ...pages], {
    encoding: 'utf8',
  })
  const complaints = stderr.split('\n').filter((line) => !/^$|cannot (adjust|break) line/.test(line))
  expect([status, complaints]).toEqual([0, []])
  expect(stdout.match(/^SYNOPSIS$/gm)).toHaveLength(pages.length)
})

test('the changelog names every command, and within one that has others each of them', async () => {
  const changelog = readFileSync(join(docs, '../CHANGELOG.md'), 'utf8')
  const unnamed = commandsUnder(await wholeProgram(cli)).filter((command) => {
    const [first = '', second] = pathOf(command).split(' ')
    const names = changelog.split('\n- ').filter((entry) => entry.includes(`\`notify ${first}`))
    return !names.some((entry) => second === undefined || second === 'list' || new RegExp(`\\b${second}`).test(entry))
  })
  expect(unnamed.map(pathOf)).toEqual([])
})
