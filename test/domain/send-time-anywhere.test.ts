// The same answers on every machine and on every day: neither the process's own zone nor today's date may matter.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { clockShim } from '../support/binary.ts'

const run = promisify(execFile)

const CASES = [
  ['2021-10-22', '10:00', 'Asia/Yakutsk', '2021-10-22T01:00:00Z', '2021-10-22 10:00 +09'],
  ['2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00Z', '2027-03-28 03:30 +02'],
  ['2027-10-31', '02:30', 'Europe/Berlin', '2027-10-31T00:30:00Z', '2027-10-31 02:30 +02'],
  ['2027-10-03', '02:15', 'Australia/Lord_Howe', '2027-10-02T15:45:00Z', '2027-10-03 02:45 +11'],
  ['2027-04-04', '01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00Z', '2027-04-04 01:45 +11'],
  ['2027-03-27', '23:30', 'America/Nuuk', '2027-03-28T01:30:00Z', '2027-03-28 00:30 -01'],
  ['2027-10-30', '23:30', 'America/Nuuk', '2027-10-31T00:30:00Z', '2027-10-30 23:30 -01'],
  ['2011-12-30', '10:00', 'Pacific/Apia', '2011-12-30T20:00:00Z', '2011-12-31 10:00 +14'],
  ['2026-03-22', '02:30', 'Africa/Casablanca', '2026-03-22T02:30:00Z', '2026-03-22 03:30 +01'],
  ['2026-02-15', '02:30', 'Africa/Casablanca', '2026-02-15T01:30:00Z', '2026-02-15 02:30 +01'],
] as const

const script = (folder: string): string => `
  import { addDays, isoUtc } from '${folder}local-time.ts'
  import { localClock, nextOpening, sendInstant } from '${folder}send-time.ts'
  const cases = ${JSON.stringify(CASES.map(([on, at, zone]) => [on, at, zone]))}
  const answers = cases.map(([on, at, zone]) => {
    const instant = sendInstant(on, at, zone).at
    const shown = localClock(instant, zone)
    const wait = nextOpening(instant, at, '21:00', zone) - instant
    return [isoUtc(instant), shown.date + ' ' + shown.time + ' ' + shown.offset, wait, addDays(on, 1)]
  })
  console.log(JSON.stringify({ here: Intl.DateTimeFormat().resolvedOptions().timeZone, today: new Date().toISOString(), answers }))
`

test.concurrent.each([
  ['UTC', '2027-01-15T12:00:00Z', 'UTC'],
  ['America/New_York', '2027-07-15T12:00:00Z', 'America/New_York'],
  ['Asia/Kathmandu', '2011-12-30T11:00:00Z', expect.stringMatching(/^Asia\/Kath?mandu$/)],
  ['Pacific/Apia', '2027-10-31T00:45:00Z', 'Pacific/Apia'],
])('under TZ=%s on %s the answers are those of the table', async (zone, today, here) => {
  const domain = new URL('../../src/domain/', import.meta.url).href
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script(domain)], {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'], TZ: zone, ...clockShim(today) },
  })
  const said: unknown = JSON.parse(stdout)
  expect(said).toEqual({
    here,
    today: expect.stringContaining(today.slice(0, 14)),
    answers: CASES.map(([on, , , instant, shown]) => [instant, shown, 0, nextDay(on)]),
  })
})

const nextDay = (on: string): string => new Date(Date.parse(on) + 86_400_000).toISOString().slice(0, 10)
