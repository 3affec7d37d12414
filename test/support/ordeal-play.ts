// A storm of deeds played to its end, and what must hold then.
import fc from 'fast-check'
import { expect } from 'vitest'
import { resumed } from '../../src/domain/gateway-changes.ts'
import { messageKey } from '../../src/domain/key.ts'
import { type MessageState, recipientKey } from '../../src/domain/message.ts'
import { openStore } from '../../src/store/open.ts'
import { act, anyDeed, by, type Deed, type Ledger, listen, PEOPLE, pass, type Storm } from './ordeal.ts'
import { openWorld, scheduleUsual, type World } from './world.ts'

/** Everybody lets go, the gateway is well again, and days pass. */
const calmDown = async (world: World, ledger: Ledger): Promise<void> => {
  ledger.moods = [0]
  await world.store.release(by(world))
  await world.store.changeGateway('sms', (health) => resumed(health, world.clock.now(), null))
  await pass(world) // finishes what was left half done
  for (const { id } of await world.store.listMailings({ states: ['paused'] })) {
    await world.store.resumeMailing(id, by(world))
  }
  for (let hour = 0; hour < 160; hour += 2) {
    await pass(world)
    world.clock.advance(7_200_000)
  }
}

interface Row {
  readonly id: number
  readonly state: MessageState
  readonly uid: string
  readonly recipient: number
  readonly born: number
  readonly resend: number
  readonly inDoubt: number
  /** The static text that its number stands for; null: it has a text of its own, or was not tried. */
  readonly said: string | null
}

const ROWS = `select m.id, m.state, g.uid, r.id as recipient, r.created_at as born, m.resend,
    m.doubt_since is not null as inDoubt,
    iif(m.address is null or m.text is not null, null, iif(m.text_no = g.text_no, g.text,
      (select t.text from mailing_texts t where t.mailing_id = g.id and t.no = m.text_no))) as said
  from messages m join mailings g on g.id = m.mailing_id join recipients r on r.id = m.recipient_id`

const check = async (world: World, ledger: Ledger): Promise<void> => {
  expect(await world.store.miscounted()).toEqual([])
  const mailings = await world.store.listMailings({})
  expect(mailings.filter(({ state }) => state !== 'done' && state !== 'cancelled')).toEqual([])
  const rows = world.sql.prepare(ROWS).all() as Row[]
  expect(rows).toHaveLength(ledger.scheduled)
  const known = new Set<string>()
  let [doubles, untold] = [0, 0]
  for (const row of rows) {
    expect(['scheduled', 'sending'], `message ${row.id}`).not.toContain(row.state)
    const entries = entriesOf(world, ledger, row, known)
    const effects = entries.reduce((sum, entry) => sum + entry.effects, 0)
    doubles += Math.max(0, effects - 1)
    const isAccepted = entries.some(({ accepted }) => accepted > 0)
    if (row.state === 'sent') expect(isAccepted, `message ${row.id} is a phantom`).toBe(true)
    else if (effects > 0 && row.state !== 'unknown' && row.inDoubt === 0) untold += 1
    const last = ledger.seen.get(keyOf(world, row, row.resend))
    if (row.said !== null && last !== undefined) expect(last.text, `message ${row.id} says another text`).toBe(row.said)
  }
  expect([...ledger.seen.keys()].filter((key) => !known.has(key))).toEqual([]) // every request was for a row
  expect(doubles).toBeLessThanOrEqual(ledger.renewed) // two effects only where an operator wanted them
  // taken, and yet not called sent: it is called unknown, or its doubt is kept, unless an operator gave it a new key
  expect(untold).toBeLessThanOrEqual(ledger.renewed)
}

const keyOf = ({ store }: World, { uid, recipient, born }: Row, resend: number): string =>
  messageKey({
    installationId: store.installationId,
    mailingUid: uid,
    recipientKey: recipientKey(recipient, born),
    resend,
  }).key

/** What the ledger knows of a message under each of its keys, the last of which may not have left. */
const entriesOf = (world: World, ledger: Ledger, row: Row, known: Set<string>) =>
  Array.from({ length: row.resend + 1 }, (_, resend) => {
    const key = keyOf(world, row, resend)
    known.add(key)
    return ledger.seen.get(key)
  }).filter((entry) => entry !== undefined)

/** So many storms of 5 to 40 random deeds. */
export const playStorms = async (runs: number): Promise<void> => {
  await fc.assert(fc.asyncProperty(fc.array(anyDeed, { minLength: 5, maxLength: 40 }), playDeeds), { numRuns: runs })
}

/** One storm: these deeds, then calm; fails where anything was lost, doubled or half edited. */
const playDeeds = async (deeds: readonly Deed[]): Promise<void> => {
  const world = await openWorld()
  world.add(Array.from({ length: PEOPLE }, (_, i) => ({ name: `Person ${i}` })))
  const ledger = listen(world)
  const store = await openStore(world.file, world.clock)
  const storm: Storm = { world, ledger, other: { ...world, store } }
  try {
    await scheduleUsual(world, { text: 'Hello {{ name }}', expires: '4d' })
    world.clock.moveTo('2021-10-22T07:00:00Z')
    for (const [i, each] of deeds.entries()) await act(storm, each, i + 1)
    await calmDown(world, ledger)
    await check(world, ledger)
  } finally {
    await store.close()
  }
}
