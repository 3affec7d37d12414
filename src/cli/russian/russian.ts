// Russian.
import { ACTS } from './acts.ts'
import { ANSWERS } from './answers.ts'
import { DAY_ANSWERS } from './day-answers.ts'
import { DAY_HELP } from './day-help.ts'
import { DISK } from './disk.ts'
import { DOCTOR } from './doctor.ts'
import { ERRORS } from './errors.ts'
import { HELP } from './help.ts'
import { KEEPING } from './keeping.ts'
import { MORE_ERRORS } from './more-errors.ts'
import { NOTES } from './notes.ts'
import { type Language, phrasesOf } from './patterns.ts'
import { REASONS } from './reasons.ts'
import { SCREENS } from './screens.ts'
import { STEERING_HELP } from './steering-help.ts'
import { TABLES } from './tables.ts'
import { TEXTS } from './texts.ts'
import { openTongue, type Tongue } from './translator.ts'
import { TROUBLES } from './troubles.ts'

/** Every phrase; test/cli/russian.test.ts holds it against what the program can say. */
export const CATALOGUE = [
  TABLES,
  SCREENS,
  DOCTOR,
  DISK,
  HELP,
  STEERING_HELP,
  DAY_HELP,
  ANSWERS,
  DAY_ANSWERS,
  ACTS,
  KEEPING,
  NOTES,
  REASONS,
  ERRORS,
  MORE_ERRORS,
  TEXTS,
  TROUBLES,
].flatMap(phrasesOf)

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
    characters: ['знак', 'знака', 'знаков'],
    lines: ['строка', 'строки', 'строк'],
    workers: ['процесс', 'процесса', 'процессов'],
    errors: ['ошибка', 'ошибки', 'ошибок'],
    warnings: ['предупреждение', 'предупреждения', 'предупреждений'],
    waiting_messages: ['ждущее сообщение', 'ждущих сообщения', 'ждущих сообщений'],
    removed_recipients: ['удалённый получатель', 'удалённых получателя', 'удалённых получателей'],
    lone_acts: ['отдельное действие', 'отдельных действия', 'отдельных действий'],
  },
  units: { ms: 'мс', s: 'с', min: 'мин', h: 'ч', d: 'д' },
  words: {
    // of a mailing, of a message, of a gateway
    state: {
      planning: 'пишется',
      proposed: 'ждёт согласия',
      active: 'идёт',
      paused: 'приостановлена',
      cancelled: 'отменена',
      done: 'закончена',
    },
    mstate: {
      scheduled: 'ждёт',
      sending: 'в работе',
      sent: 'послано',
      failed: 'отказ',
      unknown: 'неизвестно',
      expired: 'просрочено',
      cancelled: 'отменено',
      skipped: 'пропущено',
    },
    gstate: {
      up: 'работает',
      paused: 'приостановлен',
      resting: 'отдыхает',
      probing: 'проверяется',
      ramping: 'разгоняется',
      'not configured': 'нет в настройках',
    },
    // what cannot be done to it
    done: {
      paused: 'приостановить',
      resumed: 'продолжить',
      cancelled: 'отменить',
      edited: 'изменить',
      approved: 'одобрить',
      replanned: 'перенести',
      'sent now': 'послать сейчас',
      retried: 'повторить',
    },
    deed: { made: 'создать', opened: 'открыть' },
    undone: {
      changed: 'изменено',
      scheduled: 'назначено',
      added: 'добавлено',
      shown: 'показано',
      sent: 'послано',
    },
    arrow: { '→': '→', '->': '->' },
  },
  // 1, 21, 31 … one; 2-4, 22-24 … few; 0, 5-20, 25 … many
  form: (count) => {
    const [ten, hundred] = [count % 10, count % 100]
    if (ten === 1 && hundred !== 11) return 0
    return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? 1 : 2
  },
}

let opened: Tongue | undefined

/** Opened with the first text, once a process: a pass from crontab says nothing, and needs none of it. */
export const russian = (): Tongue => (text) => {
  opened ??= openTongue(RUSSIAN)
  return opened(text)
}
