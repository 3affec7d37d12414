// The rules of the house as data, and the pure function that tells where a source file breaks one.
import { posix } from 'node:path'

/** A source file; its path is relative to the project, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

interface Room {
  /** A file, or a folder with its slash. */
  readonly room: string
  /** Our own modules that it may name, as types too. */
  readonly may: readonly string[]
}

/** The sandbox is a server to try things against, not a way out of the program: these start it. */
const SANDBOX = ['src/cli/commands/sandbox.ts', 'src/cli/actions/demo.ts']

const OUTPUTS = 'src/files/'
const FILES = ['src/file-access.ts', 'src/file-owner.ts', 'src/plain-file.ts', OUTPUTS]
const CONFIGURATION = ['src/config.ts', 'src/config/', 'src/domain/', 'src/package-path.ts', ...FILES]
const FAIL_POINT = 'src/fail-point.ts'
const POWERS = ['src/clock.ts', 'src/log.ts', 'src/supervisor.ts', 'src/ticker.ts', 'src/worker-identity.ts']
const STORE_SENTENCES = [
  'store',
  'recipient-store',
  'address-book-store',
  'block-store',
  'district-store',
  'import-store',
  'mailing-store',
  'edit-store',
  'message-store',
  'hand-store',
  'stats-store',
  'story-store',
  'trouble-store',
  'answer-store',
  'worker-store',
  'gateway-store',
  'installation-store',
  'outcome-store',
  'retry-store',
  'act-store',
  'sample-store',
  'prune-store',
  'erase-store',
  'examination-store',
].map((name) => `src/store/${name}.ts`)
const INTERFACES = [...STORE_SENTENCES, 'src/gateway/gateway.ts']
const DOORS_IN = [
  'src/app.ts',
  'src/config.ts',
  'src/package-path.ts',
  ...FILES,
  'src/flow/',
  'src/domain/',
  ...INTERFACES,
  ...POWERS,
]

/** Arrows point inward: bin → cli | http → flow → domain. The first room that a file fits decides. */
const ROOMS: readonly Room[] = [
  { room: 'bin/', may: ['src/cli/', 'src/http/'] },
  { room: 'db/', may: ['db/'] },
  { room: 'src/domain/', may: ['src/domain/'] },
  { room: OUTPUTS, may: [...FILES, 'src/domain/', 'src/worker-identity.ts'] },
  {
    room: 'src/flow/',
    may: ['src/flow/', 'src/domain/', 'src/files/part-names.ts', FAIL_POINT, ...INTERFACES, ...POWERS],
  },
  ...STORE_SENTENCES.map((room) => ({ room, may: ['src/domain/', 'src/files/own-files.ts', ...STORE_SENTENCES] })),
  {
    room: 'src/store/sqlite/',
    may: ['src/store/sqlite/', ...STORE_SENTENCES, 'src/domain/', 'src/clock.ts', FAIL_POINT, ...FILES],
  },
  {
    room: 'src/store/',
    may: ['src/store/', 'src/domain/', 'src/clock.ts', 'src/package-path.ts', FAIL_POINT, ...FILES],
  },
  { room: 'src/gateway/gateway.ts', may: ['src/domain/'] },
  {
    room: 'src/gateway/',
    may: ['src/gateway/', 'src/domain/', 'src/clock.ts', 'src/config.ts', 'src/package-path.ts', ...FILES],
  },
  ...SANDBOX.map((room) => ({ room, may: ['src/cli/', 'src/gateway/sandbox.ts', ...DOORS_IN] })),
  { room: 'src/cli/', may: ['src/cli/', ...DOORS_IN] },
  { room: 'src/http/', may: ['src/http/', ...DOORS_IN] },
  { room: 'src/config/', may: CONFIGURATION },
  { room: 'src/config.ts', may: CONFIGURATION },
  {
    room: 'src/app.ts',
    may: [
      'src/store/open.ts',
      'src/gateway/open.ts',
      'src/gateway/probe.ts',
      'src/gateway/keeper.ts',
      'src/config/exposed.ts',
      'src/config/own-files.ts',
      'src/reload.ts',
      ...DOORS_IN,
    ],
  },
  {
    room: 'src/reload.ts',
    may: ['src/config.ts', 'src/gateway/keeper.ts', 'src/gateway/gateway.ts', 'src/domain/', 'src/log.ts'],
  },
  {
    room: 'src/',
    may: ['src/domain/', 'src/clock.ts', 'src/log.ts', 'src/log/', 'src/package-path.ts', ...INTERFACES],
  },
]

