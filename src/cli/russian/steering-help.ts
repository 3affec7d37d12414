// Help in Russian: the address book, looking closer, steering, keeping safe. A phrase a line: English → Russian.

export const STEERING_HELP = `
list mailings, pause, resume or cancel one → рассылки: список, приостановить, продолжить, отменить
list mailings, newest first → список рассылок, новые первыми
show what a mailing says, to whom and when → показать, что говорит рассылка, кому и когда
hold a mailing: nothing more leaves until it is resumed → приостановить рассылку: ничего не уйдёт, пока её не продолжат
let a paused mailing go on → продолжить приостановленную рассылку
end a mailing for ever: what has not left is never sent → отменить рассылку навсегда: что не ушло, не уйдёт
say what would be cancelled and change nothing → сказать, что будет отменено, и ничего не менять
list the messages of a mailing, or of all → сообщения рассылки или всех рассылок
only those of this one: number, external id, phone or e-mail → только этого получателя: номер, внешний номер, телефон или почта
see how the gateways are, pause or resume one → состояние шлюзов, приостановить или пустить шлюз
list gateways: their state, load, and what waits for them → шлюзы: состояние, загрузка и что их ждёт
cut a gateway off: within a second nothing more leaves through it, from any process → отключить шлюз: через секунду через него ничего не уйдёт ни из одного процесса
let a gateway go on, at once or slowly; it also ends a rest → пустить шлюз, сразу или понемногу; кончает и его отдых
load it slowly: full speed after this, such as 5m → нагружать понемногу: полная скорость через, например, 5m
hold everything: within a second nothing leaves any more, from any process → остановить всё: через секунду ничего не уйдёт ни из одного процесса
let everything go on that is held, by a person or by notify itself → пустить всё, что остановлено человеком или самой программой
copy the database into a file and check the copy, while others go on sending → скопировать базу в файл и проверить копию, не мешая отправке
replace a backup that is there → заменить копию, которая там уже есть
put a backup in the place of the database; nothing is sent until you say so → поставить копию на место базы; ничего не уйдёт, пока вы не скажете
after a restore: see what may have been sent since the backup, and decide → после восстановления: увидеть, что могло уйти после копии, и решить
send what is in doubt once more, with the same keys → послать сомнительное ещё раз, с теми же ключами
leave it unknown: it is not sent again → оставить неизвестным: больше не слать
write a commented notify.toml into this folder → записать в эту папку notify.toml с пояснениями
take every default, ask nothing → взять всё по умолчанию, не спрашивать
replace a notify.toml that is there → заменить notify.toml, который уже есть
see the main job done: a day of all Russian zones in 15 seconds → показать главное дело: день всех поясов России за 15 секунд
answer as a gateway on this machine, and show what it got → отвечать как шлюз на этой машине и показывать, что пришло
port on 127.0.0.1; 0 takes a free one → порт на 127.0.0.1; 0: любой свободный
wait before each answer → ждать перед каждым ответом
answers spoilt on purpose: 503, 500, garbage, slow → испорченные нарочно ответы: 503, 500, мусор, медленно
explain a command or a topic → объяснить команду или тему
explain a command or a topic; topics: {topics} → объяснить команду или тему; темы: {topics}
print the version, and what it rests on → показать версию и на чём она стоит
The address book: → Адресная книга:
never write to these phones or e-mails, whoever has them, also after an import → никогда не писать на эти телефоны и почты, чьи бы они ни были, и после приёма файлов
let phones or e-mails be written to again → снова разрешить писать на эти телефоны и почты
list the addresses that are never written to → адреса, на которые никогда не пишут
list mailings, pause, resume, cancel, clone or approve one → рассылки: список, приостановить, продолжить, отменить, повторить, одобрить
check everything, and say what to do where something is wrong → проверить всё и сказать, что делать, где неладно
take out mailings that ended long ago, with their messages → убрать давно законченные рассылки с их сообщениями
show every setting, and where it comes from → показать все настройки и откуда они
check all addresses, say what would be blocked and change nothing → проверить все адреса, сказать, что будет заблокировано, и ничего не менять
block the good lines of a file although there are bad ones (still exit code 4) → заблокировать хорошие строки файла, хотя есть плохие (код выхода всё равно 4)
when to give up: 3d, 12h or an instant (default: as long after its last send) → когда отступиться: 3d, 12h или момент (по умолчанию столько же после последней отправки)
the closing hour on their clock (default: the same) → до какого часа по их часам (по умолчанию тот же)
for recipients without a zone: fail, skip or a zone name (default: the same) → для получателей без пояса: fail, skip или имя пояса (по умолчанию так же)
where the hour is already past: fail, now, next-day or skip (default: the same) → где час уже прошёл: fail, now, next-day или skip (по умолчанию так же)
the way out (default: the same) → через какой шлюз (по умолчанию тот же)
what to send (default: the same) → что послать (по умолчанию то же)
the hour on the recipient's own clock (default: the same) → час по часам получателя (по умолчанию тот же)
schedule a new mailing like this one: text, audience, hours and terms → назначить новую рассылку, такую же: текст, кому, часы и условия
only say whether the configuration is in order → только сказать, в порядке ли настройки
doctor sends nothing: says how notify test sends one message → doctor ничего не шлёт: скажет, как послать пробу через notify test
read every page and index of the database: minutes where it is large → прочесть все страницы и индексы базы: у большой это минуты
take over recipients from a CSV file, or - for standard input → принять получателей из файла CSV, или - для стандартного ввода
show what would change and change nothing → показать, что изменится, и ничего не менять
where the new hour is already past: now, next-day, skip or fail → где новый час уже прошёл: now, next-day, skip или fail
clear all filters first → сначала убрать все отборы
call it otherwise → назвать иначе
give up then: 3d, 12h after the last planned send, or an instant → когда отступиться: 3d, 12h после последней отправки или момент
another closing hour on their clock → другой час закрытия по их часам
another day: tomorrow, today or YYYY-MM-DD → другой день: tomorrow, today или ГГГГ-ММ-ДД
another hour on the recipient's own clock → другой час по часам получателя
another text; what was tried with the old one keeps it → другой текст; что уже пробовали со старым, с ним и останется
change the text, the time or the audience of what waits → изменить текст, время или адресатов того, что ещё ждёт
let a mailing go that another person has scheduled → дать согласие на рассылку, которую назначил другой
say what would go and change nothing → сказать, что уйдёт, и ничего не менять
what ended longer ago than this goes, such as 180d → убрать законченное раньше, например 180d
`
