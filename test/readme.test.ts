// What the README tells a newcomer to type is typed here, and must say what the README shows.
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { clockShim, runNotify } from './support/binary.ts'
import { temporaryFolder } from './support/database.ts'
import { clockFrom, runHere } from './support/here.ts'
import { played, scenesOf, settled } from './support/readme.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** Markdown under this folder of the project. */
const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)

/** Pages whose commands are typed, each in a folder of its own with the examples. */
const PLAYED = [
  'README.md',
  ...filesUnder('docs').filter((path) => readFileSync(join(root, path), 'utf8').includes('```console')),
]

test.each(PLAYED)(
  'every command of %s says what is shown there',
  async (path) => {
    const folder = temporaryFolder()
    cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
    const page = readFileSync(join(root, path), 'utf8')
    expect(scenesOf(page).length).toBeGreaterThan(3)
    const isReadme = path === 'README.md' // what it says is typed as a newcomer types it
    const now = await played(page, async ({ args, clock }) => {
      const env = { LANG: 'C.UTF-8', USER: 'olga' }
      const { stdout, stderr } = isReadme
        ? await runNotify(args, { cwd: folder, env: { ...clockShim(clock), ...env } })
        : await runHere(args, { cwd: folder, env, clock: clockFrom(clock) })
      return (stderr + stdout).replaceAll(`${folder}/`, '').replaceAll(/ +$/gm, '')
    })
    // npm run play: the page is written anew instead
    if (process.env['NOTIFY_PLAY'] === 'write') writeFileSync(join(root, path), now)
    else expect(settled(now)).toBe(settled(page))
  },
  120_000,
)

test('every npm script that it names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((name) => scripts[name ?? ''] === undefined)).toEqual([])
})

test('every file and folder of its map exists', () => {
  const map = /```text\nnotify\/\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const paths = [...map.matchAll(/^ {2}(\S+)/gm)].map(([, path]) => path ?? '')
  expect(paths.length).toBeGreaterThan(10)
  for (const path of paths) expect(() => readFileSync(join(root, path)), path).not.toThrow(/ENOENT/)
})

test('every test and every page that the documents name exists', () => {
  const pages = ['README.md', ...filesUnder('docs')]
  const named: string[] = []
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8')
    const tests = [...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path = '']) => path)
    const links = [...text.matchAll(/\]\((?!https?:)([\w./-]+)\)/g)].map(([, path = '']) => join(dirname(page), path))
    named.push(...tests, ...links)
  }
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every promise names the test that shows it', () => {
  const promises = readFileSync(join(root, 'docs/guarantees.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| **'))
  expect(promises.length).toBeGreaterThan(30)
  expect(promises.filter((line) => !/`test\/[\w/.-]+\.test\.ts`/.test(line))).toEqual([])
})

test('notify demo plays a day, every message once, and says where the files are', async () => {
  const folder = temporaryFolder()
  const { code, stdout, stderr } = await runNotify(['demo'], { cwd: folder, timeoutMs: 60_000 })
  expect({ code, stderr: stderr.replace(/^.*(columns|external_id|zone).*\n/gm, '') }).toMatchObject({ code: 0 })
  const taken = Number(/The sandbox took (\d+) messages, each once/.exec(stdout)?.[1])
  expect(taken).toBeGreaterThan(200)
  expect(stdout).toMatch(/10:00 Asia\/Kamchatka \(\+12\) = .* Europe\/Moscow/)
  expect(stdout).toContain('notify.db')
}, 90_000)
