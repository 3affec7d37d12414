// What npm would publish: well formed, complete, and able to run away from the checkout.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const elsewhere = mkdtempSync(join(tmpdir(), 'notify-package-'))
const modules = join(elsewhere, 'node_modules')
const installed = join(modules, 'notify')
const tarball = (): string => join(elsewhere, readdirSync(elsewhere).find((name) => name.endsWith('.tgz')) ?? '')

/** What npm puts beside it: its dependencies and theirs, and nothing of the workshop. */
const productionPackages = (): string[] => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries<{ dev?: boolean; optional?: boolean }>(packages).flatMap(([path, { dev, optional }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
    return name === undefined || dev === true || optional === true ? [] : [name]
  })
}

/** As `npm install notify-….tgz` leaves it, but for the minute that compiling SQLite takes: dependencies are links into the checkout. */
beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', elsewhere], { cwd: root, stdio: 'pipe' })
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball(), '-C', installed, '--strip-components=1'])
  for (const name of productionPackages()) {
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

/** What a built file imports at once, and what only when a command needs it. */
const importsOf = (file: string): { readonly atOnce: readonly string[]; readonly later: readonly string[] } => {
  const code = readFileSync(join(installed, 'dist', file), 'utf8')
  const names = (pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1] ?? '')
  const own = (name: string): string => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name)
  return {
    atOnce: names(/^(?:import|export) (?:.* from )?"(.+)";$/gm).map(own),
    later: names(/\bimport\("(.+?)"\)/g).map(own),
  }
}

test('every built file is reached from the binary, and names only files and packages that are installed', () => {
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const reached = new Set(['bin/notify.js'])
  const packages = new Set<string>()
  for (const file of reached) {
    const { atOnce, later } = importsOf(file)
    for (const name of [...atOnce, ...later].filter((each) => !each.startsWith('node:'))) {
      if (name.endsWith('.js')) reached.add(name)
      else packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
    }
  }
  expect([...reached].toSorted()).toEqual(
    filesIn(join(installed, 'dist'))
      .filter((name) => name.endsWith('.js'))
      .toSorted(),
  )
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...packages]))
})

test('--help reads one file; an idle run-due two more, and SQLite (design.md 8)', () => {
  const beyondNode = (file: string): string[] => importsOf(file).atOnce.filter((name) => !name.startsWith('node:'))
  expect(beyondNode('bin/notify.js')).toEqual([])
  expect(beyondNode('src/pass.js').toSorted()).toEqual(['better-sqlite3', 'bin/notify.js'])
  expect(beyondNode('src/config.js').toSorted()).toEqual(['bin/notify.js', 'src/pass.js'])
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
    /^(dist\/(bin|src)\/.*\.js|dist\/LICENSE\.[a-z-]+|db\/sqlite\/migrations\/.*|docs\/man\/[a-z-]+\.1|examples\/.*|package\.json|[A-Z]+(\.md)?|crontab\.example)$/
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
