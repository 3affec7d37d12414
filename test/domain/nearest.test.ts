// "Did you mean": near enough for a slip of the finger, never a wild guess.
import { expect, test } from 'vitest'
import { nearest } from '../../src/domain/nearest.ts'
import { nearestDistrict } from '../../src/domain/nearest-district.ts'

const COMMANDS = ['import', 'schedule', 'run-due', 'daemon', 'stats', 'mailings', 'messages']

test.each([
  ['shedule', 'schedule'], // a letter left out
  ['staats', 'stats'], // one too many
  ['demon', 'daemon'],
  ['impory', 'import'], // another one
  ['sttas', 'stats'], // two that changed places
  ['MAILINGS', 'mailings'],
  ['stats', 'stats'],
  ['stop', null],
  ['send', null],
  ['', null],
])('%j is near %j', (word, answer) => {
  expect(nearest(word, COMMANDS)).toBe(answer)
})

test('of several the nearest, of equals the first', () => {
  expect(nearest('mailing', ['mailinggs', 'mailings', 'mailingz'])).toBe('mailings')
})

test('a long word may have more slips than a short one', () => {
  expect(nearest('Amerca/Argentna/Buenos_Ares', ['America/Argentina/Buenos_Aires'])).toBe(
    'America/Argentina/Buenos_Aires',
  )
  expect(nearest('abc', ['axy'])).toBeNull()
})

const DISTRICTS = [
  { name: 'Воронежская область', otherNames: ['36'] },
  { name: 'Республика Татарстан', otherNames: ['tatarstan'] },
]

test.each([
  ['Воронежкая обл.', 'Воронежская область'],
  ['Татарстон', 'Республика Татарстан'],
  ['Tatarstn', 'Республика Татарстан'],
  ['Область', null],
])('the district meant by %s is %s', (wanted, name) => {
  expect(nearestDistrict(wanted, DISTRICTS)).toBe(name)
})
