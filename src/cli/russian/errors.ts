// What went wrong and what to do next, in Russian. A phrase a line: English → Russian.

export const ERRORS = `
unexpected: {what} → неожиданно: {what}
Run it again with --debug and report what it prints. → Запустите ещё раз с --debug и сообщите, что напечатано.
unknown option "{word}" → неизвестный ключ "{word}"
unknown command "{word}" → неизвестная команда "{word}"
See {command} --help. → Смотрите {command} --help.
Did you mean {word}? See {command} --help. → Может быть, {word}? Смотрите {command} --help.
Did you mean "{word}"? See notify mailings. → Может быть, «{word}»? Смотрите notify mailings.
missing required argument '{name}' → не хватает аргумента «{name}»
missing required argument "{name}" → не хватает аргумента «{name}»
required option "{name}" not specified → не хватает ключа {name}
A secret never stands on a command line, where every process can read it: name token_file or token_env in notify.toml. → Тайна не пишется в командной строке, где её прочтёт любой процесс: назовите token_file или token_env в notify.toml.
your own zone "{zone}": {why} → ваш пояс "{zone}": {why}
Say it with --tz, for example --tz Europe/Moscow. → Задайте его ключом --tz, например --tz Europe/Moscow.
{file} cannot be used: → {file} не годится:
examples/notify.toml and \`notify init\` show every setting. → Все настройки показывают examples/notify.toml и \`notify init\`.
there is no configuration file {file} → нет файла настроек {file}
\`notify init\` writes one. → Его напишет \`notify init\`.
Save it as UTF-8. → Сохраните его в UTF-8.
Check its owner and permissions. → Проверьте владельца и права.
the database {file} is damaged: {what} → база {file} повреждена: {what}
Put a backup in its place: notify restore FILE. The damaged file is kept. → Поставьте на её место копию: notify restore FILE. Повреждённый файл сохранится.
--at "{at}" is not a time of day → --at "{at}": это не время суток
Write it as HH:MM, for example --at 10:00. → Пишите ЧЧ:ММ, например --at 10:00.
--on "{on}" is not a date → --on "{on}": это не дата
Write tomorrow, today or a date such as 2026-11-21. → Пишите завтра, сегодня, послезавтра или дату, например 2026-11-21.
--on {on} is past: today is {today} in {zone} → --on {on} уже прошло: сегодня {today} в {zone}
Name today or a later date. → Назовите сегодня или позже.
--until "{until}" is not a time of day → --until "{until}": это не время суток
--until {until} closes before --at {at} opens → --until {until} наступает раньше, чем --at {at}
Name a closing hour after the sending hour. → Час закрытия должен быть позже часа отправки.
--if-past "{word}" is unknown → --if-past "{word}": такого нет
Write one of: {text}. → Пишите одно из: {text}.
filled in for them the text is blank: no test is sent → для них текст пуст: проба не послана
See what is missing: notify preview. Give it a word of its own: {text} → Смотрите, чего не хватает: notify preview. Дайте тексту своё слово: {text}
nobody to write to: no recipient matches → писать некому: никто не подходит
there is no recipient "{word}", and "{name}" is one: the tag comes first → получателя «{word}» нет, а «{name}» есть: сначала пишется метка
The district "{name}" has no zone: notify schedule will stop at this recipient. → У области «{name}» нет пояса: notify schedule остановится на этом получателе.
Give it one: notify districts edit "{name}" --zone ZONE → Задайте его: notify districts edit "{name}" --zone ПОЯС
there is no mailing {n} → рассылки {n} нет
Or is it message:{n}, or recipient:{n2}? → Или это message:{n}, или recipient:{n2}?
there is neither a mailing nor a recipient "{word}" → нет ни рассылки, ни получателя «{word}»
See notify mailings, and notify recipients --search TEXT. → Смотрите notify mailings и notify recipients --search ТЕКСТ.
Did you mean "{name}" by "{word}"? → Может быть, «{name}» вместо «{word}»?
nobody to write to: {why} → писать некому: {why}
See who is there with another filter, or add recipients with notify import suppliers FILE. → Посмотрите с другим отбором или добавьте получателей: notify import suppliers FILE.
1 recipient has no zone, so nothing is scheduled: {text} → без пояса 1 получатель, поэтому ничего не назначено: {text}
{n} recipients have no zone, so nothing is scheduled: {text} → без пояса получателей {n}, поэтому ничего не назначено: {text}
Load zones with notify import timezones FILE (or --preset ru), give one with notify districts edit NAME --zone ZONE or notify recipients edit WHO --zone ZONE, or say --if-no-zone skip or --if-no-zone ZONE. → Загрузите пояса: notify import timezones FILE (или --preset ru), или задайте пояс: notify districts edit ИМЯ --zone ПОЯС, notify recipients edit КТО --zone ПОЯС, или скажите --if-no-zone skip или --if-no-zone ПОЯС.
{at} on {on} is already past in {zones}; nothing is scheduled → {on} {at} уже прошло в {zones}; ничего не назначено
Say --if-past now, --if-past next-day or --if-past skip, or choose another --on. → Скажите --if-past now, --if-past next-day или --if-past skip, или выберите другой --on.
there is no mailing "{name}" → нет рассылки «{name}»
There is none yet: notify schedule --at 10:00. → Пока нет ни одной: notify schedule --at 10:00.
mailing {n} "{name}" is {state}: it cannot be {done} → рассылка {n} «{name}» {state}: её нельзя {done}
A cancelled mailing stays cancelled: schedule a new one. → Отменённая рассылка отменена навсегда: назначьте новую.
Nothing of it waits any more: see notify stats. → В ней больше ничего не ждёт: смотрите notify stats.
there is no text to send → нет текста, который послать
the text is blank; nothing is {undone} → текст пуст; ничего не {undone}
Say what they are to read with --text "…". → Скажите, что они прочтут: --text "…".
--name "{name}" is no name of a mailing → --name "{name}" не имя рассылки
Write a word or some: a number alone would be taken for the number of a mailing. → Напишите слово или несколько: одно число приняли бы за номер рассылки.
Say it with --text "…", or set [defaults] text in notify.toml. → Задайте его: --text "…" или text в разделе [defaults] файла notify.toml.
the text names {variables}, which no recipient column answers; nothing is scheduled → в тексте есть {variables}, чего нет ни у одного получателя; ничего не назначено
Nobody can be asked here: say --yes to do it. → Спросить здесь некого: чтобы сделать, скажите --yes.
the answer was no: nothing is changed → ответ «нет»: ничего не изменено
there is no gateway "{name}" → нет шлюза «{name}»
notify: gateway "{name}" works again → notify: шлюз «{name}» снова работает
notify: gateway "{name}" does not take messages: {why} → notify: шлюз «{name}» не принимает сообщения: {why}
Nothing is lost: they wait and are tried again. → Ничего не потеряно: они ждут и будут посланы снова.
{file} is empty → {file}: пусто
there is no file {file} → нет файла {file}
not allowed to read {file} → нет права читать {file}
{file} is a device, not a file → {file} — устройство, а не файл
Name a file; "-" reads standard input. → Назовите файл; "-" читает стандартный ввод.
Check the path; "-" reads standard input. → Проверьте путь; «-» читает стандартный ввод.
{file} is a directory, not a file → {file}: это папка, а не файл
Name the file in it. → Назовите файл в ней.
{file} is not imported; {n} of {rows} rejected: {reasons} → {file} не принят; отвергнуто {n}, всего {rows}: {reasons}
{file} would not be imported (dry run); {n} of {rows} rejected: {reasons} → {file} не был бы принят (проба); отвергнуто {n}, всего {rows}: {reasons}
Correct these rows and import the file again. → Исправьте эти строки и примите файл снова.
Correct these rows; or take the other {n} with --skip-bad, and the bad ones into a file with --reject-file. → Исправьте эти строки; или примите остальные ({n}) с --skip-bad, а плохие запишите в файл: --reject-file.
Where two firms do have one phone, --on-shared-address=keep takes both: a mailing writes to it once. → Если у двух фирм и правда один телефон, --on-shared-address=keep примет обе: рассылка напишет на него один раз.
Correct these rows and import the table again. → Исправьте эти строки и примите таблицу снова.
{file} has no column for a phone or an e-mail; its columns: {columns} → в {file} нет столбца с телефоном или почтой; есть: {columns}
the encoding of {file} cannot be told → кодировку {file} определить нельзя
Say it: --encoding with one of {names}. → Назовите её: --encoding, одна из {names}.
unknown encoding "{name}" → неизвестная кодировка "{name}"
{file} changed while it was read → {file} изменился, пока его читали
Run it again when nobody is writing the file. → Повторите, когда в файл никто не пишет.
stopped: nothing was imported → остановлено: ничего не принято
the address is blocked: no test is sent → адрес заблокирован: проба не отправлена
Take it off the blocklist: notify unblock ADDRESS. → Снимите блокировку: notify unblock ADDRESS.
somebody with this address unsubscribed: no test is sent → кто-то с этим адресом отписан: проба не отправлена
See who: notify recipients show ADDRESS. → Кто это: notify recipients show ADDRESS.
unknown zone "{zone}" → неизвестный пояс "{zone}"
unknown zone "{zone}" — did you mean "{other}"? → неизвестный пояс "{zone}" — может быть, "{other}"?
the database {file} has been locked for {n} s by {who} → база {file} занята уже {n} с: {who}
Wait until it is done, or end it, then run the command again. → Дождитесь конца или остановите его, затем повторите команду.
the disk is nearly full: {free} free, about {needed} are needed; nothing was changed → диск почти полон: свободно {free}, нужно около {needed}; ничего не изменено
Free some space, then run the command again. → Освободите место и повторите команду.
the disk is full; what was written before is whole → диск полон; записанное раньше цело
the environment → окружение
is not TOML → это не TOML
{file}, line {n1}, column {n2}: {what} → {file}, строка {n1}, столбец {n2}: {what}
{path}: got {got}, expected {wanted} → {path}: дано {got}, нужно {wanted}
{file} is a folder, not a configuration file → {file}: это папка, а не файл настроек
{file} is not UTF-8 → {file}: не UTF-8
{file} cannot be read ({code}) → {file} нельзя прочесть ({code})
{flag} "{text}" is not a length of time → {flag} "{text}": это не промежуток времени
Write it like 50s, 10m or 1h. → Пишите, например, 50s, 10m или 1h.
the mailing closes at {until}, before --at {at} opens → рассылка закрывается в {until}, раньше, чем --at {at}
Name another closing hour with --until. → Назовите другой час закрытия: --until.
Name a later instant, or cancel the mailing. → Назовите более поздний момент или отмените рассылку.
the mailing ends before its new time → рассылка кончается раньше своего нового времени
Name another end with --expires. → Назовите другой конец: --expires.
Write it as HH:MM, for example --until 21:00. → Пишите ЧЧ:ММ, например --until 21:00.
--pace "{pace}" is not a rate → --pace "{pace}": это не скорость
Write it as 5000/s, 100000/m or 900000/h. → Пишите, например, 5000/s, 100000/m или 900000/h.
--if-no-zone "{zone}": {why} → --if-no-zone "{zone}": {why}
Write fail, skip or a zone. → Пишите fail, skip или пояс.
--expires "{when}" is neither an instant nor a duration → --expires "{when}": не момент и не промежуток
Write 3d, 12h or 2026-11-24T18:00:00+03:00. → Пишите, например, 3d, 12h или 2026-11-24T18:00:00+03:00.
--expires {when} is not after the last planned send → --expires {when}: не позже последней отправки
Name a later instant. → Назовите более поздний момент.
country "{code}" is not known → страна "{code}" неизвестна
Write two letters, such as country = "RU". → Пишите две буквы, например country = "RU".
the text is longer than {n} characters → текст длиннее {n} знаков
the text contains a NUL character → в тексте есть знак NUL
Save it as plain text. → Сохраните его как простой текст.
the text cannot be used: {why} → текст не годится: {why}
the text cannot be used: {text} is no column → текст не годится: столбца {text} нет
Write {{ name }} or {{ name | default: "…" }}. → Пишите {{ name }} или {{ name | default: "…" }}.
mailing {id} "{name}" is {state}: it cannot be approved → рассылка {id} «{name}» {state}: её нельзя одобрить
mailing {id} "{name}" needs a second person: {who} scheduled it → рассылке {id} «{name}» нужен второй человек: назначил её {who}
Somebody else, logged in with another account, says notify mailings approve {id}. → Кто-то другой, под другим именем, говорит notify mailings approve {id}.
the time of mailing {id} "{name}" ran out at {when} while it waited: nothing of it would leave → время рассылки {id} «{name}» вышло {when}, пока она ждала: из неё ничего не уйдёт
Begin anew: notify mailings clone {id}; and end this one: notify mailings cancel {other}. → Начните снова: notify mailings clone {id}; а эту отмените: notify mailings cancel {other}.
stopped: {n1} of {n2} addresses are done → остановлено: сделано {n1} из {n2} адресов
Run the same command again: it goes on where it was. → Повторите ту же команду: она продолжит с того же места.
a mailing named "{name}" exists already → рассылка с именем «{name}» уже есть
Give this one another --name. → Дайте этой другое имя: --name.
1 recipient that would join has no zone, so nothing is changed: {text} → без пояса 1 добавляемый получатель, поэтому ничего не изменено: {text}
{n} recipients that would join have no zone, so nothing is changed: {text} → без пояса добавляемых получателей {n}, поэтому ничего не изменено: {text}
Load zones with notify import timezones FILE (or --preset ru), give one with notify districts edit NAME --zone ZONE or notify recipients edit WHO --zone ZONE, or choose other recipients. → Загрузите пояса: notify import timezones FILE (или --preset ru), или задайте пояс: notify districts edit ИМЯ --zone ПОЯС, notify recipients edit КТО --zone ПОЯС, или выберите других получателей.
{at} on {on} is already past in {zones}; nothing is changed → {on} {at} уже прошло в {zones}; ничего не изменено
this database was restored from the backup of {when}: {n} messages may have been sent since → эта база восстановлена из копии от {when}: с тех пор могло уйти сообщений: {n}
Decide about them first: notify reconcile. → Сначала решите о них: notify reconcile.
the database {file} was deleted or replaced while it was in use: nothing more is sent from it → база {file} удалена или подменена во время работы: из неё больше ничего не уйдёт
If that was not meant, put a backup in its place: notify restore FILE. Then start again. → Если это не нарочно, поставьте на место копию: notify restore FILE. Затем запустите снова.
stopped: {n1} of {n2} rows are saved → остановлено: сохранено {n1} из {n2} строк
Run the same command again: what is saved already counts as unchanged. → Повторите ту же команду: сохранённое будет считаться неизменным.
some messages are in doubt since a restore: what may be needed to decide is not pruned → после восстановления есть сомнительные сообщения: нужное для решения не удаляется
--repeat and --leave exclude each other → --repeat и --leave вместе не говорят
Say one of them. → Скажите что-то одно.
{file} is in use: process {pid} ({kind}) works on it → {file} занят: с ним работает процесс {pid} ({kind})
Stop the daemon and cron, then restore again. → Остановите демон и cron, затем восстановите снова.
mailing "{name}" is being scheduled by another process at this moment → рассылку «{name}» прямо сейчас назначает другой процесс
See it with notify mailings; nothing was added. → Она видна в notify mailings; ничего не добавлено.
stopped: mailing "{name}" is not scheduled, nothing of it will be sent → остановлено: рассылка «{name}» не назначена, из неё ничего не уйдёт
`
