// Russian.
import { ANSWERS } from './answers.ts'
import { DAY_ANSWERS } from './day-answers.ts'
import { DAY_HELP } from './day-help.ts'
import { ERRORS } from './errors.ts'
import { HELP } from './help.ts'
import { MORE_ERRORS } from './more-errors.ts'
import { STEERING_HELP } from './steering-help.ts'
import { TABLES } from './tables.ts'
import { type Language, openTongue, phrasesOf, type Tongue } from './translator.ts'

/** Every phrase; test/cli/russian.test.ts holds it against what the program can say. */
export const CATALOGUE = [TABLES, HELP, STEERING_HELP, DAY_HELP, ANSWERS, DAY_ANSWERS, ERRORS, MORE_ERRORS].flatMap(
  phrasesOf,
)

const RUSSIAN: Language = {
  phrases: CATALOGUE,
  plurals: {
    messages: ['сообщение', 'сообщения', 'сообщений'],
    rows: ['строка', 'строки', 'строк'],
    zones: ['пояс', 'пояса', 'поясов'],
    recipients: ['получатель', 'получателя', 'получателей'],
    districts: ['область', 'области', 'областей'],
    mailings: ['рассылка', 'рассылки', 'рассылок'],
    columns: ['столбец', 'столбца', 'столбцов'],
    attempts: ['попытка', 'попытки', 'попыток'],
    addresses: ['адрес', 'адреса', 'адресов'],
  },
  // 1, 21, 31 … one; 2-4, 22-24 … few; 0, 5-20, 25 … many
  form: (count) => {
    const [ten, hundred] = [count % 10, count % 100]
    if (ten === 1 && hundred !== 11) return 0
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2
  },
}

let opened: Tongue | undefined

/** Compiled once a process. */
export const russian = (): Tongue => {
  opened ??= openTongue(RUSSIAN)
  return opened
}
