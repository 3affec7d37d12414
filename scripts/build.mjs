// npm run build: bin/ and src/ into dist/, without what earlier builds left there, and with a binary that may be executed.
// What every start needs becomes one file: loaded one by one, 25 modules and commander took 25 ms of the 64 of --help. What
// only some commands need stays apart. Names, lines and functions stay as they are, so that a stack can be read.
// Each file is put in place whole, and only when it changed: a daemon or a test may be running from dist/.
// NOTIFY_BUILD=faults: into dist-faults/ instead, a program that a test can kill at the points of src/fail-point.ts.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('../', import.meta.url))
const isForFaults = process.env.NOTIFY_BUILD === 'faults'
const dist = join(root, isForFaults ? 'dist-faults' : 'dist')
const fresh = join(root, 'node_modules', `.build-${process.pid}`)

/** One file for what every start needs, two for what cron needs every minute; the rest is parted as commands load it. */
const groups = [
  { name: 'start', tags: ['$initial'] },
  { name: 'pass', test: /src.(app|cli.(actions|commands).run-due)\.ts$/ },
  { name: 'config', test: /src.config.schema\.ts$|smol-toml/ },
]

/** Packages of every start come inside; zod and smol-toml from 30 files take 10 ms of run-due. */
const BUNDLED = ['commander', 'smol-toml', 'zod']

const armedFailPoints = {
  name: 'armed fail points',
  resolveId: (name) => (name.endsWith('/fail-point.ts') ? join(root, 'test/support/armed-fail-point.ts') : null),
}

const isOutside = (name) => !/^[./\0]/.test(name) && !BUNDLED.includes(name.split('/')[0])

const bundle = async () => {
  const input = { 'bin/notify': 'bin/notify.ts' }
  const build = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external: isOutside,
    plugins: isForFaults ? [armedFailPoints] : [],
    transform: { target: 'node20' },
  })
  const names = { entryFileNames: '[name].js', chunkFileNames: 'src/[name].js' }
  await build.write({ dir: fresh, ...names, codeSplitting: { groups }, comments: false })
  for (const name of BUNDLED) copyFileSync(join(root, 'node_modules', name, 'LICENSE'), join(fresh, `LICENSE.${name}`))
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

const same = (a, b) => existsSync(b) && readFileSync(a).equals(readFileSync(b))

const putInPlace = () => {
  const files = filesIn(fresh)
  for (const file of files) {
    mkdirSync(dirname(join(dist, file)), { recursive: true })
    if (!same(join(fresh, file), join(dist, file))) renameSync(join(fresh, file), join(dist, file))
  }
  for (const file of filesIn(dist)) if (!files.includes(file)) rmSync(join(dist, file))
}

try {
  await bundle()
  putInPlace()
  const binary = join(dist, 'bin/notify.js')
  chmodSync(binary, 0o755) // npx links to it once and does not do this again after a rebuild
  utimesSync(binary, new Date(), new Date()) // its age is the age of the build (test/support/build.ts)
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
