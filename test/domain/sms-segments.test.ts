// How many SMS a text is.
import { expect, test } from 'vitest'
import { smsSize } from '../../src/domain/sms-segments.ts'

const a = (count: number): string => 'a'.repeat(count)
const д = (count: number): string => 'д'.repeat(count)

test.each<[string, string, 'gsm-7' | 'ucs-2', units: number, segments: number]>([
  ['nothing', '', 'gsm-7', 0, 1],
  ['a word', 'Hello', 'gsm-7', 5, 1],
  ['the fullest single one', a(160), 'gsm-7', 160, 1],
  ['one more', a(161), 'gsm-7', 161, 2],
  ['two full ones', a(306), 'gsm-7', 306, 2],
  ['a third one', a(307), 'gsm-7', 307, 3],
  ['letters of the alphabet beyond ASCII', 'Ärger für 5 £ @ Ω', 'gsm-7', 17, 1],
  ['the euro takes two', '€', 'gsm-7', 2, 1],
  ['escapes fill it', `${a(158)}€`, 'gsm-7', 160, 1],
  ['and do not fit', `${a(159)}€`, 'gsm-7', 161, 2],
  ['an escape is not parted from its character', `${a(152)}€${a(152)}`, 'gsm-7', 306, 3],
  ['Russian', 'Здравствуйте!', 'ucs-2', 13, 1],
  ['the fullest Russian one', д(70), 'ucs-2', 70, 1],
  ['one more', д(71), 'ucs-2', 71, 2],
  ['two full ones', д(134), 'ucs-2', 134, 2],
  ['a third one', д(135), 'ucs-2', 135, 3],
  ['one Russian letter makes all of it Russian', `${a(70)}д`, 'ucs-2', 71, 2],
  ['what GSM escapes is one unit here', `€${д(69)}`, 'ucs-2', 70, 1],
  ['an emoji takes two', '🙂', 'ucs-2', 2, 1],
  ['and is not cut in half', `${д(66)}🙂${д(66)}`, 'ucs-2', 134, 3],
  ['a backtick is not in the alphabet', '`', 'ucs-2', 1, 1],
])('%s', (_, text, encoding, units, segments) => {
  expect(smsSize(text)).toMatchObject({ encoding, units, segments })
})

test('which characters it is that cost so much', () => {
  expect(smsSize('“Yes” – no…').beyondGsm).toEqual(['“', '”', '–', '…'])
  expect(smsSize('Yes').beyondGsm).toEqual([])
})
