// Whose phone it is, where a file hands phones about: judged by what all of it says.
import { expect, test } from 'vitest'
import { openImportDesk } from '../support/import-desk.ts'

const DAY_1 = 'id;name;phone\n1;Anna;+79165550001\n2;Boris;+79165550002\n3;Vera;+79165550003\n'

const openBook = async () => {
  const desk = await openImportDesk()
  const load = (rows: string, ...args: readonly string[]) => {
    desk.write('list.csv', `id;name;phone\n${rows}`)
    return desk.run(['suppliers', 'list.csv', ...args])
  }
  desk.write('day1.csv', DAY_1)
  expect(await desk.run(['suppliers', 'day1.csv'])).toMatchObject({ code: 0 })
  desk.clock.set('2021-10-22T18:50:00Z')
  const phones = () => desk.people('external_id, phone').map((each) => Object.values(each ?? {}).join(' '))
  return { desk, load, phones }
}

test.each([
  [
    'two people swap',
    '1;Anna;+79165550002\n2;Boris;+79165550001\n',
    ['1 +79165550002', '2 +79165550001', '3 +79165550003'],
  ],
  [
    'it passes on',
    '1;Anna;+79165550009\n2;Boris;+79165550001\n',
    ['1 +79165550009', '2 +79165550001', '3 +79165550003'],
  ],
  [
    'it passes on, told the other way round',
    '2;Boris;+79165550001\n1;Anna;+79165550009\n',
    ['1 +79165550009', '2 +79165550001', '3 +79165550003'],
  ],
  [
    'three in a ring',
    '1;A;+79165550002\n2;B;+79165550003\n3;V;+79165550001\n',
    ['1 +79165550002', '2 +79165550003', '3 +79165550001'],
  ],
  [
    'to somebody new',
    '1;Anna;+79165550009\n4;Gleb;+79165550001\n',
    ['1 +79165550009', '2 +79165550002', '3 +79165550003', '4 +79165550001'],
  ],
])(
  '%s: nobody is rejected, the same file changes nothing, and the import can be taken back',
  async (_, rows, after) => {
    const { desk, load, phones } = await openBook()
    expect(await load(rows)).toMatchObject({ code: 0 })
    expect(phones()).toEqual(after)
    expect((await load(rows)).out).toContain('0 added, 0 changed')
    expect(await desk.run(['undo', '--yes'])).toMatchObject({ code: 0 })
    expect(phones()).toEqual(['1 +79165550001', '2 +79165550002', '3 +79165550003'])
  },
)

test('who wants a phone that its owner keeps is rejected, and who wants theirs with them', async () => {
  const { load, phones } = await openBook()
  const rows = '1;Anna;+79165550002\n2;Boris;+79165550003\n4;Gleb;+79165550001\n5;Dina;+79165550005\n'
  const { code, err } = await load(rows, '--skip-bad')
  expect(code).toBe(4)
  expect(err).toContain('3 the phone belongs to another recipient (lines 2, 3, 4)')
  expect(phones()).toEqual(['1 +79165550001', '2 +79165550002', '3 +79165550003', '5 +79165550005'])
  expect(await load('1;Anna;+79165550002\n2;Boris;\n', '--skip-bad')).toMatchObject({ code: 4 })
  expect(await load('1;Anna;+79165550002\n2;Boris;+79165550001\n', '--on-conflict', 'skip')).toMatchObject({ code: 4 })
  expect(phones().slice(0, 2)).toEqual(['1 +79165550001', '2 +79165550002'])
})

test('two firms with one phone are a choice', async () => {
  const { load, phones } = await openBook()
  const rows = '4;Gleb;+79165550001\n5;Dina;+79165550006\n6;Egor;+79165550006\n'
  const { code, err } = await load(rows)
  expect(code).toBe(4)
  expect(err).toContain('--on-shared-address=keep')
  expect(await load(rows, '--on-shared-address', 'keep')).toMatchObject({ code: 0 })
  expect(phones().slice(3)).toEqual(['4 +79165550001', '5 +79165550006', '6 +79165550006'])
  expect((await load(rows, '--on-shared-address', 'keep')).out).toContain('0 added, 0 changed, 3 unchanged')
  const unnamed = await load(';Somebody;+79165550006\n', '--on-shared-address', 'keep')
  expect(unnamed).toMatchObject({ code: 4, err: expect.stringContaining('is that of several recipients') })
})
