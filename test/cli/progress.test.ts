// What long work shows of itself.
import { expect, test } from 'vitest'
import { openProgress } from '../../src/cli/screen/progress.ts'
import { type HandClock, handClock } from '../support/clock.ts'

const open = (isTTY: boolean, quiet = false) => {
  const clock: HandClock = handClock('2021-10-21T18:50:00Z')
  const said: string[] = []
  const err = { write: (text: string) => said.push(text), isTTY }
  const progress = openProgress({ err, clock, env: { LANG: 'C.UTF-8' } }, { quiet }, 'rows read')
  return { clock, said, progress }
}

test('short work says nothing', () => {
  for (const isTTY of [true, false]) {
    const { clock, said, progress } = open(isTTY)
    progress.advance(500, 0.5)
    clock.advance(400)
    progress.advance(1000, 1)
    progress.end()
    expect(said).toEqual([])
  }
})

test('on a terminal a bar moves, ten times a second at most, and gives way to one line', () => {
  const { clock, said, progress } = open(true)
  clock.advance(500)
  progress.advance(1000, 0.25)
  clock.advance(50)
  progress.advance(1100, 0.26)
  clock.advance(50)
  progress.advance(2000, 0.5)
  clock.advance(1000)
  progress.advance(4000, 1)
  progress.end()
  expect(said).toEqual([
    '\r\u001b[K██████░░░░░░░░░░░░░░░░░░ 25 % 1,000 rows read',
    '\r\u001b[K████████████░░░░░░░░░░░░ 50 % 2,000 rows read',
    '\r\u001b[K████████████████████████ 100 % 4,000 rows read',
    '\r\u001b[K4,000 rows read in 1.6 s\n',
  ])
})

test('elsewhere a line every 10 %, and at the end one more', () => {
  const { clock, said, progress } = open(false)
  clock.advance(600)
  for (const share of [0.05, 0.11, 0.15, 0.19, 0.2, 0.95]) {
    clock.advance(100)
    progress.advance(share * 1000, share)
  }
  progress.end()
  expect(said).toEqual([
    '11 % 110 rows read\n',
    '20 % 200 rows read\n',
    '95 % 950 rows read\n',
    '950 rows read in 1.2 s\n',
  ])
})

test('where nobody knows the whole, a line every 10 s', () => {
  const { clock, said, progress } = open(false)
  for (let done = 1; done <= 25; done++) {
    clock.advance(1000)
    progress.advance(done)
  }
  progress.end()
  expect(said).toEqual(['10 rows read\n', '20 rows read\n', '25 rows read in 25.0 s\n'])
})

test('--quiet is quiet', () => {
  const { clock, said, progress } = open(true, true)
  clock.advance(60_000)
  progress.advance(1, 0.5)
  progress.end()
  expect(said).toEqual([])
})
