// The files of the manual, by their paths in docs/.
import type { Command } from 'commander'
import { reference } from './markdown.ts'
import { manualOf } from './pages.ts'
import { manFile, manPage } from './roff.ts'

export const manualFiles = (program: Command): ReadonlyMap<string, string> => {
  const manual = manualOf(program)
  const pages = manual.pages.map((page) => [`man/${manFile(page)}`, manPage(page, manual)] as const)
  return new Map([['reference.md', reference(manual)], ...pages])
}
