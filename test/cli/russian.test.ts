// Russian for those whose locale is Russian; programs read what they always read.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tongueOf } from '../../src/cli/language.ts'
import { CATALOGUE, russian } from '../../src/cli/russian/russian.ts'
import { runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { phrasesOf } from '../support/phrases.ts'

test.each([
  [[], {}, false],
  [[], { LANG: 'ru_RU.UTF-8' }, true],
  [[], { LANG: 'ru_RU.UTF-8', LC_ALL: 'C.UTF-8' }, false],
  [[], { LANG: 'C', LC_MESSAGES: 'ru_RU' }, true],
  [[], { LANG: 'rue_UA.UTF-8' }, false],
  [['stats', '--lang', 'ru'], { LANG: 'C' }, true],
  [['stats', '--lang=en'], { LANG: 'ru_RU.UTF-8' }, false],
  [[], { NOTIFY_LANG: 'ru', LC_ALL: 'C' }, true],
])('%j under %j: Russian %s', async (words, env, isRussian) => {
  expect((await tongueOf(words, env)) !== undefined).toBe(isRussian)
})

test.each([
  ['Skipped: 13 unsubscribed, 2 past.', 'Пропущено: отписаны: 13, час прошёл: 2.'],
  ['Paused mailing 1 "Заказы": 1 message wait.', 'Рассылка 1 «Заказы» приостановлена, ждёт 1 сообщение.'],
  ['Paused mailing 1 "a": 2,342 messages wait.', 'Рассылка 1 «a» приостановлена, ждут 2,342 сообщения.'],
  ['Paused mailing 1 "a": 11 messages wait.', 'Рассылка 1 «a» приостановлена, ждут 11 сообщений.'],
  ['  Usage:  ', '  Запуск:  '],
  ['\u001b[2mNo mailings.\u001b[22m\n', '\u001b[2mРассылок нет.\u001b[22m\n'],
  ['what nobody has translated', 'what nobody has translated'],
  ['ООО «Ромашка»', 'ООО «Ромашка»'],
])('%j', (english, other) => {
  expect(russian()(english)).toBe(other)
})

test('a person reads Russian, a program reads what it always reads', async () => {
  const cwd = temporaryFolder()
  const env = { LANG: 'ru_RU.UTF-8' }
  const help = await runNotify(['schedule', '--help'], { cwd, env })
  expect(help.stdout).toContain('послать текст каждому в этот час по его часам')
  const wrong = await runNotify(['schedule', '--at', '25:00'], { cwd, env })
  expect(wrong).toMatchObject({
    code: 2,
    stderr: 'notify: --at "25:00": это не время суток\nПишите ЧЧ:ММ, например --at 10:00.\n',
  })
  const [here, there] = [
    await runNotify(['stats', '--json'], { cwd, env }),
    await runNotify(['stats', '--json'], { cwd }),
  ]
  expect(here.stdout).toBe(there.stdout)
  const json = await runNotify(['schedule', '--at', '25:00', '--json'], { cwd, env })
  expect(JSON.parse(json.stderr).error.message).toBe('--at "25:00" is not a time of day')
})

/** Glue: what is said there are other phrases, put together. */
const GLUE =
  /^[^\p{L}]*\{\}|^\$|^\(--json\)$|^unknown \{\}|^Unblocked|does not take messages|^… \{\}|^(?:Approved m|M)ailing \{\}|^(?:Dry run: would|notify:|Note:|tag|take the tag from) \{\}|^mailing \{\} "\{\}" is (?:planning|being edited)|^waiting message$|^(?:by|Node|chmod 600) \{\}|^others on this machine/u

test('what the program can say has its Russian', () => {
  const known = new Set(CATALOGUE.map(([english]) => english.replaceAll(/\{\w+\}/g, '{}')))
  const isKnown = (line: string): boolean => {
    const example = line.replaceAll('{}', '7')
    return known.has(line) || russian()(example) !== example
  }
  const missing = phrasesOf(join(import.meta.dirname, '../../src'))
    .map((phrase) => phrase.replaceAll(/\{\w*\}/g, '{}').trim())
    .filter((phrase) => !GLUE.test(phrase))
    .filter((phrase) => !phrase.split('\n').every((line) => !/[a-z]{2}/i.test(line) || isKnown(line.trim())))
  expect(missing, 'say it in src/cli/russian').toEqual([])
})

test('no phrase stands twice', () => {
  const seen = CATALOGUE.map(([english]) => english)
  expect(seen.filter((english, i) => seen.indexOf(english) !== i)).toEqual([])
})
