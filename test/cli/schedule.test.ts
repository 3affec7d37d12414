// notify schedule: the worked example to the second, and every way to get it wrong.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { clockShim, runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { clockFrom, runHere } from '../support/here.ts'
import { fromSeed } from '../support/seeds.ts'
import { EVENING } from '../support/shop.ts'

let folder = ''

const clock = clockFrom(EVENING)

const run = (args: readonly string[], env: Record<string, string> = {}) => runHere(args, { cwd: folder, env, clock })

const runBinary = (args: readonly string[]) => runNotify(args, { cwd: folder, env: clockShim(EVENING) })

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

beforeEach(async () => {
  folder = temporaryFolder()
  write(
    'suppliers.csv',
    'id,phone,name,district\n1,89241234567,Amur,Амурская обл.\n2,89161234567,Voronezh,Воронежская область\n',
  )
  write('notify.toml', 'database = "notify.db"\nzone = "Europe/Moscow"\n')
  await fromSeed('worked-example', folder, async () => {
    await runBinary(['import', 'timezones', '--preset', 'ru'])
    await runBinary(['import', 'suppliers', 'suppliers.csv'])
  })
})

describe('the worked example of design.md 4.1', () => {
  test('told at 21:50 in Moscow, ten o’clock is 01:00Z on the Amur and 07:00Z in Voronezh', async () => {
    const { code, stdout } = await runBinary(['schedule', '--at', '10:00', '--text', 'Hello {{ name }}', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      mailing: {
        id: '1',
        name: '2021-10-22 10:00',
        state: 'active',
        at: '10:00',
        on: '2021-10-22',
        until: '21:00',
        gateway: 'outbox',
      },
      total: 2,
      zones: [
        { zone: 'Asia/Yakutsk', count: 1, sendAt: '2021-10-22T01:00:00Z', local: '2021-10-22 10:00', notes: [] },
        { zone: 'Europe/Moscow', count: 1, sendAt: '2021-10-22T07:00:00Z', local: '2021-10-22 10:00', notes: [] },
      ],
      skipped: [],
    })
    const stats = JSON.parse((await run(['stats', '1', '--json'])).stdout)
    expect(stats).toMatchObject({ mailings: [{ total: 2 }], states: { scheduled: 2 } })
  })

  test('the operator’s zone decides what tomorrow is', async () => {
    const { stdout } = await run(['schedule', '--at', '10:00', '--text', 'Hello', '--json', '--tz', 'Asia/Yakutsk'])
    expect(JSON.parse(stdout)).toMatchObject({ mailing: { on: '2021-10-23' } })
  })

  test('a dry run shows the same plan and writes nothing', async () => {
    const tried = await run(['schedule', '--at', '10:00', '--text', 'Hello', '--dry-run', '--json'])
    expect(JSON.parse(tried.stdout)).toMatchObject({ mailing: { id: null }, total: 2 })
    const said = await run(['schedule', '--at', '10:00', '--text', 'Hello', '--dry-run'])
    expect(said.stdout).toContain('Dry run: would schedule 2 messages in 2 zones')
    expect(JSON.parse((await run(['stats', '--json'])).stdout)).toMatchObject({ mailings: [] })
  })

  test('the same command twice adds nothing and says so', async () => {
    await run(['schedule', '--at', '10:00', '--text', 'Hello'])
    const again = await run(['schedule', '--at', '10:00', '--text', 'Hello'])
    expect(again).toMatchObject({ code: 0 })
    expect(again.stdout).toContain('Nothing added: mailing 1 "2021-10-22 10:00" holds these already')
  })
})

