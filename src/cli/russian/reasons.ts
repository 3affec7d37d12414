// Why a row, a setting or a message is not taken, in Russian. A phrase a line: English → Russian.

export const REASONS = `
{n} {why} (line {n2}) → {why}: {n} (строка {n2})
{n} {why} (lines {lines}) → {why}: {n} (строки {lines})
and {n} other reasons (--json tells all) → и ещё причин {n} (--json скажет все)
and {n} more rows → и ещё строк {n}
phone has no digits → в телефоне нет цифр
phone has letters → в телефоне буквы
phone is too long → телефон слишком длинный
phone is too short → телефон слишком короткий
phone was shortened by a spreadsheet → телефон испорчен таблицей (1E+11)
phone is not a valid number (a foreign one begins with +) → такого телефона не бывает (иностранный начинается с +)
more than one number: each wants a line of its own → несколько номеров: каждому своя строка
more than one address: each wants a line of its own → несколько адресов: каждому своя строка
e-mail is not a valid address → это не адрес почты
e-mail is longer than {n} characters → почта длиннее {n} знаков
e-mail has a line break or a control character → в почте перевод строки или управляющий знак
e-mail has , ; < or > (one plain address is wanted) → в почте , ; < или > (нужен один простой адрес)
the row has neither a phone nor an e-mail → в строке нет ни телефона, ни почты
a recipient with neither a phone nor an e-mail → получатель без телефона и почты
the row has {n} cells, the header has {n2} → в строке ячеек {n}, а в заголовке {n2}
the row has {n} cell, the header has {n2} → в строке ячеек {n}, а в заголовке {n2}
"{name}" is longer than 1 MiB → «{name}» длиннее 1 МиБ
the line is longer than 1 MiB → строка файла длиннее 1 МиБ
the row is longer than 1 MiB → строка длиннее 1 МиБ
the attributes of a recipient may have 1 MiB together: nothing is changed → все признаки получателя вместе не длиннее 1 МиБ: ничего не изменено
the row ends early, and the next line seems to be the rest of it → строка обрывается, а следующая, похоже, её конец
the row has a NUL character → в строке знак NUL
letters of "{name}" are lost (\ufffd stands for them) → в «{name}» потеряны буквы (вместо них \ufffd)
letters of the row are lost (\ufffd stands for them) → в строке потеряны буквы (вместо них \ufffd)
the row names no district → в строке нет области
whether they unsubscribed is neither yes nor no → отписан ли, не сказано: ни да, ни нет
the phone {text} stands already at line {n} → телефон {text} уже есть в строке {n}
the external id {text} stands already at line {n} → код {text} уже есть в строке {n}
the phone stands already at an earlier line → телефон уже есть в строке выше
the external id stands already at an earlier line → код уже есть в строке выше
the e-mail {text} stands also at line {n} → почта {text} есть и в строке {n}
the e-mail stands also at another line → почта есть и в другой строке
the phone {text} is that of several recipients: an external id says whom it means → телефон {text} у нескольких получателей: кого он значит, скажет код
the phone is that of several recipients: an external id says whom it means → телефон у нескольких получателей: кого он значит, скажет код
the phone belongs to another recipient → телефон у другого получателя
it says something else about a known recipient → о знакомом сказано другое
it says something else about recipient {n}, who is known → о знакомом получателе {n} сказано другое
it is the same recipient as an earlier line → тот же получатель, что в строке выше
it is the same recipient as line {n} → тот же получатель, что в строке {n}
the offset "{text}" is not in quarters of an hour, as every clock is → смещение "{text}": не кратно четверти часа, таких часов нет
the offset "{text}" may mean {a}: write the minutes behind a colon, {b} → смещение "{text}" может значить {a}: минуты пишите за двоеточием, {b}
the offset "{text}" may mean {a} or {c}: write the minutes behind a colon, {b} → смещение "{text}" может значить {a} или {c}: минуты пишите за двоеточием, {b}
the offset "{text}" is not between -12 and +14 hours from UTC → смещение "{text}": не от -12 до +14 часов от UTC
three zones: Asia/Yakutsk with the capital, Asia/Vladivostok in the middle, Asia/Srednekolymsk in the east → три пояса: Asia/Yakutsk со столицей, Asia/Vladivostok посередине, Asia/Srednekolymsk на востоке
Moscow time, as Russian law sets it; Europe/Kyiv by Ukrainian law → московское время по российскому закону; Europe/Kyiv по украинскому
the northern Kuril islands keep Asia/Srednekolymsk; the same hours since 2016 → на северных Курилах Asia/Srednekolymsk; с 2016 года часы те же
this local time does not exist on that day: moved forward by the gap → в тот день этого часа нет: сдвинуто вперёд на столько же
this local time exists twice on that day: the first of the two → в тот день этот час дважды: первый из двух
that day does not exist there: the next instant that does → того дня там нет: ближайший момент после
past: at once → час прошёл: сразу
past: the next day → час прошёл: на другой день
* {name}: {note} → * {name}: {note}
poison: its workers die of it → яд: от него падают процессы
its time ran out after 1 attempt → время вышло после одной попытки
its time ran out after {n} attempts → время вышло после попыток: {n}
{why}; it was repeated once already → {why}; уже повторяли
{why}; it is repeated once → {why}; будет один повтор
gateway answered {n} → шлюз ответил {n}
gateway answered {n}: {text} → шлюз ответил {n}: {text}
gateway answered {n} for another message → шлюз ответил {n} на другое сообщение
gateway answered {n} without a yes: {text} → шлюз ответил {n} без «да»: {text}
gateway answered {n} without a yes: nothing → шлюз ответил {n} без «да»: ничего
gateway answered {n} in an encoding that was not asked for → шлюз ответил {n} в непрошеной кодировке
gateway said no: {text} → шлюз сказал нет: {text}
it answered before it was asked → ответил раньше, чем его спросили
connection refused → соединение отвергнуто
connection reset before it was open → соединение сброшено при открытии
connection reset before a full answer → соединение сброшено до полного ответа
connection closed before a full answer → соединение закрыто до полного ответа
no such host → нет такого узла
the name of the host cannot be looked up → имя узла не найти
the host cannot be reached → до узла не достучаться
the network cannot be reached → до сети не достучаться
no answer in {n} s → нет ответа за {n} с
no connection in {n} s → нет соединения за {n} с
no connection ({text}) → нет соединения ({text})
no full answer ({text}) → нет полного ответа ({text})
no trusted TLS connection ({text}) → нет доверенного соединения TLS ({text})
stopped before it was sent → остановлено до отправки
stopped before the answer came → остановлено до ответа
stopped before it was written → остановлено до записи
the message does not fit into a request → сообщение не помещается в запрос
the answer is not HTTP → ответ не HTTP
it may have been taken at the address that its recipient had before → могло быть принято по прежнему адресу получателя
it may have been taken, and the gateway has forgotten its key by now → могло быть принято, а ключ шлюз уже забыл
not in the audience any more → больше не среди адресатов
too many open files here → здесь открыто слишком много файлов
the answer is longer than 64 KiB → ответ длиннее 64 KiB
the head of the answer is longer than 16 KiB → заголовок ответа длиннее 16 KiB
a ZIP archive or an .xlsx workbook → архив ZIP или книга .xlsx
an .xls workbook → книга .xls
an .xlsx workbook → книга .xlsx
an SQLite database → база SQLite
a PDF document → документ PDF
a gzip archive → архив gzip
half an answer → половина ответа
whether they subscribed is neither yes nor no → подписан ли, сказано ни да ни нет
"{name}" is a formula without its result: save the workbook in a spreadsheet program → «{name}»: формула без результата; сохраните книгу в программе таблиц
"{name}" is a cell of an unknown kind → «{name}»: ячейка неизвестного вида
outbox {file} cannot be written: {why} → в outbox {file} не записать: {why}
permission denied → нет прав
the file system is read-only → файловая система только для чтения
the disk is full → диск полон
its folder is a file → её папка это файл
its folder is not there → её папки нет
it is a folder → это папка
{path}: expected {wanted} → {path}: нужно {wanted}
{path}: missing, expected {wanted} → {path}: нет, нужно {wanted}
{path}: unknown setting → {path}: нет такой настройки
{path}: unknown setting; did you mean {text}? → {path}: нет такой настройки; может быть, {text}?
{path}: unknown zone "{text}" → {path}: неизвестный пояс "{text}"
{path}: there is no [gateways.{text}] → {path}: нет [gateways.{text}]
{path}: a secret does not belong in this file: name token_file or token_env → {path}: тайне не место в этом файле: назовите token_file или token_env
{path}: a gateway is named by 1 to 32 letters, digits, "-" and "_" → {path}: имя шлюза: от 1 до 32 букв, цифр, «-» и «_»
a file such as "{file}" → файл, например "{file}"
a time such as "{text}" → время, например "{text}"
a table → таблица
a list → список
a text → текст
a date → дата
a text, a number, true or false → текст, число, true или false
invalid value → негодное значение
line {n}, column {n2}: {text} → строка {n}, столбец {n2}: {text}
an .xlsx workbook, sheet "{name}" → книга .xlsx, лист «{name}»
an .xlsx workbook, sheet "{name}", 1 row hidden there is read too → книга .xlsx, лист «{name}», прочтена и 1 скрытая там строка
an .xlsx workbook, sheet "{name}", {n} rows hidden there are read too → книга .xlsx, лист «{name}», прочтены и скрытые там строки: {n}
an .xlsx workbook, sheet "{name}", header in row {n} → книга .xlsx, лист «{name}», заголовок в строке {n}
an .xlsx workbook, sheet "{name}", header in row {n}, 1 row hidden there is read too → книга .xlsx, лист «{name}», заголовок в строке {n}, прочтена и 1 скрытая там строка
an .xlsx workbook, sheet "{name}", header in row {n}, {n2} rows hidden there are read too → книга .xlsx, лист «{name}», заголовок в строке {n}, прочтены и скрытые там строки: {n2}
an .xls workbook, sheet "{name}" → книга .xls, лист «{name}»
an .xls workbook, sheet "{name}", 1 row hidden there is read too → книга .xls, лист «{name}», прочтена и 1 скрытая там строка
an .xls workbook, sheet "{name}", {n} rows hidden there are read too → книга .xls, лист «{name}», прочтены и скрытые там строки: {n}
an .xls workbook, sheet "{name}", header in row {n} → книга .xls, лист «{name}», заголовок в строке {n}
an .xls workbook, sheet "{name}", header in row {n}, 1 row hidden there is read too → книга .xls, лист «{name}», заголовок в строке {n}, прочтена и 1 скрытая там строка
an .xls workbook, sheet "{name}", header in row {n}, {n2} rows hidden there are read too → книга .xls, лист «{name}», заголовок в строке {n}, прочтены и скрытые там строки: {n2}
an .ods workbook, sheet "{name}" → книга .ods, лист «{name}»
an .ods workbook, sheet "{name}", 1 row hidden there is read too → книга .ods, лист «{name}», прочтена и 1 скрытая там строка
an .ods workbook, sheet "{name}", {n} rows hidden there are read too → книга .ods, лист «{name}», прочтены и скрытые там строки: {n}
an .ods workbook, sheet "{name}", header in row {n} → книга .ods, лист «{name}», заголовок в строке {n}
an .ods workbook, sheet "{name}", header in row {n}, 1 row hidden there is read too → книга .ods, лист «{name}», заголовок в строке {n}, прочтена и 1 скрытая там строка
an .ods workbook, sheet "{name}", header in row {n}, {n2} rows hidden there are read too → книга .ods, лист «{name}», заголовок в строке {n}, прочтены и скрытые там строки: {n2}
a table of HTML or XML, sheet "{name}" → таблица HTML или XML, лист «{name}»
a table of HTML or XML, sheet "{name}", 1 row hidden there is read too → таблица HTML или XML, лист «{name}», прочтена и 1 скрытая там строка
a table of HTML or XML, sheet "{name}", {n} rows hidden there are read too → таблица HTML или XML, лист «{name}», прочтены и скрытые там строки: {n}
a table of HTML or XML, sheet "{name}", header in row {n} → таблица HTML или XML, лист «{name}», заголовок в строке {n}
a table of HTML or XML, sheet "{name}", header in row {n}, 1 row hidden there is read too → таблица HTML или XML, лист «{name}», заголовок в строке {n}, прочтена и 1 скрытая там строка
a table of HTML or XML, sheet "{name}", header in row {n}, {n2} rows hidden there are read too → таблица HTML или XML, лист «{name}», заголовок в строке {n}, прочтены и скрытые там строки: {n2}
an SQLite database, {what} → база SQLite, {what}
table "{name}" → таблица «{name}»
JSON lines, {encoding} → строки JSON, {encoding}
a JSON array, {encoding} → массив JSON, {encoding}
{text}; attributes: {name} → {text}; признаки: {name}
{file} has no column for a phone or an e-mail; its columns: {text} → в {file} нет столбца с телефоном или почтой; есть: {text}
{file} has no column of zones; its columns are {text} → в {file} нет столбца поясов; есть {text}
{file} has no column of districts; its columns are {text} → в {file} нет столбца областей; есть {text}
`
