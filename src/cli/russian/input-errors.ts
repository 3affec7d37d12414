// What is wrong with files and databases, in Russian.
import type { Phrase } from './translator.ts'

export const INPUT_ERRORS: readonly Phrase[] = [
  ['{file} is empty', '{file}: пусто'],
  ['there is no file {file}', 'нет файла {file}'],
  ['not allowed to read {file}', 'нет права читать {file}'],
  ['Check the path; "-" reads standard input.', 'Проверьте путь; «-» читает стандартный ввод.'],
  ['{file} is a directory, not a file', '{file}: это папка, а не файл'],
  ['Name the file in it.', 'Назовите файл в ней.'],
  [
    '{file} is not imported; {n} of {rows} rejected: {reasons}',
    '{file} не принят; отвергнуто {n}, всего {rows}: {reasons}',
  ],
  [
    '{file} would not be imported (dry run); {n} of {rows} rejected: {reasons}',
    '{file} не был бы принят (проба); отвергнуто {n}, всего {rows}: {reasons}',
  ],
  ['Correct these rows and import the file again.', 'Исправьте эти строки и примите файл снова.'],
  [
    'Correct these rows; or take the other {n} with --skip-bad, and the bad ones into a file with --reject-file.',
    'Исправьте эти строки; или примите остальные ({n}) с --skip-bad, а плохие запишите в файл: --reject-file.',
  ],
  ['Correct these rows and import the table again.', 'Исправьте эти строки и примите таблицу снова.'],
  [
    '{file} has no column for a phone or an e-mail; its columns: {columns}',
    'в {file} нет столбца с телефоном или почтой; есть: {columns}',
  ],
  ['the encoding of {file} cannot be told', 'кодировку {file} определить нельзя'],
  ['Say it: --encoding with one of {names}.', 'Назовите её: --encoding, одна из {names}.'],
  ['unknown encoding "{name}"', 'неизвестная кодировка "{name}"'],
  ['{file} changed while it was read', '{file} изменился, пока его читали'],
  ['Run it again when nobody is writing the file.', 'Повторите, когда в файл никто не пишет.'],
  ['stopped: nothing was imported', 'остановлено: ничего не принято'],
  ['unknown zone "{zone}"', 'неизвестный пояс "{zone}"'],
  ['unknown zone "{zone}" — did you mean "{other}"?', 'неизвестный пояс "{zone}" — может быть, "{other}"?'],
  ['the database {file} has been locked for {n} s by {who}', 'база {file} занята уже {n} с: {who}'],
  [
    'Wait until it is done, or end it, then run the command again.',
    'Дождитесь конца или остановите его, затем повторите команду.',
  ],
  [
    'the disk is nearly full: {free} free, about {needed} are needed; nothing was changed',
    'диск почти полон: свободно {free}, нужно около {needed}; ничего не изменено',
  ],
  ['Free some space, then run the command again.', 'Освободите место и повторите команду.'],
  ['the disk is full; what was written before is whole', 'диск полон; записанное раньше цело'],
]