describe('what is wrong is said in one sentence, and nothing is written', () => {
  const cases: readonly (readonly [args: readonly string[], code: number, says: string])[] = [
    [['--at', '25:00', '--text', 'x'], 2, '--at "25:00" is not a time of day'],
    [['--at', '10', '--text', 'x'], 2, '--at "10" is not a time of day'],
    [['--text', 'x'], 2, 'option "--at <HH:MM>" not specified'],
    [['--at', '10:00'], 2, 'there is no text to send'],
    [['--at', '10:00', '--text', ' \n'], 2, 'the text is blank; nothing is scheduled'],
    [['--at', '10:00', '--text', 'x', '--name', ''], 2, '--name "" is no name of a mailing'],
    [['--at', '10:00', '--text', 'x', '--name', '12'], 2, '--name "12" is no name of a mailing'],
    [
      ['--at', '10:00', '--text', 'x', '--on', '2021-10-20'],
      2,
      '--on 2021-10-20 is past: today is 2021-10-21 in Europe/Moscow',
    ],
    [['--at', '10:00', '--text', 'x', '--on', '2021-02-30'], 2, '--on "2021-02-30" is not a date'],
    [
      ['--at', '10:00', '--text', 'x', '--on', 'today'],
      4,
      '10:00 on 2021-10-21 is already past in Asia/Yakutsk (1), Europe/Moscow (1)',
    ],
    [['--at', '10:00', '--text', 'x', '--gateway', 'smx'], 3, 'smx'],
    [['--at', '10:00', '--text', 'Hi {{ nam }}'], 2, 'Did you mean {{ name }}?'],
    [['--at', '10:00', '--text', 'Hi {{ name'], 2, 'line 1'],
    [['--at', '10:00', '--text', 'x', '--until', '09:00'], 2, '--until 09:00 closes before --at 10:00 opens'],
    [['--at', '10:00', '--text', 'x', '--expires', 'soon'], 2, '--expires "soon"'],
    [['--at', '10:00', '--text', 'x', '--expires', '2022-02-30T10:00:00Z'], 2, 'neither an instant nor a duration'],
    [['--at', '10:00', '--text', 'x', '--expires', '2021-10-21T10:00:00Z'], 2, 'is not after the last planned send'],
    [['--at', '10:00', '--text', 'x', '--if-past', 'perhaps'], 2, '--if-past "perhaps"'],
    [['--at', '10:00', '--text', 'x', '--if-no-zone', 'Europe/Moskow'], 2, 'Europe/Moscow'],
    [['--at', '10:00', '--text', 'x', '--tag', 'nobody'], 4, 'nobody to write to'],
    [['--at', '10:00', '--text', 'x', '--tz', 'Mars'], 2, 'your own zone "Mars"'],
    [['--at', '10:00', '--text', 'x', '--frm', 'y'], 2, 'unknown option "--frm"'],
  ]
  test.each(cases)('%j ends with %i', async (args, code, says) => {
    const said = await run(['schedule', ...args])
    expect(said.stderr).toContain(says)
    expect(said).toMatchObject({ code, stdout: '' })
    expect(JSON.parse((await run(['stats', '--json'])).stdout)).toMatchObject({ mailings: [] })
  })

  test('broken TOML, an unknown key, a URL without a scheme: exit 3 and the place', async () => {
    write('broken.toml', 'database = "x\n')
    expect(await run(['schedule', '--at', '10:00', '-c', 'broken.toml'])).toMatchObject({ code: 3 })
    write('typo.toml', 'databse = "x"\n')
    expect((await run(['stats', '-c', 'typo.toml'])).stderr).toContain('database')
    write('url.toml', '[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "gateway.example"\ntoken_env = "T"\n')
    const url = await run(['stats', '-c', 'url.toml'])
    expect(url.code).toBe(3)
    expect(url.stderr).toContain('gateways.sms.url')
  })

  test('with --json the error is JSON on stderr', async () => {
    const { stderr, code } = await runBinary(['schedule', '--at', '25:00', '--text', 'x', '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage', message: expect.stringContaining('25:00') } })
  })

  test.skipIf(process.getuid?.() === 0)('a read-only folder', async () => {
    chmodSync(folder, 0o500)
    const { code, stderr } = await run(['stats', '-c', 'notify.toml'], { NOTIFY_DATABASE_URL: 'sqlite:sub/x.db' })
    chmodSync(folder, 0o700)
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be made')
  })
})

test('filters: tag, not-tag, operator code, district', async () => {
  write('more.csv', 'id,phone,name,zone,tag\n3,89031234567,Tagged,Europe/Moscow,vip\n')
  await run(['import', 'suppliers', 'more.csv'])
  const total = async (...flags: string[]): Promise<number> => {
    const { stdout } = await run(['schedule', '--at', '10:00', '--text', 'x', '--dry-run', '--json', ...flags])
    return JSON.parse(stdout).total
  }
  expect(await total()).toBe(3)
  expect(await total('--tag', 'vip')).toBe(1)
  expect(await total('--not-tag', 'vip')).toBe(2)
  expect(await total('--operator-code', '916', '--operator-code', '903')).toBe(2)
  expect(await total('--district', 'амурская область')).toBe(1)
})

test('--pace is a rate, said in help, and changes nothing of what is told', async () => {
  const bad = await run(['schedule', '--at', '10:00', '--text', 'x', '--pace', '5000'])
  expect(bad).toMatchObject({ code: 2, stdout: '' })
  expect(bad.stderr).toContain('--pace "5000" is not a rate\nWrite it as 5000/s')
  expect((await run(['schedule', '--help'])).stdout).toContain('--pace <rate>')
  const paced = await run(['schedule', '--at', '10:00', '--text', 'x', '--json', '--pace', '5000/s'])
  expect(paced).toMatchObject({ code: 0, stderr: '' })
  const told = JSON.parse(paced.stdout)
  expect(told.total).toBe(2)
  expect(Object.keys(told)).toEqual(['mailing', 'total', 'zones', 'skipped', 'forecast', 'sample', 'sms', 'holes'])
})
