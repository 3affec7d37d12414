// What the command line is handed: its streams, its surroundings and the way to open the application.
import type { Command } from 'commander'
import type { App, OpenApp } from '../app.ts'
import type { Clock } from '../clock.ts'
import { nameDamage } from '../domain/errors.ts'
import { UNSAFE } from '../domain/unsafe.ts'
import { visible } from '../domain/visible.ts'
import { refuseOwnStream } from '../files/own-files.ts'
import type { LogLevel } from '../log.ts'
import type { Tongue } from './russian/translator.ts'

/** A stream that text is written to; process.stdout and process.stderr are two. */
export interface Screen {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface Cli {
  readonly out: Screen
  readonly err: Screen
  /** Of `out`, where it is a file, a pipe or a terminal of the system's. */
  readonly outDescriptor?: number
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: Clock
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
  /** Aborts when nobody gets what is printed any more: the reader has gone, the disk is full. What works goes on; what only prints may end. */
  readonly unread: AbortSignal
  /** Calls the listener at each SIGHUP, which ends the process otherwise. */
  onHangup(listener: () => void): void
  readonly openApp: OpenApp
  /** Words of ours in another language; undefined: English. */
  readonly tongue?: Tongue | undefined
  /** The exit code of a command that ended well but not with 0; set by the command. */
  exit(code: number): void
}

/** Flags that every command has (cli.md 2). */
export interface CommonOptions {
  readonly config?: string
  readonly json?: boolean | string
  readonly plain?: boolean
  readonly quiet?: boolean
  readonly verbose?: number
  readonly color?: boolean
  readonly input?: boolean
  readonly tz?: string
  readonly lang?: string
  readonly debug?: boolean
}

/** Heading of the flags that every command has. */
export const COMMON_OPTIONS = 'Common options:'

/** What is still to be made of a command, once: its flags. */
const unmade = new WeakMap<Command, () => void>()

/**
 * A command, made under its parent so that it inherits its settings. Its flags, and those that every command has, are made
 * when it is called: a parent has up to ten commands under it, of which one is called.
 */
export const addCommand = (
  parent: Command,
  nameAndArguments: string,
  summary: string,
  examples: readonly string[],
  addFlags = (command: Command): Command => command,
): Command => {
  const command = parent.command(nameAndArguments).summary(summary).description(summary)
  unmade.set(command, () => {
    addCommonFlags(command).addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}\n`)
    addFlags(command)
  })
  parent.hook('preSubcommand', (_, called) => {
    if (called === command) makeFlags(command)
  })
  return command
}

/** Makes the flags of a command, where that has not been done. */
export const makeFlags = (command: Command): void => {
  unmade.get(command)?.()
  unmade.delete(command)
}

/** The flags of the whole program. */
export const addCommonFlags = (command: Command): Command =>
  command
    .optionsGroup(COMMON_OPTIONS)
    .option('-c, --config <file>', 'read this configuration file')
    .option('--json', 'print JSON')
    .option('--plain', 'print tab-separated values')
    .option('-q, --quiet', 'print errors only')
    .option('-v, --verbose', 'say more (repeatable)', (_: string, level: number) => level + 1, 0)
    .option('--no-color', 'print without colour')
    .option('--no-input', 'never ask')
    .option('--tz <zone>', "the operator's own zone")
    .addOption(command.createOption('--lang <language>', 'the language of messages: en or ru').choices(['en', 'ru']))
    .option('--debug', 'print the stack of an error')
    .optionsGroup('Options:')

/** Opens the application for one command and closes it however the command ends. Warns of secrets that others can read. */
export const withApp = (cli: Cli, options: CommonOptions, body: (app: App) => Promise<void>): Promise<void> =>
  withSendingApp(
    cli,
    options,
    body,
    'quiet',
    options.quiet === true ? undefined : (sentence) => print(cli.err, `Warning: ${visible(sentence)}`),
  )

/** The same for what runs unattended, every minute or for ever: nothing but its own trouble is printed. */
export const withSendingApp = async (
  cli: Cli,
  options: CommonOptions,
  body: (app: App) => Promise<void>,
  usualLogLevel: LogLevel = 'quiet',
  warn?: (sentence: string) => void,
): Promise<void> => {
  const app = await cli.openApp({
    ...(warn === undefined ? {} : { warn }),
    configFile: options.config,
    operatorZone: options.tz,
    logLevel: logLevelOf(options),
    usualLogLevel,
    env: cli.env,
    cwd: cli.cwd,
    clock: cli.clock,
    err: cli.err,
  })
  try {
    if (cli.outDescriptor !== undefined) refuseOwnStream(cli.outDescriptor, app.ownFiles)
    await body(app)
  } catch (error) {
    throw nameDamage(error, app.store.location)
  } finally {
    await app.close()
  }
}

const logLevelOf = ({ quiet, verbose = 0 }: CommonOptions): LogLevel | undefined => {
  if (quiet === true) return 'quiet'
  return verbose > 1 ? 'debug' : verbose > 0 ? 'info' : undefined
}

export const print = (screen: Screen, text: string): void => {
  screen.write(text.endsWith('\n') ? text : `${text}\n`)
}

export const printJson = (cli: Cli, value: unknown): void => print(cli.out, jsonText(value, 2))

/** JSON that says the same to a program, and does nothing to a terminal: no sign that moves or hides what is shown stands in it. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNSAFE, (char) => (char === '\n' ? char : escaped(char)))

const escaped = (char: string): string =>
  Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
