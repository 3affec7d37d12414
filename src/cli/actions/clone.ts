// What `notify mailings clone` does: a mailing and the flags -> a request like that of `notify schedule`.
import type { App } from '../../app.ts'
import type { Mailing, Terms } from '../../domain/mailing.ts'
import { checkAt } from '../../domain/mailing-request.ts'
import { isWindow } from '../../domain/send-time.ts'
import type { Cli } from '../cli.ts'
import type { CloneOptions } from '../commands/clone.ts'
import { audienceOf, replacedAudience } from './audience.ts'
import { mailingNamed } from './mailing-argument.ts'
import { requestOf, scheduleAndTell } from './schedule.ts'

export const clone = async (cli: Cli, app: App, options: CloneOptions, word: string): Promise<void> => {
  const source = await mailingNamed(app.store, word)
  const audience = replacedAudience(source.terms.audience, audienceOf(options))
  const request = await requestOf(cli, app, wishesOf(source, options), audience)
  await scheduleAndTell(cli, app, options, { ...request, follow: options.follow ?? source.terms.follow })
}

/** The flags of the schedule command that would have made the source, with those that are given now in their place. */
const wishesOf = (source: Mailing, options: CloneOptions) => {
  const at = options.at === undefined ? source.at : checkAt(options.at)
  const until = options.until ?? (isWindow(at, source.until) ? source.until : undefined)
  const expires = options.expires ?? lifeOf(source)
  return {
    ...options,
    at,
    text: options.text ?? source.text,
    gateway: options.gateway ?? source.gateway,
    ifPast: options.ifPast ?? source.terms.ifPast,
    ifNoZone: options.ifNoZone ?? wordOf(source.terms.ifNoZone),
    ...(until === undefined ? {} : { until }),
    ...(expires === undefined ? {} : { expires }),
  }
}

const wordOf = (ifNoZone: Terms['ifNoZone']): string => (typeof ifNoZone === 'string' ? ifNoZone : ifNoZone.zone)

const MINUTE_MS = 60_000

/** It gives up as long after its last planned send as the source did. */
const lifeOf = ({ plan, expiresAt }: Mailing): string | undefined => {
  const last = Math.max(...plan.zones.map(({ sendAt }) => sendAt))
  const minutes = Math.ceil((expiresAt - last) / MINUTE_MS)
  return Number.isFinite(minutes) && minutes > 0 ? `${minutes}m` : undefined
}
