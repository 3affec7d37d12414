// npm run docs: docs/man/*.1 and docs/reference.md, from the command tree. A test holds them to it.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manualFiles } from '../src/cli/manual/files.ts'
import { wholeProgram } from '../src/cli/program.ts'

const docs = fileURLToPath(new URL('../docs', import.meta.url))

/** All that help asks of its surroundings: a screen of 80 columns that is no terminal. */
const screen = { write: () => undefined, columns: 80, isTTY: false }
const files = manualFiles(await wholeProgram({ out: screen, err: screen, env: {} }))

mkdirSync(join(docs, 'man'), { recursive: true })
for (const name of readdirSync(join(docs, 'man'))) if (!files.has(`man/${name}`)) rmSync(join(docs, 'man', name))
for (const [path, text] of files) writeFileSync(join(docs, path), text)
