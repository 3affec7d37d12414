// notify recipients tag, untag: one recipient, or all that the flags choose.
import { expect, test } from 'vitest'
import { type BookDesk, openBookDesk } from '../support/book-desk.ts'

const openBook = async (): Promise<BookDesk> => {
  const desk = await openBookDesk()
  const rows = Array.from(
    { length: 2_500 },
    (_, i) => `S${i};+7916${String(i).padStart(7, '0')};UTC;${i % 5 === 0 ? 'fifth' : ''}`,
  )
  await desk.importCsv(`id;phone;zone;tag\n${rows.join('\n')}\n`)
  return desk
}

const tagged = ({ sql }: BookDesk, tag: string): unknown =>
  sql.prepare('select count(*) from recipient_tags where tag = ?').pluck().get(tag)

test('one recipient gets a tag, once, and loses it', async () => {
  const desk = await openBook()
  expect((await desk.run('recipients', 'tag', 'vip', 'S7', '--reason', 'as asked')).out).toBe(
    'Tagged 1 recipient vip.\n',
  )
  expect((await desk.run('recipients', 'tag', 'vip', 'S7')).out).toBe('Tagged 0 recipients vip. 1 had it already.\n')
  expect((await desk.run('recipients', 'untag', 'vip', 'S7')).out).toBe('Took the tag from 1 recipient.\n')
  expect((await desk.run('recipients', 'untag', 'vip', 'S7')).out).toBe('Took the tag from 0 recipients.\n')
  expect(desk.acts()).toMatchObject([
    { what: 'recipients tagged', recipient: expect.any(Number), why: 'as asked', detail: { tag: 'vip' } },
    { what: 'recipients untagged', detail: { tag: 'vip' } },
  ])
})

test('the recipient before the tag: nothing is done, and the right order is shown', async () => {
  const desk = await openBook()
  expect(await desk.run('recipients', 'untag', 'S7', 'vip')).toMatchObject({
    code: 2,
    err: 'notify: there is no recipient "vip", and "S7" is one: the tag comes first\nnotify recipients untag "vip" "S7"\n',
  })
})

test('all that the flags choose, in one act that counts them', async () => {
  const desk = await openBook()
  expect((await desk.run('recipients', 'tag', 'new', '--tag', 'fifth', '--dry-run')).out).toBe(
    'Dry run: would tag 500 recipients new.\n',
  )
  expect(tagged(desk, 'new')).toBe(0)
  expect((await desk.run('recipients', 'tag', 'new', '--tag', 'fifth')).out).toBe('Tagged 500 recipients new.\n')
  expect((await desk.run('recipients', 'tag', 'new', '--all')).out).toBe(
    'Tagged 2000 recipients new. 500 had it already.\n',
  )
  expect(tagged(desk, 'new')).toBe(2_500)
  expect(JSON.parse((await desk.run('recipients', 'untag', 'new', '--not-tag', 'fifth', '--json')).out)).toEqual({
    dryRun: false,
    tag: 'new',
    recipients: 2_000,
    changed: 2_000,
  })
  expect((await desk.run('recipients', 'untag', 'fifth', '--tag', 'fifth')).out).toBe(
    'Took the tag from 500 recipients.\n',
  )
  expect([tagged(desk, 'new'), tagged(desk, 'fifth')]).toEqual([500, 0])
  expect(desk.acts().map(({ what, recipient, detail }) => ({ what, recipient, detail }))).toEqual([
    { what: 'recipients tagged', recipient: null, detail: { tag: 'new', count: 500 } },
    { what: 'recipients tagged', recipient: null, detail: { tag: 'new', count: 2_000 } },
    { what: 'recipients untagged', recipient: null, detail: { tag: 'new', count: 2_000 } },
    { what: 'recipients untagged', recipient: null, detail: { tag: 'fifth', count: 500 } },
  ])
})

test('stopped in the middle: what is done is counted, and the same command does the rest', async () => {
  const desk = await openBook()
  const stop = new AbortController()
  const by = { at: desk.clock.now(), who: 'anna', why: null }
  const { filterOf } = await import('../../src/cli/actions/recipient-filter.ts')
  const all = filterOf({ tag: [], notTag: [], operatorCode: [], district: [], zone: [], attr: [] })
  const counts = await desk.store.tagMatching(all, 'new', true, by, stop.signal, () => stop.abort())
  expect(counts.changed).toBeLessThan(2_500)
  expect([tagged(desk, 'new'), desk.acts()[0]?.detail]).toEqual([counts.changed, { tag: 'new', count: counts.changed }])
  expect((await desk.runWith({ signal: stop.signal }, 'recipients', 'tag', 'new', '--all')).code).toBe(130)
  expect((await desk.run('recipients', 'tag', 'new', '--all')).out).toContain(`${counts.changed} had it already.`)
})

test.each([
  [['tag', 'vip'], 'it is not said whom'],
  [['tag', 'vip', 'S1', '--all'], 'it is said in more than one way whom'],
  [['untag', 'vip', 'S1', '--zone', 'UTC'], 'it is said in more than one way whom'],
  [['tag', 'a,b', 'S1'], '"a,b" is no tag'],
  [['tag', ' ', 'S1'], '" " is no tag'],
])('notify recipients %j is refused', async (args, sentence) => {
  const desk = await openBookDesk()
  await desk.importCsv('id;phone;zone\nS1;89161234567;UTC\n')
  const { code, err } = await desk.run('recipients', ...args)
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
})
