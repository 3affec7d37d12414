// What else went wrong and what to do next, in Russian. A phrase a line: English → Russian.

export const MORE_ERRORS = `
mailing {id} "{name}" is {state} meanwhile: somebody else changed it → рассылка {id} «{name}» уже {state}: её изменил кто-то другой
mailing {id} "{name}" is being edited by {who}: it cannot be {done} → рассылку {id} «{name}» сейчас меняет {who}; её нельзя {done}
mailing {id} "{name}" is being edited: it cannot be {done} → рассылку {id} «{name}» сейчас меняют; её нельзя {done}
Nothing of it leaves meanwhile: say it again when that is done. → Пока из неё ничего не уходит: повторите, когда это кончится.
If that process was killed, notify run-due finishes the edit. → Если тот процесс убит, изменение доведёт до конца notify run-due.
mailing {id} "{name}" is planning, its messages are being written by {who}: it cannot be {done} → рассылка {id} «{name}» пишется ({who}); её нельзя {done}
mailing {id} "{name}" is planning, its messages are being written: it cannot be {done} → рассылка {id} «{name}» пишется; её нельзя {done}
Wait until that is done, or end that \`notify schedule\` with Ctrl-C, which takes it back. → Подождите, пока допишется, или прервите тот \`notify schedule\` по Ctrl-C: он уберёт её.
Its rows are being written or changed: wait a moment, then say it again. → Её строки пишутся или меняются: подождите немного и повторите.
mailing {id} "{name}" was changed by somebody else meanwhile → рассылку {id} «{name}» тем временем изменил кто-то другой
Look at it and say it again: notify mailings show. → Посмотрите на неё и повторите: notify mailings show.
a daemon works on this database already (process {pid}) → с этой базой уже работает демон (процесс {pid})
Stop it first, or say --allow-many. → Сначала остановите его или скажите --allow-many.
there is no gateway "{name}" in the configuration → в настройках нет шлюза «{name}»
port {port} cannot be used ({code}) → порт {port} не годится ({code})
Name another with --port; 0 takes a free one. → Назовите другой: --port; 0 возьмёт любой свободный.
gateways.{name}.token_env: the variable that it names is not set → gateways.{name}.token_env: переменная, названная там, не задана
gateways.{name}.token_env: the variable {variable} is not set → gateways.{name}.token_env: переменная {variable} не задана
{file} has no gateway any more → в {file} больше нет ни одного шлюза
gateways.{name}{what}, and messages wait for it → gateways.{name}{what}, а его ждут сообщения
gateways.{name}.file: {why} → gateways.{name}.file: {why}
{place}: the file that it names cannot be read ({code}) → {place}: названный там файл нельзя прочесть ({code})
{place}: {file} cannot be read ({code}) → {place}: {file} нельзя прочесть ({code})
Put the token, and nothing else, there. → Положите туда токен, и ничего больше.
the token in {place} is empty → токен в {place} пуст
the token in {place} has characters that no header can carry → в токене из {place} есть знаки, которых не бывает в заголовке
One line of ASCII is expected. → Нужна одна строка ASCII.
"{file}" is the database itself, or belongs to it → «{file}»: это сама база или её часть
Name another file. → Назовите другой файл.
the folder of "{file}" is not there → папки для «{file}» нет
Make it first. → Сначала создайте её.
"{file}" is not a file → «{file}»: это не файл
Say --force to replace it. → Чтобы заменить, скажите --force.
{file} cannot be written ({code}) → {file} нельзя записать ({code})
Check the owner and the permissions of its folder. → Проверьте владельца и права папки.
Check that the folder is there and can be written. → Проверьте, что папка есть и в неё можно писать.
stopped: no backup was made → остановлено: копия не сделана
the database {file} is empty: 0 bytes → база {file} пуста: 0 байт
If it held something, put a backup in its place: notify restore FILE. If not, delete it: it is made anew. → Если в ней что-то было, поставьте на место копию: notify restore FILE. Если нет, удалите её: она создастся заново.
the database {file} is gone, but {other}-wal, which belongs to it, is there → базы {file} нет, но есть её часть {other}-wal
the database {file} cannot be {deed} ({code}) → базу {file} нельзя {deed} ({code})
the database cannot be written → в базу нельзя писать
the database cannot be opened → базу нельзя открыть
Check that its folder exists and can be written. → Проверьте, что её папка есть и в неё можно писать.
{file} is in use, or was left open: {other} is beside it → {file} занят или не был закрыт: рядом лежит {other}
{file} is a database of another program → {file}: база другой программы
Name another file in \`database\`. → Назовите другой файл в \`database\`.
Name another file in \`database\` or NOTIFY_DATABASE_URL. → Назовите другой файл в \`database\` или NOTIFY_DATABASE_URL.
{file} was written by a newer notify (schema {n1}, this one knows {n2}) → {file} записан более новой notify (схема {n1}, эта знает {n2})
Install the newer notify. → Поставьте более новую notify.
another process has been migrating for a minute ({file}) → другой процесс уже минуту обновляет базу ({file})
"{file}" cannot be restored: {why} → из «{file}» нельзя восстановить: {why}
Take another backup. Nothing was changed. → Возьмите другую копию. Ничего не изменено.
there is no file "{file}" → нет файла «{file}»
"{file}" is the database itself → «{file}»: это сама база
Write it like --zone Asia/Yakutsk or --zone UTC+3. → Пишите, например, --zone Asia/Yakutsk или --zone UTC+3.
--zone "{zone}": {why} → --zone "{zone}": {why}
--attr "{pair}" is not name=value → --attr "{pair}": это не имя=значение
Write it like --attr rank=gold. → Пишите, например, --attr rank=gold.
"{file}" is a file: it is blocked alone → «{file}»: это файл, его блокируют отдельно
Block the addresses beside it by themselves. → Адреса рядом с ним заблокируйте отдельно.
"{text}" is neither an address nor a file: {why}; nothing is changed → «{text}»: не адрес и не файл: {why}; ничего не изменено
Write a phone such as "+7 916 123-45-67", an e-mail address, or the name of a file. → Пишите телефон, например "+7 916 123-45-67", почту или имя файла.
nothing of {file} is blocked; {lines} rejected: {why} → из {file} ничего не заблокировано; отвергнуто ({lines}): {why}
Correct these lines. → Исправьте эти строки.
Correct these lines; or take the other {n} with --skip-bad. → Исправьте эти строки; или возьмите остальные ({n}) с --skip-bad.
stopped: nothing is changed → остановлено: ничего не изменено
nothing is to be changed → менять нечего
Say what: --text, --at, --on, --until, --expires, --name, or a filter such as --tag. → Скажите что: --text, --at, --on, --until, --expires, --name или отбор, например --tag.
a table of zones is either a FILE or --preset ru → таблица поясов: либо FILE, либо --preset ru
Try notify import timezones --preset ru → Попробуйте notify import timezones --preset ru
{file} names no district → в {file} нет ни одной области
Each row tells one district and its zone. → Каждая строка называет область и её пояс.
stopped before the end of the list → остановлено до конца списка
Write a whole number of at least 1. → Пишите целое число, не меньше 1.
Write a whole number from 0 to {n}. → Пишите целое число от 0 до {n}.
Write it like 180d. → Пишите, например, 180d.
process {pid} on {host} is sending already ({kind}) → процесс {pid} на {host} уже шлёт ({kind})
the text names {text}, which no recipient column answers; nothing is {undone} → в тексте есть {text}, чего нет ни у одного получателя; ничего не {undone}
Did you mean {{ {word} }}? → Может быть, {{ {word} }}?
Did you mean {word}? → Может быть, {word}?
Did you mean "{word}"? → Может быть, «{word}»?
Known: {text}. → Есть: {text}.
there is no help on "{word}" → справки о «{word}» нет
Commands: notify --help. Topics: {topics}. → Команды: notify --help. Темы: {topics}.
{what} See notify gateways. → {what} Смотрите notify gateways.
There are: {text}. → Есть: {text}.
{file} is larger than 64 MiB → {file} больше 64 МиБ
Block it in parts. → Заблокируйте по частям.
--map {map} is not name=Header → --map {map}: это не имя=Заголовок
Such as: --map phone="Тел. (моб.)" → Например: --map phone="Тел. (моб.)"
Say which it is: --map phone={header}. If these names cannot be read: --encoding, --delimiter. → Скажите, какой это: --map phone={header}. Если имена нечитаемы: --encoding, --delimiter.
--map {map}: there is no column {column} → --map {map}: нет столбца {column}
There are {text}. → Есть {text}.
--map names {one} or {other} twice → --map называет {one} или {other} дважды
{file} has the column {name} twice, column {n1} and column {n2}, and line {n3} says different things in them → в {file} столбец {name} дважды, {n1} и {n2}, и в строке {n3} в них сказано разное
{file}: the column {name} looks like the {field} of people, and no other column is → {file}: столбец {name} похож на {field} получателей, а другого такого нет
Say what it is: --map {field}={name}. It is only an attribute: --map {name2}={name3} → Скажите, что это: --map {field}={name}. Это просто признак: --map {name2}={name3}
Name one of its columns phone or email. → Назовите один из столбцов phone или email.
Say which is meant: --map phone={name} or --map phone={text}. → Скажите, какой нужен: --map phone={name} или --map phone={text}.
{file}: letters of the heading "{name}" are lost (\ufffd stands for them) → {file}: в заголовке «{name}» потеряны буквы (вместо них \ufffd)
The file was written in a wrong encoding: save it anew where it comes from, as UTF-8. → Файл записан не в той кодировке: сохраните его заново там, откуда он, в UTF-8.
the encoding of {file} cannot be told: {name} and {text} both make words of it → кодировку {file} не определить: слова получаются и в {name}, и в {text}
Give one of them another name. → Дайте одному из них другое имя.
{file}: {one} and {other} are both taken for {field} → {file}: и {one}, и {other} приняты за {field}
Say which it is: --map {field}={header}; the other is kept as an attribute. → Скажите, какой: --map {field}={header}; другой останется признаком.
The first line names the columns: phone;name;district → В первой строке имена столбцов: phone;name;district
{file} is not {encoding}: line {n1}, byte {n2} of the file → {file}: не {encoding}: строка {n1}, байт {n2}
Name the encoding it is written in: --encoding windows-1251, koi8-r, cp866, utf-16le … → Назовите кодировку: --encoding windows-1251, koi8-r, cp866, utf-16le …
"{char}" cannot be a delimiter → «{char}» не может быть разделителем
Write one character, or tab: --delimiter ";" → Пишите один знак или tab: --delimiter ";"
Write one of {text}. → Пишите одно из {text}.
{file} is {kind}, not CSV → {file}: {kind}, а не CSV
a binary file → двоичный файл
Save the table as CSV (UTF-8) and import that. → Сохраните таблицу как CSV (UTF-8) и примите её.
cannot read {file} → не прочесть {file}
cannot read ({code}) {file} → не прочесть ({code}) {file}
{file}: the record at line {n} is longer than 4 MiB → {file}: запись в строке {n} длиннее 4 МиБ
Is a quote opened there and never closed? → Не открыта ли там кавычка, которую не закрыли?
A cell with quotes in it is written "like ""this""". → Ячейку с кавычками пишут "вот ""так""".
"{file}" is the file that is imported → «{file}»: этот файл и принимается
cannot write "{file}" ({code}) → не записать «{file}» ({code})
Check its folder and its permissions. → Проверьте папку и права.
{file} has no column of {what}; its columns are {columns} → в {file} нет столбца ({what}); есть {columns}
Name one of them {text} or "{name}" in the first line. → Назовите один из них {text} или «{name}» в первой строке.
Name one of them {names} in the first line. → Назовите один из них {names} в первой строке.
Write CSV with columns such as district;zone, or JSON: {"3": 3, "7": 9} → Пишите CSV со столбцами вроде district;zone или JSON: {"3": 3, "7": 9}
{file} is larger than 64 MiB: that is no table of districts → {file} больше 64 МиБ: это не таблица областей
{file} is not JSON: {why} → {file}: не JSON: {why}
{file} is not an object of districts and their zones → {file}: не объект областей и поясов
SQLite {version} is too old: {other} or newer is needed → SQLite {version} устарела: нужна {other} или новее
Run npm ci again. → Запустите npm ci ещё раз.
{file} cannot be kept safe where it is: SQLite answers {name} = {got}, not {wanted} → {file} там не сохранить надёжно: SQLite отвечает {name} = {got}, а не {wanted}
Put it on a local disk, and name it in \`database\` or NOTIFY_DATABASE_URL. → Положите её на местный диск и назовите в \`database\` или NOTIFY_DATABASE_URL.
the database {file} cannot be used ({code}) → база {file} не годится ({code})
{file} is a link to {other}, which does not exist → {file} ссылается на {other}, чего нет
{file} is a folder, not a database → {file}: это папка, а не база
{who} may not write in {folder}, where the database is → {who} не может писать в {folder}, где лежит база
SQLite keeps two more files beside it: give this user the folder, or run notify as its owner. → SQLite держит рядом ещё два файла: отдайте папку этому пользователю или запускайте notify от её владельца.
{who} may not {do} the database {file} → {who} не имеет прав на базу {file} ({do})
Give it to this user, or run notify as its owner. → Отдайте её этому пользователю или запускайте notify от её владельца.
a mailing named "{name}" exists already ({id}, {state}) and says something else → рассылка «{name}» уже есть ({id}, {state}) и говорит другое
Give this one another --name, or end that one first: notify mailings cancel {id} → Дайте этой другое имя (--name) или сначала отмените ту: notify mailings cancel {id}
another import changed the same recipients meanwhile; this one stopped in the middle → тех же получателей тем временем изменил другой приём; этот остановился на середине
Run it again: what is saved already counts as unchanged. → Повторите: сохранённое будет считаться неизменным.
mailing "{name}" was taken back by another process; nothing of it is sent → рассылку «{name}» убрал другой процесс; из неё ничего не ушло
Schedule it again. → Назначьте её снова.
the database {file} has been locked by another process for {n} s → база {file} занята другим процессом уже {n} с
See who holds it (fuser, lsof), then run the command again. → Посмотрите, кто её держит (fuser, lsof), и повторите команду.
notify: nothing is held any more → notify: больше ничего не остановлено
notify: everything is held: {why} → notify: всё остановлено: {why}
notify: gateway "{name}": due messages move again → notify: шлюз «{name}»: сообщения снова идут
Check its token (token_file or token_env in notify.toml). → Проверьте токен (token_file или token_env в notify.toml).
doctor sends nothing → doctor ничего не шлёт
{part}, which belongs to the database {file}, was deleted or replaced while it was in use: nothing more is sent → {part}, часть базы {file}, удалён или подменён во время работы: больше ничего не уйдёт
{part}, which belongs to the database {file}, was cut short while it was in use: nothing more is sent → {part}, часть базы {file}, обрезан во время работы: больше ничего не уйдёт
the database {file} was overwritten while it was in use: nothing more is sent from it → база {file} перезаписана во время работы: из неё больше ничего не уйдёт
Nothing is lost: all of it was put into the database itself. Start again, and leave these files alone. → Ничего не потеряно: всё записано в саму базу. Запустите снова и не трогайте эти файлы.
Nothing is lost: all of it is in the log beside it. Start again, and leave these files alone. → Ничего не потеряно: всё есть в журнале рядом с ней. Запустите снова и не трогайте эти файлы.
What was done lately may be lost{acts}, and what was sent may be sent again. All is held: see notify stats, then notify release. → Сделанное недавно могло пропасть{acts}, а посланное может уйти ещё раз. Всё задержано: посмотрите notify stats, затем notify release.
What was done since {when} may be lost{acts}, and what was sent since may be sent again. All is held: see notify stats, then notify release. → Сделанное с {when} могло пропасть{acts}, а посланное с тех пор может уйти ещё раз. Всё задержано: посмотрите notify stats, затем notify release.
What was done since that file was made may be lost. All is held: put a backup in its place (notify restore FILE), or notify release. → Сделанное с тех пор, как сделан этот файл, могло пропасть. Всё задержано: поставьте на место копию (notify restore FILE) или скажите notify release.
process {pid} works on the database {file}, but {part}{end} was deleted or replaced under it → процесс {pid} работает с базой {file}, но {part}{end} под ним удалён или подменён
Stop that process; then run the command again. → Остановите этот процесс и повторите команду.
{file} is of an older schema, and an older notify works on it: {workers} → {file} старой схемы, и с ней работает старая notify: {workers}
Stop it; then run the command again, and start the newer notify. Nothing was changed. → Остановите её, повторите команду и запустите новую notify. Ничего не изменено.
`
