// Law: no message is accepted for an address that somebody who has it, or the blocklist, bars; whatever operators do meanwhile.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixable } from '../../src/domain/errors.ts'
import { EVERYBODY, type Mailing } from '../../src/domain/mailing.ts'
import { blockAddresses } from '../../src/flow/block-addresses.ts'
import { applyEdit } from '../../src/flow/edit-mailing.ts'
import { importRecipients } from '../../src/flow/import-recipients.ts'
import {
  addRecipient,
  editRecipient,
  removeRecipient,
  resubscribe,
  unsubscribe,
} from '../../src/flow/keep-recipient.ts'
import { prepareReplan } from '../../src/flow/replan-mailing.ts'
import { planRetry, retry } from '../../src/flow/retry.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { sendTest } from '../../src/flow/send-test.ts'
import { messageNumbered, sendMessageNow } from '../../src/flow/steer-message.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { Recipient } from '../../src/store/address-book-store.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const PHONES = ['+79161110001', '+79161110002', '+79161110003'] as const
const BY = { at: 1, who: 'olga', why: null }

const DEEDS = [
  'unsubscribe',
  'unsubscribe by admin',
  'resubscribe',
  'block',
  'move',
  'remove',
  'import',
  'import a refusal',
  'add',
  'schedule',
  'follow',
  'send',
  'refuse',
  'replan',
  'retry',
  'send now',
  'test',
] as const

const deed = fc.tuple(fc.constantFrom(...DEEDS), fc.nat(5), fc.nat(2))

const barred = ({ sql }: World): Set<string> =>
  new Set(
    sql
      .prepare<[], string>(
        `select address from blocked union
         select phone from recipients where phone is not null and (unsubscribed or unsubscribed_by_admin)`,
      )
      .pluck()
      .all(),
  )

const someone = async ({ store, sql }: World, no: number): Promise<Recipient | undefined> => {
  const ids = sql.prepare<[], number>('select id from recipients where removed_at is null order by id').pluck().all()
  const id = ids[no % Math.max(1, ids.length)]
  return id === undefined
    ? undefined
    : (await store.lookUpRecipients({ id, externalId: null, phone: null, email: null }))[0]
}

const importOf = (world: World, phone: string, unsubscribed: string) =>
  importRecipients(
    world,
    {
      columns: [
        { kind: 'field', field: 'phone' },
        { kind: 'field', field: 'zone' },
        { kind: 'field', field: 'unsubscribed' },
      ],
      records: (async function* () {
        yield [{ line: 2, cells: [phone, 'Europe/Moscow', unsubscribed] }]
      })(),
    },
    { country: 'RU', skipBad: true, dryRun: false },
    never.stop,
    { onRead: () => undefined, onSaved: () => undefined, onRejected: null },
  )

