// Whose a file is, what hinders this user from using it, and the command that helps.
import { accessSync, constants, readFileSync, type Stats, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'

export interface Refusal {
  /** The file, its owner and mode, and who may not use it. */
  readonly says: string
  readonly hint: string
}

const MODES = { read: constants.R_OK, write: constants.R_OK | constants.W_OK } as const

/** Why this user cannot read, or read and write, this file, or make it where it is not there; null: nothing of its rights hinders. */
export const refusalOf = (path: string, use: keyof typeof MODES): Refusal | null => {
  if (process.getuid === undefined) return null // there rights are another matter
  const folder = dirname(path)
  const way = folder === path ? null : outermost(folder)
  if (way !== null) return way
  if (!isThere(path)) return use === 'read' || folder === path ? null : unwritable(nearest(folder))
  const code = whyNot(path, MODES[use])
  if (code === 'EROFS') return readOnly(path)
  if (code === null) return null
  const verb = whyNot(path, constants.R_OK) === null ? 'written' : 'read'
  const says = `${path} cannot be ${verb} by ${thisUser()}: it belongs to ${ownerOf(path)}`
  return { says, hint: isOurs(path) ? `Next: chmod u+rw ${path}` : giving(path) }
}

/** What may not be written beside a file: SQLite makes others there. */
export const folderRefusal = (folder: string): Refusal | null =>
  process.getuid === undefined ? null : (outermost(folder) ?? unwritable(folder))

/** The first folder on the way that may not be entered. */
const outermost = (folder: string): Refusal | null => {
  const above = dirname(folder)
  const before = above === folder ? null : outermost(above)
  if (before !== null) return before
  if (whyNot(folder, constants.X_OK) !== 'EACCES' || statOf(folder)?.isDirectory() === false) return null
  return {
    says: `${folder} cannot be entered by ${thisUser()}: it belongs to ${ownerOf(folder)}`,
    hint: isOurs(folder) ? `Next: chmod u+x ${folder}` : giving(folder),
  }
}

const unwritable = (folder: string): Refusal | null => {
  const code = whyNot(folder, constants.W_OK | constants.X_OK)
  if (code === 'EROFS') return readOnly(folder)
  if (code === null || /^(ENOENT|ENOTDIR)$/.test(code) || statOf(folder)?.isDirectory() === false) return null
  return {
    says: `${thisUser()} may not write in ${folder}, which belongs to ${ownerOf(folder)}`,
    hint: isOurs(folder) ? `Next: chmod u+wx ${folder}` : isOfSystem(folder) ? ownFolder(folder) : giving(folder),
  }
}

const readOnly = (path: string): Refusal => ({
  says: `${path} cannot be written: its file system, ${mountOf(path)}, is read-only`,
  hint: `Next: sudo mount -o remount,rw ${mountOf(path)}; where it became so by itself, look at the disk first: dmesg`,
})

/** The folders of the system are nobody's to give away. */
const isOfSystem = (folder: string): boolean =>
  dirname(folder) === folder || dirname(dirname(folder)) === dirname(folder) || /^\/(var|usr)\/[^/]+$/.test(folder)

const ownFolder = (folder: string): string =>
  `Next: sudo install -d -o ${accountName()} -m 700 ${join(folder, 'notify')}, and name a file in it.`

const giving = (path: string): string => {
  const owner = nameOf(statOf(path)?.uid ?? 0)
  const other = owner === 'root' ? '' : ` Or run notify as its owner: sudo -u ${owner} notify …`
  return `Next: sudo chown ${accountName()} ${path}${other === '' ? '' : '.'}${other}`
}

const whyNot = (path: string, mode: number): string | null => {
  try {
    accessSync(path, mode)
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'EACCES'
  }
}

/** What may not be looked at is there. */
const isThere = (path: string): boolean => !/^(ENOENT|ENOTDIR)$/.test(whyNot(path, constants.F_OK) ?? '')

const nearest = (folder: string): string => (isThere(folder) ? folder : nearest(dirname(folder)))

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const isOurs = (path: string): boolean => statOf(path)?.uid === process.getuid?.()

/** 'root, mode 600' */
const ownerOf = (path: string): string => {
  const found = statOf(path)
  return found === undefined
    ? 'somebody else'
    : `${nameOf(found.uid)}, mode ${(found.mode & 0o7777).toString(8).padStart(3, '0')}`
}

/** 'notify (uid 998)' */
const thisUser = (): string => `${nameOf(process.getuid?.() ?? -1)} (uid ${process.getuid?.() ?? '?'})`

/** For a command. */
const accountName = (): string => nameOf(process.getuid?.() ?? -1).replace(/^uid /, '')

const nameOf = (uid: number): string => {
  try {
    if (uid === process.getuid?.()) return userInfo().username
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((each) => each.split(':')[2] === String(uid))
    return line?.split(':')[0] ?? `uid ${uid}`
  } catch {
    return `uid ${uid}` // an account that is not in the list
  }
}

/** The innermost of the mounts that the path is in. */
const mountOf = (path: string): string => {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .map((line) =>
        (line.split(' ')[4] ?? '').replaceAll(/\\(\d{3})/g, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 8)),
        ),
      )
      .filter((mount) => mount === '/' || path === mount || (mount !== '' && path.startsWith(`${mount}/`)))
      .reduce((inner, mount) => (mount.length >= inner.length ? mount : inner), '/')
  } catch {
    return '/'
  }
}