/** Packages that are known in one place only. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  luxon: ['src/domain/send-time.ts'],
  'node-cron': ['src/ticker.ts'],
  'cli-table3': ['src/cli/table.ts'],
  'drizzle-orm': ['db/', 'src/store/'],
  'better-sqlite3': ['src/store/', 'src/cli/input/'],
  commander: ['src/cli/'],
  pino: ['src/log/'],
  undici: ['src/gateway/'],
}

/** Rooms that may not use just any package: what is pure, what only reckons. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  // node:crypto for digests; node:module, because a text without variables need not load liquidjs
  'src/domain/': ['luxon', 'libphonenumber-js', 'liquidjs', 'zod', 'node:crypto', 'node:module'],
  'src/flow/': ['p-limit', 'p-retry', 'node:events'],
}

/** What the words of a file may not say; comments and strings are not looked at. */
const WORDS: readonly {
  readonly room: string
  readonly except?: string
  readonly word: RegExp
  readonly why: string
}[] = [
  {
    room: '',
    except: 'src/clock.ts',
    word: /\bDate\.now\b|\bnew Date\b(?!\s*\(\s*[^\s)])/,
    why: 'time enters by src/clock.ts',
  },
  { room: '', except: 'src/clock.ts', word: /\bMath\.random\b/, why: 'chance enters by src/clock.ts' },
  { room: 'src/domain/', word: /\basync\b|\bawait\b|\bPromise\b|\bprocess\b|\bfetch\b/, why: 'the domain is pure' },
  {
    room: '',
    word: /\bcopyFile(Sync)?\b|\bcp(Sync)?\(/,
    why: 'whoever closes a file that SQLite has open in this process drops its locks: src/store/backup.ts',
  },
  { room: '', word: /\bexport \*/, why: 'each name is exported where it is made' },
]

const LONGEST_FILE = 200

/** Stands for the name in `import(name)`. */
const COMPUTED = '?'

/** Every rule that the file breaks, one sentence each, naming file, import and rule; none: an empty list. */
export const breaches = (file: SourceFile): readonly string[] =>
  [
    ...importsOf(file.text).flatMap((name) =>
      name.startsWith('.') ? arrowBreach(file.path, name) : packageBreach(file.path, name),
    ),
    ...wordBreaches(file),
    ...shapeBreaches(file),
  ].map((breach) => `${file.path} ${breach}`)

const fits = (path: string, place: string): boolean =>
  place.endsWith('/') || place === '' ? path.startsWith(place) : path === place

const arrowBreach = (path: string, name: string): string[] => {
  const target = posix.join(posix.dirname(path), name)
  const rule = ROOMS.find(({ room }) => fits(path, room))
  if (!rule) return [`imports ${target}: no room of the house holds this file`]
  if (rule.may.some((place) => fits(target, place))) return []
  return [`imports ${target}: ${rule.room} may name only ${rule.may.join(', ')}`]
}

const packageBreach = (path: string, name: string): string[] => {
  if (name === COMPUTED) return ['imports a computed name: written out, it can be checked']
  const own = name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')
  const places = PLACES[own]
  if (places && !places.some((place) => fits(path, place)))
    return [`imports ${name}: only ${places.join(', ')} may know ${own}`]
  const room = Object.keys(PACKAGES).find((place) => fits(path, place)) ?? ''
  const allowed = PACKAGES[room]
  if (allowed && !allowed.includes(own)) return [`imports ${name}: ${room} may use only ${allowed.join(', ')}`]
  return []
}

const wordBreaches = ({ path, text }: SourceFile): string[] => {
  const words = withoutStrings(withoutComments(text))
  return WORDS.filter(({ room, except, word }) => fits(path, room) && path !== except && word.test(words)).map(
    ({ word, why }) => `says ${word.exec(words)?.[0] ?? ''}: ${why}`,
  )
}

const shapeBreaches = ({ path, text }: SourceFile): string[] => {
  const lines = text.trimEnd().split('\n').length
  const rest = withoutComments(text).replace(/^export\s[^'"]*?\sfrom\s*(['"]).*?\1;?$/gm, '')
  return [
    ...(lines > LONGEST_FILE ? [`has ${lines} lines: ${LONGEST_FILE} at most; it wants another room`] : []),
    ...(rest.trim() === '' ? ['only passes on what others export: no barrels'] : []),
    ...(/(^|\/)(utils?|helpers?|common|misc)(\/|\.ts$)/.test(path) ? ['has a name that says nothing'] : []),
  ]
}

/** Names in import and export lines, static and dynamic; an import() of anything but a literal is COMPUTED. */
const importsOf = (text: string): string[] => {
  const code = withoutComments(text)
  const fromLines = [...code.matchAll(/^\s*(?:import|export)\s(?:[^'"()]*?\sfrom\s*)?(['"])(.+?)\1/gm)].map(
    (match) => match[2] ?? COMPUTED,
  )
  const calls = [...code.matchAll(/\b(?:import|require)\(\s*(?:(['"])(.+?)\1\s*\))?/g)].map(
    (match) => match[2] ?? COMPUTED,
  )
  return [...fromLines, ...calls]
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')

const withoutStrings = (code: string): string => code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
