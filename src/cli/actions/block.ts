// What `notify block` and `notify unblock` do: words, files or standard input -> addresses -> the blocklist.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { App } from '../../app.ts'
import { EXIT, Fixable } from '../../domain/errors.ts'
import { type AddressLine, type Blocked, blockAddresses, unblockAddresses } from '../../flow/block-addresses.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { BlockOptions } from '../commands/block.ts'
import { readAddresses } from '../input/address-lines.ts'
import { openInput } from '../input/file.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { inFlightSaid } from '../screen/in-flight.ts'
import { lookOf } from '../screen/look.ts'
import { rejectedByReason } from '../screen/rejected.ts'
import { operatorAct } from './operator-act.ts'

export const block = async (cli: Cli, app: App, options: BlockOptions, words: readonly string[]): Promise<void> => {
  const list = await listOf(cli, words)
  const { skipBad = false, dryRun = false } = options
  const request = {
    lines: list?.lines ?? inWords(words),
    country: app.config.country,
    skipBad: skipBad && list !== null,
    dryRun,
  }
  const blocked = await blockAddresses(app, request, operatorAct(cli, options.reason), cli.signal)
  if (list === null && !blocked.taken) throw badWord(words, blocked)
  tell(cli, options, list?.name ?? '', blocked)
}

const tell = (cli: Cli, options: BlockOptions, name: string, blocked: Blocked): void => {
  const { rejected, taken } = blocked
  if (rejected.length > 0) cli.exit(EXIT.input)
  if (options.json !== undefined) return printJson(cli, { dryRun: options.dryRun === true, ...documentOf(blocked) })
  if (!taken) throw refusal(name, blocked)
  if (options.quiet !== true) print(cli.out, said(cli, options, blocked))
  if (rejected.length > 0) print(cli.err, `${counted(rejected.length, 'line')} rejected: ${rejectedByReason(rejected)}`)
  hint(cli, options, 'Next: notify blocklist')
}

export const unblock = async (cli: Cli, app: App, options: BlockOptions, words: readonly string[]): Promise<void> => {
  const request = { lines: inWords(words), country: app.config.country }
  const unblocked = await unblockAddresses(app, request, operatorAct(cli, options.reason), cli.signal)
  if (!unblocked.taken) throw badWord(words, unblocked)
  const { changed, addresses } = unblocked
  if (options.json !== undefined) return printJson(cli, { unblocked: changed, notBlocked: addresses - changed })
  if (options.quiet === true) return
  const { count } = lookOf(cli, options, cli.out)
  const rest = addresses - changed
  const others = rest === 0 ? '' : ` ${count(rest)} ${rest === 1 ? 'was' : 'were'} not blocked.`
  print(cli.out, `Unblocked ${addressesIn(changed, count)}.${others}`)
}

const inWords = (words: readonly string[]): readonly AddressLine[] => words.map((text, i) => ({ line: i + 1, text }))

/** The one word that is a file, or "-"; null: the words are addresses. */
const listOf = async (
  cli: Cli,
  words: readonly string[],
): Promise<{ readonly name: string; readonly lines: readonly AddressLine[] } | null> => {
  const file = words.find((word) => word === '-' || existsSync(resolve(cli.cwd, word)))
  if (file === undefined) return null
  if (words.length > 1) {
    throw new Fixable(
      'usage',
      `"${file}" is a file: it is blocked alone`,
      'Block the addresses beside it by themselves.',
    )
  }
  const input = await openInput(cli, file)
  return { name: input.name, lines: await readAddresses(input) }
}

const badWord = (words: readonly string[], { rejected }: Blocked): Fixable => {
  const [first] = rejected
  const word = words[(first?.line ?? 1) - 1] ?? ''
  return new Fixable(
    'usage',
    `"${word}" is neither an address nor a file: ${first?.reason ?? ''}; nothing is changed`,
    'Write a phone such as "+7 916 123-45-67", an e-mail address, or the name of a file.',
  )
}

const refusal = (name: string, { rejected, addresses }: Blocked): Fixable =>
  new Fixable(
    'input',
    `nothing of ${name} is blocked; ${counted(rejected.length, 'line')} rejected: ${rejectedByReason(rejected)}`,
    addresses === 0 ? 'Correct these lines.' : `Correct these lines; or take the other ${addresses} with --skip-bad.`,
  )

const documentOf = ({ taken, changed, addresses, recipients, rejected, inFlight }: Blocked): object => ({
  blocked: taken ? changed : 0,
  already: taken ? addresses - changed : 0,
  recipients: taken ? recipients : 0,
  rejected,
  inFlight,
})

/** 'Blocked 3 addresses, 1 was blocked already. 2 recipients have them and get nothing more.' */
const said = (cli: Cli, options: BlockOptions, { changed, addresses, recipients, inFlight }: Blocked): string => {
  const { count } = lookOf(cli, options, cli.out)
  const done = options.dryRun === true ? 'Dry run: would block' : 'Blocked'
  const already = addresses - changed
  const first = `${done} ${addressesIn(changed, count)}${already === 0 ? '' : `, ${count(already)} ${already === 1 ? 'was' : 'were'} blocked already`}.`
  if (recipients === 0) return first
  return `${first} ${counted(recipients, 'recipient', count)} ${recipients === 1 ? 'has one of them and gets' : 'have them and get'} nothing there.${inFlightSaid(inFlight, count)}`
}

const addressesIn = (number: number, count: (number: number) => string): string =>
  `${count(number)} address${number === 1 ? '' : 'es'}`
