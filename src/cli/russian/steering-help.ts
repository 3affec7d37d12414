// Help in Russian: looking closer, steering, keeping safe.
import type { Phrase } from './translator.ts'

export const STEERING_HELP: readonly Phrase[] = [
  ['list mailings, pause, resume or cancel one', 'рассылки: список, приостановить, продолжить, отменить'],
  ['list mailings, newest first', 'список рассылок, новые первыми'],
  ['show what a mailing says, to whom and when', 'показать, что говорит рассылка, кому и когда'],
  [
    'hold a mailing: nothing more leaves until it is resumed',
    'приостановить рассылку: ничего не уйдёт, пока её не продолжат',
  ],
  ['let a paused mailing go on', 'продолжить приостановленную рассылку'],
  ['end a mailing for ever: what has not left is never sent', 'отменить рассылку навсегда: что не ушло, не уйдёт'],
  ['say what would be cancelled and change nothing', 'сказать, что будет отменено, и ничего не менять'],
  ['list the messages of a mailing', 'сообщения рассылки'],
  ['see how the gateways are, pause or resume one', 'состояние шлюзов, приостановить или пустить шлюз'],
  ['list gateways: their state, load, and what waits for them', 'шлюзы: состояние, загрузка и что их ждёт'],
  [
    'cut a gateway off: within a second nothing more leaves through it, from any process',
    'отключить шлюз: через секунду через него ничего не уйдёт ни из одного процесса',
  ],
  [
    'let a gateway go on, at once or slowly; it also ends a rest',
    'пустить шлюз, сразу или понемногу; кончает и его отдых',
  ],
  ['load it slowly: full speed after this, such as 5m', 'нагружать понемногу: полная скорость через, например, 5m'],
  [
    'hold everything: within a second nothing leaves any more, from any process',
    'остановить всё: через секунду ничего не уйдёт ни из одного процесса',
  ],
  [
    'let everything go on that is held, by a person or by notify itself',
    'пустить всё, что остановлено человеком или самой программой',
  ],
  [
    'copy the database into a file and check the copy, while others go on sending',
    'скопировать базу в файл и проверить копию, не мешая отправке',
  ],
  ['replace a backup that is there', 'заменить копию, которая там уже есть'],
  [
    'put a backup in the place of the database; nothing is sent until you say so',
    'поставить копию на место базы; ничего не уйдёт, пока вы не скажете',
  ],
  [
    'after a restore: see what may have been sent since the backup, and decide',
    'после восстановления: увидеть, что могло уйти после копии, и решить',
  ],
  ['send what is in doubt once more, with the same keys', 'послать сомнительное ещё раз, с теми же ключами'],
  ['leave it unknown: it is not sent again', 'оставить неизвестным: больше не слать'],
  ['write a commented notify.toml into this folder', 'записать в эту папку notify.toml с пояснениями'],
  ['take every default, ask nothing', 'взять всё по умолчанию, не спрашивать'],
  ['replace a notify.toml that is there', 'заменить notify.toml, который уже есть'],
  [
    'see the main job done: a day of all Russian zones in 15 seconds',
    'показать главное дело: день всех поясов России за 15 секунд',
  ],
  [
    'answer as a gateway on this machine, and show what it got',
    'отвечать как шлюз на этой машине и показывать, что пришло',
  ],
  ['port on 127.0.0.1; 0 takes a free one', 'порт на 127.0.0.1; 0: любой свободный'],
  ['wait before each answer', 'ждать перед каждым ответом'],
  ['answers spoilt on purpose: 503, 500, garbage, slow', 'испорченные нарочно ответы: 503, 500, мусор, медленно'],
  ['explain a command or a topic', 'объяснить команду или тему'],
  ['explain a command or a topic; topics: {topics}', 'объяснить команду или тему; темы: {topics}'],
  ['print the version, and what it rests on', 'показать версию и на чём она стоит'],
]
