// What `notify test` does, and what it says.
import { randomUUID } from 'node:crypto'
import type { App } from '../../app.ts'
import { EXIT, Fixable } from '../../domain/errors.ts'
import { EVERYBODY, type Mailing } from '../../domain/mailing.ts'
import { visible } from '../../domain/visible.ts'
import { sendTest as send, type Tested } from '../../flow/send-test.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { TestOptions } from '../commands/test.ts'
import { duration } from '../screen/format.ts'
import { addressOf } from './address.ts'
import { mailingNamed } from './mailing-argument.ts'
import { operatorAct } from './operator-act.ts'
import { checkVariables } from './text-variables.ts'

export const sendTest = async (cli: Cli, app: App, options: TestOptions, word: string | undefined): Promise<void> => {
  const mailing = word === undefined ? null : await mailingNamed(app.store, word)
  const text = textOf(app, options, mailing)
  const headings = mailing === null ? await checkVariables(app, text, 'sent') : (mailing.terms.headings ?? [])
  const to = await allowedAddress(app, options.to)
  const gateway = await app.gateway(mailing?.gateway ?? options.gateway ?? app.config.defaults.gateway)
  if (gateway.addressKind !== to.kind) throw wrongKind(gateway, options.to)
  const order = {
    nonce: randomUUID(),
    gateway,
    address: to.address,
    text,
    headings,
    audience: mailing?.terms.audience ?? EVERYBODY,
    mailingId: mailing?.id ?? null,
  }
  tell(cli, options, gateway, await send(app, order, operatorAct(cli, options.reason), cli.signal))
}

const textOf = ({ config }: App, { text, gateway }: TestOptions, mailing: Mailing | null): string => {
  if (mailing !== null && (text !== undefined || gateway !== undefined)) {
    throw new Fixable(
      'usage',
      'a mailing has its own text and gateway',
      'Leave out --text and --gateway, or the mailing.',
    )
  }
  const said = mailing?.text ?? text ?? config.defaults.text
  if (said === null) throw new Fixable('usage', 'there is no text to send', 'Name a mailing, or say --text "…".')
  return said
}

/** Fixable('config') where none is allowed; Fixable('usage') for one that is not. */
const allowedAddress = async ({ config }: App, raw: string) => {
  const { testAddresses, country } = config
  const hint = `Allow it in notify.toml: test_addresses = ["${raw.replaceAll(/["\\]/g, '')}"]; also NOTIFY_TEST_ADDRESSES.`
  if (testAddresses.length === 0) throw new Fixable('config', 'no address is allowed to get tests', hint)
  const to = await addressOf(raw, country)
  if (!to.ok) throw new Fixable('usage', `--to "${raw}": ${to.reason}`, 'Write one phone or e-mail address.')
  const allowed = await Promise.all(testAddresses.map((each) => addressOf(each, country)))
  if (allowed.some((each) => each.ok && each.address === to.address)) return to
  throw new Fixable('usage', `${raw} is not an address that tests may be sent to`, hint)
}

const wrongKind = ({ name, addressKind }: Gateway, raw: string): Fixable =>
  new Fixable(
    'usage',
    `gateway "${name}" sends to ${addressKind === 'phone' ? 'phones' : 'e-mail addresses'}, and ${raw} is none`,
    'Name another address, or another --gateway.',
  )

const tell = (cli: Cli, options: TestOptions, { name }: Gateway, { reply, ms }: Tested): void => {
  const isAccepted = reply.kind === 'accepted'
  if (!isAccepted) cli.exit(EXIT.gateway)
  const [reason, ref] = isAccepted ? [null, reply.ref] : [reply.reason, null]
  if (options.json !== undefined) return printJson(cli, { gateway: name, state: reply.kind, reason, ref, ms })
  if (options.quiet === true && isAccepted) return
  const took = duration(ms)
  print(
    cli.out,
    isAccepted
      ? `Gateway "${name}" accepted it in ${took}${ref === null ? '' : `, as ${visible(ref)}`}.`
      : `Gateway "${name}" did not accept it: ${reply.kind}, ${visible(reason ?? '')} (${took}).`,
  )
}
