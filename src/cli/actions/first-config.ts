// The first notify.toml of a folder: examples/notify.toml, for its owner's eyes only.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileWhole } from '../../files/output-file.ts'
import { packagePath } from '../../package-path.ts'

/** Writes it and returns its path. Fails with Fixable('no') when there is one, unless it may be replaced. */
export const writeFirstConfig = async (folder: string, mayReplace: boolean): Promise<string> => {
  const file = join(folder, 'notify.toml')
  const text = readFileSync(packagePath('examples/notify.toml'), 'utf8')
  await writeFileWhole(
    file,
    { name: file, own: [], like: folder, mayReplace, isConfiguration: true, thereIs: 'no' },
    text,
  )
  return file
}
