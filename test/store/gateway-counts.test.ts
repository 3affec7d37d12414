// What waits at each gateway: due, later, in hand, and what counts for none of them.
import { expect, test } from 'vitest'
import { gatewayCounts } from '../../src/store/sqlite/gateway-counts.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing, type MailingRows } from '../support/rows.ts'

const NOW = Date.parse('2021-10-22T05:00:00Z') // ten o'clock has been in Yakutsk, not in Moscow
const due = { zone: 'Asia/Yakutsk', state: 'scheduled', count: 5 } as const
const later = { zone: 'Europe/Moscow', state: 'scheduled', count: 7 } as const
const inHand = { zone: 'Europe/Moscow', state: 'sending', count: 2 } as const
const lost = { zone: 'Asia/Yakutsk', state: 'sending', count: 3 } as const

const countsOf = async (...mailings: readonly (Omit<MailingRows, 'name'> & { gateway?: string })[]) => {
  const connection = await temporaryConnection()
  for (const [i, { gateway = 'sms', ...rows }] of mailings.entries()) {
    const id = insertMailing(connection, { name: `m${i}`, ...rows })
    connection.db.prepare('update mailings set gateway = ? where id = ?').run(gateway, id)
  }
  return gatewayCounts(connection).countByGateway(NOW)
}

test('nothing is scheduled: no gateway', async () => {
  expect(await countsOf()).toEqual([])
})

test('due, later and in hand are told apart; a row whose lease is over is due', async () => {
  expect(await countsOf({ messages: [due, later, inHand, lost, { ...due, state: 'sent' }] })).toEqual([
    { name: 'sms', due: 8, waiting: 15, inHand: 2 },
  ])
})

test('of a paused, cancelled or unfinished mailing only what is in hand counts', async () => {
  const messages = [due, later, inHand, lost]
  for (const state of ['paused', 'cancelled', 'planning'] as const) {
    expect(await countsOf({ state, messages })).toEqual([{ name: 'sms', due: 0, waiting: 0, inHand: 2 }])
  }
})

test('mailings of one gateway are added up, those of another are not', async () => {
  const counts = await countsOf(
    { messages: [due] },
    { gateway: 'mail', messages: [later, inHand] },
    { messages: [due, later] },
    { gateway: 'idle' },
  )
  expect(counts).toEqual([
    { name: 'idle', due: 0, waiting: 0, inHand: 0 },
    { name: 'mail', due: 0, waiting: 7, inHand: 2 },
    { name: 'sms', due: 10, waiting: 17, inHand: 0 },
  ])
})