const play = async (
  world: World,
  mailings: Mailing[],
  [what, no, at]: readonly [string, number, number],
): Promise<void> => {
  const phone = PHONES[at] ?? PHONES[0]
  const who = await someone(world, no)
  const mailing = mailings.at(no % Math.max(1, mailings.length))
  const pass = (): Promise<unknown> => asWorker(world, 'run-due', (id) => runDue(world, id, never))
  if (what === 'block')
    await blockAddresses(
      world,
      { lines: [{ line: 1, text: phone }], country: 'RU', skipBad: false, dryRun: false },
      BY,
      never.stop,
    )
  if (what === 'import' || what === 'import a refusal') await importOf(world, phone, what === 'import' ? '' : 'yes')
  if (what === 'schedule' || what === 'follow') {
    const uid = `m${mailings.length}`
    mailings.push(await scheduleUsual(world, { uid, text: uid, name: uid, ifPast: 'now', follow: what === 'follow' }))
  }
  if (what === 'add')
    await addRecipient(world, { fields: { phone, zone: 'Europe/Moscow' }, tags: [], attributes: [] }, 'RU', BY)
  if (what === 'send' || what === 'refuse') {
    world.sms.answer = () => (what === 'send' ? { kind: 'accepted', ref: null } : { kind: 'refused', reason: 'no' })
    await pass()
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
  }
  if (what === 'test') {
    await sendTest(
      world,
      { nonce: 'n', gateway: world.sms, address: phone, text: 'test', audience: EVERYBODY, mailingId: null },
      BY,
      never.stop,
    )
  }
  if (who !== undefined) {
    if (what === 'unsubscribe') await unsubscribe(world, who, false, BY)
    if (what === 'unsubscribe by admin') await unsubscribe(world, who, true, BY)
    if (what === 'resubscribe') await resubscribe(world, who, BY)
    if (what === 'remove') await removeRecipient(world, who, BY)
    if (what === 'move') {
      const edit = {
        fields: { phone },
        tags: [],
        attributes: [],
        country: 'RU',
        clear: [],
        untagged: [],
        dryRun: false,
      }
      await editRecipient(world, who, edit, BY)
    }
  }
  if (mailing === undefined) return
  if (what === 'replan') await applyEdit(world, await prepareReplan(world, mailing), 'mailing replanned', BY)
  if (what === 'retry') {
    const order = {
      states: ['failed', 'unknown', 'expired'],
      to: null,
      limit: null,
      error: null,
      asNew: true,
      expiresAt: null,
    }
    await retry(world, await planRetry(world, mailing, order as never, { ...BY, at: world.clock.now() }), never.stop)
  }
  if (what === 'send now') {
    const id = world.sql
      .prepare<[number], number>('select id from messages where mailing_id = ? limit 1')
      .pluck()
      .get(mailing.id)
    if (id !== undefined)
      await sendMessageNow(world, await messageNumbered(world, id), { ...BY, at: world.clock.now() })
  }
}

test('law: nothing is accepted for an address that a row or a list bars', { timeout: 120_000 }, async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 25 }), async (deeds) => {
      const world = await openWorld('2021-10-22T08:00:00Z')
      world.add(PHONES.map((phone) => ({ phone })).concat({ phone: PHONES[0] }))
      const mailings: Mailing[] = []
      for (const each of [...deeds, ['schedule', 0, 0] as const, ['send', 0, 0] as const]) {
        const before = world.sms.got.length
        const bars = barred(world)
        await play(world, mailings, each).catch((error: unknown) => {
          if (!(error instanceof Fixable)) throw error // refused, as it may be
        })
        const reached = world.sms.got.slice(before).map(({ address }) => address)
        accepted += reached.length
        expect(
          reached.filter((address) => bars.has(address)),
          JSON.stringify(each),
        ).toEqual([])
      }
    }),
    { numRuns: 40 },
  )
  expect(accepted).toBeGreaterThan(20)
})

test('somebody who was removed does not come back with the next list, until the operator says so', async () => {
  const world = await openWorld()
  world.add([{ phone: PHONES[0] }, { phone: PHONES[1] }])
  const anna = await someone(world, 0)
  if (anna === undefined) throw new Error('nobody')
  await unsubscribe(world, anna, false, BY)
  await removeRecipient(world, anna, BY)
  expect(await importOf(world, PHONES[0], '')).toMatchObject({ rows: 1, added: 0, removed: 1, rejectedRows: 0 })
  expect(await importOf(world, PHONES[1], '')).toMatchObject({ unchanged: 1, removed: 0 })
  const phones = (): unknown => world.sql.prepare('select phone from recipients where removed_at is null').pluck().all()
  expect(phones()).toEqual([PHONES[1]])
  const kept = JSON.stringify(world.sql.prepare('select * from removed_addresses').all())
  expect(kept).not.toContain(PHONES[0].slice(2))
  await addRecipient(world, { fields: { phone: PHONES[0] }, tags: [], attributes: [] }, 'RU', BY)
  expect(phones()).toEqual([PHONES[1], PHONES[0]])
  expect(await importOf(world, PHONES[0], '')).toMatchObject({ removed: 0, changed: 1 })
})
