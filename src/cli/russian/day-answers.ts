// What the commands of the day answer, and what goes wrong there, in Russian. A phrase a line: English → Russian.

export const DAY_ANSWERS = `
mailing {id} "{name}" was edited meanwhile: it is not approved → рассылку {id} «{name}» тем временем изменили: согласия нет
Look at it again: notify mailings approve {id}. → Посмотрите снова: notify mailings approve {id}.
"{name}" is the district {other} already: nothing is changed → «{name}» уже область {other}: ничего не изменено
Two districts become one only by a table: notify import timezones FILE → Две области сливаются только таблицей: notify import timezones FILE
"{name}" is no name of a district → «{name}»: не имя области
Write it like --name "Амурская область". → Пишите, например, --name "Амурская область".
there is no district "{name}" → нет области «{name}»
See notify districts. → Смотрите notify districts.
a recipient needs a phone or an e-mail: nothing is changed → получателю нужен телефон или почта: ничего не изменено
Give the other one too. → Задайте и другое.
{what}; nothing is {undone} → {what}; ничего не {undone}
See notify recipients add --help for how fields are written. → Как писать поля: notify recipients add --help.
the recipient was removed meanwhile: nothing is changed → получателя тем временем удалили: ничего не изменено
the {field} {value} belongs to {who}: nothing is changed → {field} {value} уже у другого ({who}): ничего не изменено
See notify recipients show {id}; to change that one: notify recipients edit {other} → Смотрите notify recipients show {id}; изменить того: notify recipients edit {other}
there is no recipient {who} → нет получателя {who}
there is no recipient "{who}" → нет получателя «{who}»
stopped before everybody was looked at → остановлено, просмотрены не все
for recipient {id}{name} {why} → для получателя {id}{name} {why}
stopped: {n} messages will be sent once more, the rest stays as it was → остановлено: ещё раз уйдут {n}, остальное как было
mailing {id} "{name}" is {state}: nothing of it is retried → рассылка {id} «{name}» {state}: повторять нечего
everything is held: no test is sent → всё остановлено: проба не послана
Let it go on: notify release. → Пустить дальше: notify release.
gateway "{name}" is paused: no test is sent → шлюз «{name}» приостановлен: проба не послана
Say notify gateways resume {name}. → Скажите notify gateways resume {name}.
there is no message {id} → нет сообщения {id}
"{text}" is not the number of a message → «{text}» — не номер сообщения
Its number is in notify messages list MAILING. → Его номер показывает notify messages list РАССЫЛКА.
message {id} cannot be sent now: its mailing {mailing} is {state} → сообщение {id} сейчас послать нельзя: рассылка {mailing} {state}
message {id} cannot be cancelled now: its mailing {mailing} is {state} → сообщение {id} сейчас отменить нельзя: рассылка {mailing} {state}
message {id} is {mstate}: it cannot be {done} → сообщение {id}: {mstate}; его нельзя {done}
message {id} was taken or changed meanwhile; nothing is changed → сообщение {id} тем временем взято или изменено; ничего не изменено
Look: notify messages show {id} → Смотрите: notify messages show {id}
"{tag}" is no tag → «{tag}»: не метка
Write a word or some, without commas and |, such as vip. → Пишите слово или несколько, без запятых и |, например vip.
stopped: {n} recipients {have} the tag → остановлено: метка сменилась у {n} получателей ({have})
Run the same command again: it does the rest. → Повторите ту же команду: она сделает остальное.
there is no import to take back → брать назад нечего
the last import, {file}, is taken back already → последний приём, {file}, уже взят назад
Only the last one can be: imports before it stay. → Можно только последний: прежние остаются.
stopped: {n1} recipients are removed, {n2} as before → остановлено: {n1} получателей удалено, {n2} как прежде
Run notify import undo again: it goes on where this one ended. → Повторите notify import undo: он продолжит с того же места.
Stop what still uses it. Then move {a}-wal and {b}-shm away and put a backup in its place: notify restore FILE. → Остановите то, что с ней работает. Уберите {a}-wal и {b}-shm и поставьте копию: notify restore FILE.
Stop the daemon and cron. If nothing uses it, \`notify stats\` closes it; if that fails, move it and its -wal and -shm away together. → Остановите демон и cron. Если с ней никто не работает, её закроет \`notify stats\`; если нет, уберите её вместе с -wal и -shm.
{messages} of mailing {n} "{name}" will leave. → (Уйдёт|Уйдут) {messages} рассылки {n} «{name}».
Unblocked {addresses}. → Разблокировано: {addresses}.
it is not said what is to change → не сказано, что изменить
Say it with --zone, --name or --also. → Скажите: --zone, --name или --also.
Would edit → Было бы изменено
a workbook is no text: it cannot be written to standard output → книга не текст: в стандартный вывод её не пишут
Name a file. → Назовите файл.
Again into a book: notify import suppliers {file} → Снова в книгу: notify import suppliers {file}
Take the import back? → Взять назад?
Dry run: → Проба:
Added {who}: {where}, {zone}. → Добавлен {who}: {where}, {zone}.
{field} is blank → {field}: пусто
To empty a field: --clear FIELD. → Очистить поле: --clear ПОЛЕ.
Mailing {id}; for others say message:{a} or recipient:{b} → Рассылка {id}; о других: message:{a} или recipient:{b}
{what} will never be sent; this cannot be undone. → {what}: никогда не уйдёт; вернуть нельзя.
It is {time} there; the hours of the mailing are {at}-{until}. → Там сейчас {time}; часы рассылки {at}-{until}.
Send it now? → Послать сейчас?
there is no text to show → показывать нечего
Name a mailing, or say --text "…". → Назовите рассылку или скажите --text "…".
recipient {id} was removed: nothing is known of them → получатель {id} удалён: о нём ничего не известно
"{word}" may mean {names} → «{word}» может значить {names}
Say which: id={id}, or external-id=… → Скажите, кто: id={id} или external-id=…
Look for part of a name: notify recipients --search TEXT → Поиск по части имени: notify recipients --search ТЕКСТ
Nobody has {what}. → Ни у кого нет: {what}.
Forget them? → Забыть?
Dry run: would move → Проба: было бы перенесено
Moved → Перенесено
Would move → Было бы перенесено
Move them? → Перенести?
Write today, yesterday or a date such as 2026-11-21. → Пишите today, yesterday или дату, например 2026-11-21.
Write one phone or e-mail address. → Пишите один телефон или одну почту.
Write it like --watch 5. → Пишите, например, --watch 5.
Leave one out. → Уберите что-то одно.
it is not said whom → не сказано, кого
it is said in more than one way whom → сказано по-разному, кого
Name one RECIPIENT, or choose some with --tag, --district …, or say --all. → Назовите одного ПОЛУЧАТЕЛЯ, выберите нескольких (--tag, --district …) или скажите --all.
a mailing has its own text and gateway → у рассылки свой текст и шлюз
Leave out --text and --gateway, or the mailing. → Уберите --text и --gateway или рассылку.
no address is allowed to get tests → ни один адрес не разрешён для проб
{text} is not an address that tests may be sent to → на {text} слать пробы нельзя
gateway "{name}" sends to {kind}, and {text} is none → шлюз «{name}» шлёт на {kind}, а {text} не такой
e-mail addresses → почту
phones → телефоны
Name another address, or another --gateway. → Назовите другой адрес или другой --gateway.
Gateway "{name}" accepted it in {time}, as {ref}. → Шлюз «{name}» принял за {time}, номер {ref}.
Gateway "{name}" accepted it in {time}. → Шлюз «{name}» принял за {time}.
Gateway "{name}" accepted it in {time}{ref}. → Шлюз «{name}» принял за {time}{ref}.
, as {ref} → , номер {ref}
Gateway "{name}" did not accept it: {a}, {b} ({c}). → Шлюз «{name}» не принял: {a}, {b} ({c}).
To have it in every shell: {how} → Чтобы работало в каждой оболочке: {how}
these are too many recipients for a workbook: {n}; nothing is written → для книги получателей слишком много: {n}; ничего не записано
a sheet holds {n} rows → на листе помещается {n} строк
Choose fewer with --tag or --district, or write CSV for Excel: --format excel-csv. → Выберите меньше (--tag, --district) или пишите CSV для Excel: --format excel-csv.
{file} is not JSON lines: {why} → {file}: не строки JSON: {why}
Each line is one object: {"phone": "…", "name": "…"} → Каждая строка один объект: {"phone": "…", "name": "…"}
Write one object a line. → Пишите по объекту на строку.
{file} is one JSON array of more than 64 MiB → {file}: один массив JSON больше 64 МиБ
Write one object a line: jq -c ".[]" FILE → Пишите по объекту на строку: jq -c ".[]" FILE
{file}: the column "{name}" seems to say who may be written to, and is not understood → {file}: столбец «{name}», похоже, говорит, кому можно писать, но как его понимать, неясно
Say what yes means there: --map unsubscribed={text} (gets nothing) or --map subscribed={text} (gets messages). It is only an attribute: --map {text}={text} → Скажите, что там значит «да»: --map unsubscribed={text} (не получает ничего) или --map subscribed={text} (получает). Если это просто признак: --map {text}={text}
nothing is imported: line {n} says "{text}" in the column "{name}", which is no column of consent → ничего не принято: в строке {n} сказано «{text}» в столбце «{name}», а это не столбец о согласии
Say what it is: --map unsubscribed="{name}", or --map "{name}"="{name}" where it is only an attribute. → Скажите, что это: --map unsubscribed="{name}" или, если просто признак, --map "{name}"="{name}".
{file} is a ZIP archive, but no .xlsx workbook → {file}: архив ZIP, но не книга .xlsx
Unpack it first; or save the table as .xlsx or CSV. → Сначала распакуйте его или сохраните таблицу как .xlsx или CSV.
{file} has a cell in an impossible place → в {file} есть ячейка в невозможном месте
Delete what stands far below or beside the table; or save the sheet as CSV and import that. → Удалите то, что далеко внизу или сбоку от таблицы, или сохраните лист как CSV.
{file} is locked by another program → {file} занят другой программой
Run it again when that has finished writing. → Повторите, когда она допишет.
{file} is damaged: {what} → {file} повреждён: {what}
Copy it anew, with the program that owns it stopped. → Скопируйте его заново, остановив его программу.
{file} tells more than {n} rows, more than its file can hold → {file} выдаёт больше {n} строк, больше, чем вмещает файл
Has the view or --query an end? → Есть ли конец у представления или у --query?
{file}: no row came for {n} s → {file}: за {n} с не пришло ни строки
{file}: its rows take more than {n} GiB of memory to find → {file}: чтобы найти строки, нужно больше {n} ГиБ памяти
{file} cannot be read: its reader ended → {file} не прочесть: читавший процесс завершился
Check the view or --query; or save its rows as a table or CSV, and import that. → Проверьте представление или --query; или сохраните строки таблицей или в CSV и загрузите их.
{file} cannot be read: {why} → {file} не прочесть: {why}
Check --table, --query and the file. → Проверьте --table, --query и файл.
the query returns no rows → запрос не даёт строк
Write a select: --query "select phone, name from suppliers" → Пишите select: --query "select phone, name from suppliers"
the query cannot be run: {why} → запрос не выполнить: {why}
Write one select. → Пишите один select.
Leave one of them out. → Уберите одно из них.
{file} has no table "{name}" → в {file} нет таблицы «{name}»
{file} has no table of {what}; its tables: {tables} → в {file} нет таблицы ({what}); есть: {tables}
Name one with --table, and its columns with --map; or write --query "select … as phone, … as name from …". → Назовите её (--table) и её столбцы (--map) или пишите --query "select … as phone, … as name from …".
{file} has several tables that could be meant: {tables} → в {file} подходят несколько таблиц: {tables}
Say which: --table NAME. → Скажите, какая: --table ИМЯ.
{file} is an SQLite database → {file}: база SQLite
Name the file: it cannot be read from a pipe. → Назовите файл: из канала её не прочесть.
{file} is a database of notify itself, not one of suppliers → {file}: база самой notify, а не поставщиков
Name the database of the program that keeps the suppliers. → Назовите базу той программы, где поставщики.
Leave --{flag} out. → Уберите --{flag}.
{file} is larger than 200 MiB → {file} больше 200 МиБ
Save the sheet as CSV and import that. → Сохраните лист как CSV и примите его.
The first row names the columns: phone, name, district. → В первой строке имена столбцов: phone, name, district.
{file} has no sheet "{name}" → в {file} нет листа «{name}»
{file}: the sheet "{name}" is empty → {file}: лист «{name}» пуст
Name another one with --sheet. → Назовите другой: --sheet.
{file} cannot be read as a workbook: {why} → {file} не прочесть как книгу: {why}
Open it, save it as .xlsx or CSV, and import that. → Откройте, сохраните как .xlsx или CSV и примите.
{file} has a password → {file} под паролем
Save it without one, as .xlsx or CSV. → Сохраните без пароля, как .xlsx или CSV.
{file} is a damaged ZIP archive or .xlsx workbook → {file}: повреждённый архив ZIP или книга .xlsx
Copy it anew; or open it, save it as .xlsx or CSV, and import that. → Скопируйте заново или откройте, сохраните как .xlsx или CSV и примите.
{file} would unpack to {n1} MiB ({n2} times its size): no workbook of recipients is like that → {file} распакуется в {n1} МиБ (в {n2} раз больше): таких книг получателей не бывает
Save the sheet as CSV and import that: CSV may have any size. → Сохраните лист как CSV и примите его: CSV может быть любого размера.
1 of them is well formed: another row or another recipient speaks against it. → Из них 1 записана верно, но спорит с другой строкой или с другим получателем.
{n} of them are well formed: another row or another recipient speaks against them. → Из них записаны верно, но спорят с другой строкой или с другим получателем: {n}.
line {n}, recipient {n2}: {text} → строка {n}, получатель {n2}: {text}
… {n} more{how} → … и ещё {n}{how}
Edited mailing {id} "{name}". → Рассылка {id} «{name}» изменена.
Blocked {addresses}. → Заблокировано: {addresses}.
notify, {date} ({zone}) → notify, {date} ({zone})
What left → Что ушло
What waits → Что ждёт
In trouble → Неполадки
Who did what → Кто что делал
Nothing. → Ничего.
late: half within {half}, 99 % within {most}, all within {all} → опоздание: половина в пределах {half}, 99 % в пределах {most}, все в пределах {all}
Address book: {recipients}, {n} of them unsubscribed. → Адресная книга: {recipients}, из них отписаны {n}.
At {rate} the last one leaves on {when}. → При {rate} последнее уйдёт {when}.
At {rate} none of them leaves in time. → При {rate} ни одно не уйдёт вовремя.
about {rate} → примерно {rate}
{n} of them expire before their turn comes. → У {n} время выйдет раньше очереди.
Took back the import of "{file}": {counts}. → Приём «{file}» взят назад: {counts}.
this import was taken back while it was being saved → этот приём взяли назад, пока он сохранялся
See notify import undo. → Смотрите notify import undo.
mailing {id} is {state} meanwhile: somebody else changed it → рассылка {id} уже {state}: её изменил кто-то другой
GETS NOTHING → НЕ ПОЛУЧАЕТ
A mailing is meant. It could also be: {others}. → Имеется в виду рассылка. Это могло бы быть и: {others}.
`
