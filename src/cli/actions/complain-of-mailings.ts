// Messages that did not arrive, and mailings that paused themselves, told to an operator who reads cron's mail. They are data: the
// exit code stays what it is.
import type { App } from '../../app.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { TROUBLE_STATES } from '../../domain/message.ts'
import { visible } from '../../domain/visible.ts'
import { inWords, mailingTroubles } from '../../flow/mailing-troubles.ts'
import type { MailingTrouble } from '../../store/trouble-store.ts'
import { type Cli, print } from '../cli.ts'

/** The name of no gateway begins so. Behind it stand the mailing, what it is, and how many there were when it was told. */
const MAILING = ':mailing:'

/** A block stays short. */
const MOST = 5

const keyOf = ({ mailing, kind }: MailingTrouble): string => `${MAILING}${mailing.id}:${kind}:`

/** Tells each when it begins, when it has grown since it was told (at most every so often, `every` in ms), and once when it ends. */
export const complainOfMailings = async (
  cli: Cli,
  { store, clock }: Pick<App, 'store' | 'clock'>,
  every: number,
): Promise<void> => {
  const troubles = await mailingTroubles(store, clock.now())
  const told = (await store.listTroubles()).filter((key) => key.startsWith(MAILING))
  const over = told.filter((key) => !troubles.some((trouble) => key.startsWith(keyOf(trouble))))
  for (const key of over) if (await store.clearTrouble(key)) await tellEnd(cli, store, key)
  const news: MailingTrouble[] = []
  for (const trouble of troubles) {
    const known = told.find((key) => key.startsWith(keyOf(trouble)))
    if (await isNews(store, trouble, known, clock.now(), every)) news.push(trouble)
  }
  if (news.length === 0) return
  const first = await inWords(store, news.slice(0, MOST))
  const lines = first.flatMap(({ says, help }) => [`notify: ${visible(says)}`, help])
  const more = news.length - first.length
  print(cli.err, [...lines, ...(more === 0 ? [] : [`And ${more} more: notify stats`])].join('\n'))
}

/** What was told is remembered with its number. A mailing that paused itself is no news because fewer or more wait. */
const isNews = async (
  store: Pick<App['store'], 'noteTrouble' | 'clearTrouble'>,
  trouble: MailingTrouble,
  known: string | undefined,
  now: number,
  every: number,
): Promise<boolean> => {
  const count = trouble.kind === 'paused' ? 0 : trouble.count
  const before = Number(known?.split(':').at(-1) ?? -1)
  if (count === before) return false
  const isGrown = count > before
  if (known !== undefined) {
    if (isGrown && !(await store.noteTrouble(known, now, every))) return false // not yet
    await store.clearTrouble(known)
  }
  await store.noteTrouble(`${keyOf(trouble)}${count}`, now, every)
  return isGrown
}

/** Its operator knows of one that was cancelled, and what was forgotten with its mailing needs no word. */
const tellEnd = async (cli: Cli, store: App['store'], key: string): Promise<void> => {
  const [id = '', kind = ''] = key.slice(MAILING.length).split(':')
  const mailing = await store.findMailing(Number(id))
  if (
    mailing === null ||
    mailing.state === 'cancelled' ||
    (mailing.state === 'done' && (await isStill(store, mailing, kind)))
  )
    return
  const called = `notify: mailing ${id} "${visible(mailing.name)}"`
  print(cli.err, kind === 'paused' ? `${called} is not paused any more` : `${called} has no ${kind} messages any more`)
}

/** It did not end: it was over long ago. */
const isStill = async (store: App['store'], mailing: Mailing, kind: string): Promise<boolean> => {
  const { states } = await store.mailingCounts(mailing)
  return TROUBLE_STATES.some((state) => state === kind && states[state] > 0)
}
