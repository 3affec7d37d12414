// What npm would publish: well formed, complete, and able to run away from the checkout.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const elsewhere = mkdtempSync(join(tmpdir(), 'notify-package-'))
const modules = join(elsewhere, 'node_modules')
const installed = join(modules, 'notify')
const tarball = (): string => join(elsewhere, readdirSync(elsewhere).find((name) => name.endsWith('.tgz')) ?? '')

/** As `npm install notify-….tgz` leaves it, but for the minute that compiling SQLite takes: dependencies are links into the checkout. */
beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', elsewhere], { cwd: root, stdio: 'pipe' })
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball(), '-C', installed, '--strip-components=1'])
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  mkdirSync(join(modules, '.bin'))
  symlinkSync('../notify/dist/bin/notify.js', join(modules, '.bin/notify'))
})

afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

const runHere = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const folder = mkdtempSync(join(elsewhere, 'empty-'))
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder }
  return spawnSync(join(modules, '.bin/notify'), args, { cwd: folder, env, encoding: 'utf8' })
}

test.each([
  ['publint', ['--strict']],
  ['attw', ['--profile', 'esm-only']],
])('%s finds nothing wrong with the package', (tool, options) => {
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin', tool), [tarball(), ...options], {
    encoding: 'utf8',
  })
  expect(status, stdout).toBe(0)
})

test('every module is built from a source that exists, and every source is there', () => {
  const built = filesIn(join(installed, 'dist')).map((path) => path.replace(/\.js$/, '.ts'))
  const sources = ['bin', 'src'].flatMap((folder) => filesIn(join(root, folder)).map((path) => `${folder}/${path}`))
  expect(built.toSorted()).toEqual(sources.filter((path) => path.endsWith('.ts')).toSorted())
})

test('what the program reads at run time and what an operator copies is in it', () => {
  const folders = ['db/sqlite/migrations', 'examples'].flatMap((folder) =>
    filesIn(join(root, folder)).map((path) => `${folder}/${path}`),
  )
  const wanted = [...folders, 'README.md', 'LICENSE', 'CHANGELOG.md', 'crontab.example']
  const missing = wanted.filter((path) => !existsSync(join(installed, path)))
  expect(missing.filter((path) => !path.endsWith('_snapshot.json'))).toEqual([]) // drizzle-kit's own memory
})

test('nothing of the workshop is in it', () => {
  const allowed =
    /^(dist\/(bin|src)\/.*\.js|db\/sqlite\/migrations\/.*|examples\/.*|package\.json|[A-Z]+(\.md)?|crontab\.example)$/
  expect(filesIn(installed).filter((path) => !allowed.test(path))).toEqual([])
  expect(filesIn(installed).filter((path) => path.endsWith('_snapshot.json'))).toEqual([])
})

test('installed in an empty folder, notify tells its version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(runHere('--version')).toEqual(expect.objectContaining({ status: 0, stdout: `${version}\n`, stderr: '' }))
})

test('installed in an empty folder, notify makes its database and answers', () => {
  const { status, stdout, stderr } = runHere('stats', '--json')
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ mailings: [] })
})
