// Backups, restores, imports that are taken back, passes, and the words of the record, in Russian. A phrase a line.

export const KEEPING = `
Dry run: {mailings} with {messages} older than {when} would go. → Проба: ушли бы {mailings}, {messages}, старше {when}.
Nothing is older than {when}. → Старше {when} ничего нет.
Stopped; the next prune goes on there. → Остановлено; следующий prune продолжит.
Pruned {mailings} with {messages}, {removed_recipients}, {lone_acts}: {size} of the file are free for new rows (the file itself does not shrink). → Убрано: {mailings}, {messages}, {removed_recipients}, {lone_acts}; в файле для новых строк свободно {size} (сам файл не сжимается).
--older-than "{text}" is not a length of time of at least a day → --older-than "{text}": это не промежуток хотя бы в день
{file} becomes what it was at {when}; what is known since then is not in it. → {file} станет такой, какой была {when}; чего не знали тогда, в ней нет.
Restored {file} from the backup of {when}. → {file} восстановлена из копии от {when}.
The file that was there is kept as {file} → Прежний файл сохранён как {file}
Nothing was due since then: nothing is in doubt. → С тех пор слать было нечего: сомнительного нет.
{messages} may have been sent since then: notify reconcile shows them. → С тех пор (могло уйти|могли уйти) {messages}: их покажет notify reconcile.
Mailing "{name}" was being scheduled then: it is taken back. → Рассылку «{name}» тогда как раз назначали: она убрана.
Taken over from it: {n1} unsubscribed, {n2} blocked, {n3} removed since then. → Взято из него: отписано с тех пор {n1}, заблокировано {n2}, удалено {n3}.
It cannot be read, so nobody who unsubscribed or was blocked since then is known. → Его не прочесть: кто с тех пор отписался или заблокирован, неизвестно.
Mailings scheduled since then, and recipients who came since then, are not in it: import the list again before you release. → Назначенного и новых получателей с тех пор в ней нет: до notify release примите список заново.
Mailings scheduled since then, and who unsubscribed since then, are not in it: import the list again before you release. → Назначенного и отписанных с тех пор в ней нет: до notify release примите список заново.
{messages} may have been sent since the backup of {when}. → После копии от {when} (могло уйти|могли уйти) {messages}.
notify reconcile --repeat, or --leave → notify reconcile --repeat или --leave
{messages} will be sent once more. → Ещё раз (уйдёт|уйдут) {messages}.
{messages} stay unknown. → (Останется неизвестным|Останутся неизвестными) {messages}.
{messages} will be sent once more, with the same keys: a gateway that does not honour keys sends twice what it took. → Ещё раз (уйдёт|уйдут) {messages}, с теми же ключами: шлюз, который на ключи не смотрит, пошлёт принятое дважды.
{messages} will stay unknown: whoever did not get one gets none. → (Останется неизвестным|Останутся неизвестными) {messages}: кто не получил, не получит.
Nothing is in doubt any more; everything is held until notify release. → Сомнительного больше нет; всё остановлено до notify release.
{messages} of other mailings are in doubt still. → У других рассылок под сомнением ещё {messages}.
{recipients} removed → удалено: {recipients}
{n} as before again → как прежде {n}
{recipients} would be removed → было бы удалено: {recipients}
{n} would be as before → как прежде стало бы {n}
{recipients} will be removed → будет удалено: {recipients}
{n} will be as before → как прежде станет {n}
{n} kept as they are ({why}) → оставлено как есть {n} ({why})
{n} would stay as they are ({why}) → осталось бы как есть {n} ({why})
{n} will stay as they are ({why}) → останется как есть {n} ({why})
{n} have messages → с сообщениями: {n}
{n} changed since → изменены с тех пор: {n}
of {n} the phone or the id is another's by now → телефон или код уже у другого: {n}
Dry run: the import of "{file}": {counts}. → Проба: приём «{file}»: {counts}.
The import of "{file}": {counts}. → Приём «{file}»: {counts}.
This cannot be undone. → Вернуть это нельзя.
{counts} in {took} → {counts} за {took}
{n} claimed → взято {n}
{n} retried → отложено {n}
{n} handed back → возвращено в очередь {n}
the clock of this machine was set forward by {n} h; check it → часы этой машины перевели вперёд на {n} ч; проверьте их
the clock of this machine was set back by {n} h; check it → часы этой машины перевели назад на {n} ч; проверьте их
the clock of this machine shows {when}, which cannot be; set it → часы этой машины показывают {when}, так быть не может; поставьте их
the clock of this machine shows {when}, but something was written at {then}; check it → часы этой машины показывают {when}, а записи есть от {then}; проверьте их
nothing was written from {when} to {then}: this machine was off for {n} days, or its clock is wrong; check it → с {when} по {then} ничего не записано: или машина была выключена (дней: {n}), или её часы врут; проверьте их
notify: the clock of this machine was set forward by {n} h: nothing is sent. Check it (date), then notify release. → notify: часы этой машины перевели вперёд на {n} ч: ничего не шлётся. Проверьте их (date), затем notify release.
notify: the clock of this machine was set back by {n} h: nothing is sent. Check it (date), then notify release. → notify: часы этой машины перевели назад на {n} ч: ничего не шлётся. Проверьте их (date), затем notify release.
notify: {reason}: nothing is sent until notify release. → notify: {reason}: ничего не шлётся до notify release.
When the clock of this machine is right (date shows it): notify release. → Когда часы этой машины верны (их покажет date): notify release.
Set it (date), then restore again. Where it is right, that of the backup was ahead: without its .json the newest thing in it counts. → Поставьте их (date) и восстановите снова. Если они верны, спешили часы копии: без её .json считается самое новое, что в ней есть.
When it is right (date shows it), say notify release once more. → Когда они верны (их покажет date), повторите notify release.
restored from the backup of {when} → восстановлено из копии от {when}
{part} was deleted, replaced or overwritten in use: what was done lately may be lost → {part} удалён, подменён или перезаписан во время работы: сделанное недавно могло пропасть
{part} was deleted, replaced or overwritten in use: what was done since {when} may be lost → {part} удалён, подменён или перезаписан во время работы: сделанное с {when} могло пропасть
the file was copied or moved: it is not the one that sent from {file} before → файл скопирован или перенесён: раньше слал другой, {file}
the file was copied or moved from {file} → файл скопирован или перенесён из {file}
When that is as it should be: notify release. → Если так и должно быть: notify release.
Decide what is in doubt: notify reconcile. → Решите о сомнительном: notify reconcile.
Then let everything go: notify release. → Затем пустите всё: notify release.
If this is the file that is to send, and no other copy of it does: notify release. → Если слать должен этот файл, а другие копии не шлют: notify release.
message planned → сообщение задумано
message sent now → сообщение послано сразу
message cancelled → сообщение отменено
messages retried → сообщения посланы ещё раз
messages in doubt repeated → сомнительные посланы ещё раз
messages left in doubt → сомнительные оставлены
mailing replanned → рассылка перенесена
mailing pruned → рассылка убрана
mailings pruned → рассылки убраны
test sent → послана проба
everything held → всё остановлено
everything released → всё пущено
gateway {name} paused → шлюз {name} приостановлен
gateway {name} resumed → шлюз {name} пущен
recipients imported → получатели приняты
import undone → приём взят назад
district changed → область изменена
recipient removed → получатель удалён
recipient subscribed again → получатель снова подписан
recipients tagged → метка поставлена
recipients untagged → метка снята
addresses blocked → адреса заблокированы
addresses unblocked → адреса разблокированы
address blocked → адрес заблокирован
accepted → принято
refused → отвергнуто
unavailable → не принято
misconfigured → не настроено
true → да
false → нет
all → всё
Restored → Восстановлено
It did not wait for approval: notify.toml says when mailings do (approval = true). → Согласия она и не ждала: ждут ли его, сказано в notify.toml (approval = true).
Nothing of it waits any more: notify mailings clone makes a new one of it, notify retry tries again what failed. → В ней больше ничего не ждёт: новую из неё сделает notify mailings clone, а отказанное повторит notify retry.
Nothing of it has left yet: it waits for notify mailings approve. → Из неё ещё ничего не ушло: она ждёт notify mailings approve.
It waits for a second person: notify mailings approve. → Она ждёт второго человека: notify mailings approve.
A worker has it in hand: it may have left. → Оно в работе: могло уйти.
Look again in a minute. → Посмотрите ещё раз через минуту.
What failed is tried again by notify retry MAILING. → Отказанное повторит notify retry РАССЫЛКА.
What is unknown is tried again by notify retry MAILING --state unknown. → Неизвестное повторит notify retry РАССЫЛКА --state unknown.
What expired is tried again by notify retry MAILING --state expired. → Просроченное повторит notify retry РАССЫЛКА --state expired.
See why: notify messages show. → Почему, скажет notify messages show.
A mailing that is edited or replanned looks at it again. → Если рассылку изменить или перенести, оно будет проверено снова.
Let the mailing go on first: notify mailings resume {n} → Сначала пустите рассылку: notify mailings resume {n}
A cancelled mailing stays cancelled: notify mailings clone makes a new one of it. → Отменённая отменена навсегда: новую из неё сделает notify mailings clone.
The newest: {names}. → Новейшие: {names}.
See notify mailings. → Смотрите notify mailings.
See notify districts. Did you mean → Смотрите notify districts. Может быть
Did you mean "{name}"? See notify districts. → Может быть, «{name}»? Смотрите notify districts.
Configured are: {text}. → В настройках есть: {text}.
Allow it in notify.toml: test_addresses = [{text}]; also NOTIFY_TEST_ADDRESSES. → Разрешите в notify.toml: test_addresses = [{text}]; или NOTIFY_TEST_ADDRESSES.
--to "{text}": {why} → --to "{text}": {why}
--watch "{text}" is not a number of seconds → --watch "{text}": это не число секунд
--date "{text}" is not a date → --date "{text}": это не дата
option "{flag}" argument "{text}" is invalid. Allowed choices are {text2}. → ключ "{flag}": «{text}» не годится. Возможно: {text2}.
option "{flag}" argument "{text}" is invalid. → ключ "{flag}": «{text}» не годится.
command-argument value "{text}" is invalid for argument "{name}". Allowed choices are {text2}. → «{text}»: такого <{name}> нет. Возможно: {text2}.
"{file}" is there already: nothing is changed → «{file}» уже есть: ничего не изменено
the disk fails; what was written before is whole → диск сбоит; записанное раньше цело
Look at the disk (dmesg), then run the command again. → Проверьте диск (dmesg) и повторите команду.
Free some space, also where temporary files are, and run the command again: it goes on where it was. → Освободите место, и там, где временные файлы, и повторите: команда продолжит с того же места.
the database stayed locked by another process → база так и осталась занята другим процессом
Check the owner and the permissions of the file and of its folder. → Проверьте владельца и права файла и его папки.
this process may open no more files → этому процессу больше файлов не открыть
Raise its limit (ulimit -n), then run the command again. → Поднимите предел (ulimit -n) и повторите команду.
{n} rows read → прочитано строк {n}
{n} rows saved → сохранено строк {n}
{n} rows read in {took} → прочитано строк {n} за {took}
{n} rows saved in {took} → сохранено строк {n} за {took}
{n} % {n2} rows read → {n} % прочитано строк {n2}
{n} % {n2} rows saved → {n} % сохранено строк {n2}
{n} pages in {took} → страниц {n} за {took}
{n} % {n2} pages → {n} % страниц {n2}
{n} % {messages} → {n} % {messages}
{n} % {recipients} → {n} % {recipients}
{messages} in {took} → {messages} за {took}
{recipients} in {took} → {recipients} за {took}
The sandbox answers at {file} until Ctrl-C. For notify.toml: → Песочница отвечает на {file}, пока не нажат Ctrl-C. Для notify.toml:
{n} requests: {counts} → запросов {n}: {counts}
{n} taken → принято {n}
{n} repeated → повторено {n}
{n} refused → отвергнуто {n}
{n} spoilt → испорчено {n}
The sandbox took {n} messages, each once. Everything is in {file}: → Песочница приняла сообщений {n}, каждое один раз. Всё лежит в {file}:
notify.toml    the configuration    suppliers.csv  what was imported → notify.toml    настройки            suppliers.csv  что принято
notify.db      the rows             token.txt      the token of the gateway → notify.db      строки               token.txt      токен шлюза
Look around there: notify stats 1 · notify messages list 1 · notify --help → Осмотритесь там: notify stats 1 · notify messages list 1 · notify --help
Your own:          notify init, then the same four commands. → Своё:            notify init, затем те же четыре команды.
No recipients. → Получателей нет.
No districts. → Областей нет.
No addresses. → Адресов нет.
the number {n} → номер {n}
the external id "{text}" → код «{text}»
the phone {text} → телефон {text}
the e-mail {text} → почта {text}
Nobody has {tried}. → Ни у кого нет: {tried}.
`
