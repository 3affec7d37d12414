// npm run build: tsc into dist/, without what earlier builds left there, and with a binary that may be executed.
// Each file is put in place whole, and only when it changed: a daemon or a test may be running from dist/.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = join(root, 'dist')
const fresh = join(root, 'node_modules', `.build-${process.pid}`)

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

const same = (a, b) => existsSync(b) && readFileSync(a).equals(readFileSync(b))

const compile = () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['-p', 'tsconfig.build.json', '--outDir', fresh, ...process.argv.slice(2)]
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' })
}

const putInPlace = () => {
  const files = filesIn(fresh)
  for (const file of files) {
    mkdirSync(dirname(join(dist, file)), { recursive: true })
    if (!same(join(fresh, file), join(dist, file))) renameSync(join(fresh, file), join(dist, file))
  }
  for (const file of filesIn(dist)) if (!files.includes(file)) rmSync(join(dist, file))
}

try {
  compile()
  putInPlace()
  const binary = join(dist, 'bin/notify.js')
  chmodSync(binary, 0o755) // npx links to it once and does not do this again after a rebuild
  utimesSync(binary, new Date(), new Date()) // its age is the age of the build (test/support/build.ts)
} catch {
  process.exitCode = 1 // tsc has said why
} finally {
  rmSync(fresh, { recursive: true, force: true })
}
