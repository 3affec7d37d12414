// The check-up in Russian. A phrase a line: English → Russian.

export const DOCTOR = `
Node {version} gets no security fixes any more → для Node {version} больше не выходят исправления безопасности
Install a line of Node that is supported (24 or newer), then npm ci again. → Поставьте поддерживаемую Node (24 или новее), затем снова npm ci.
this Node does not say which rules of time zones it has → эта Node не говорит, какие у неё правила поясов
rules of time zones of {version}: more than {n} months old → правила поясов {version}: старше {n} месяцев
rules of time zones of {version}: this line of Node gets no newer ones → правила поясов {version}: для этой Node новее не будет
rules of time zones of {version} → правила поясов {version}
Update Node: the rules come with it. Then notify mailings replan moves what is scheduled, where rules changed. → Обновите Node: правила придут с ней. Затем notify mailings replan перенесёт назначенное там, где правила изменились.
no file: defaults, and the zone {zone} → файла нет: всё по умолчанию, пояс {zone}
{file} is in order; the zone is {zone} → {file} в порядке; пояс {zone}
everybody on this machine can read {file} → на этой машине {file} может прочесть любой
everybody on this machine can change {file} → на этой машине {file} может изменить любой
everybody on this machine can replace {file} → на этой машине {file} может подменить любой
neither the database nor the gateways were looked at: the configuration says where they are → ни база, ни шлюзы не проверены: где они, говорят настройки
Mend the configuration first. → Сначала исправьте настройки.
Mend it, then run this again. → Исправьте и запустите снова.
Run this again. → Запустите ещё раз.
there is no database {file} yet → базы {file} пока нет
The first command makes it: notify import. → Её создаст первая команда: notify import.
{file} is whole, of schema {n}; this notify writes {n2} → {file} цела, схема {n}; эта notify пишет схему {n2}
The next command brings it up to date; take a backup first. Its rows were not looked at. → Следующая команда обновит её; сначала сделайте копию. Строки не проверены.
{file}: its pages are whole, schema {n}, {size} → {file}: страницы целы, схема {n}, {size}
{file}: every page and index is whole, schema {n}, {size} → {file}: все страницы и индексы целы, схема {n}, {size}
{file}: it cannot be used → {file}: не годится
{file}: it belongs to another program → {file}: это база другой программы
{file}: it was written by a newer notify (schema {n}, this one knows {n2}) → {file}: записана более новой notify (схема {n}, эта знает {n2})
{file}: it cannot be read: {who} has it for itself → {file}: не прочесть, её держит для себя {who}
{file}: it is damaged: {what} → {file}: повреждена: {what}
another process → другой процесс
its manifest {file} cannot be read; without one the backup is checked by itself → её опись {file} не прочесть; без описи копия проверяется сама по себе
it is not what was backed up: its SHA-256 differs from the one in {file} → это не то, что копировали: SHA-256 не такая, как в {file}
it is no database of notify → это не база notify
If it held something: notify restore FILE. Name another file in \`database\` or NOTIFY_DATABASE_URL. → Если в ней что-то было: notify restore FILE. Или назовите другой файл в \`database\` или NOTIFY_DATABASE_URL.
Wait for a restore or a migration to end; else see what that process does. → Дождитесь конца восстановления или обновления; иначе посмотрите, что делает этот процесс.
nobody keeps others from writing → никто не мешает писать
{who} keeps everybody else from writing → {who} не даёт писать другим
See what that process does; end it if it is stuck. → Посмотрите, что он делает; если завис, остановите его.
its write-ahead log has {size} → журнал упреждающей записи: {size}
its write-ahead log has grown to {size} → журнал упреждающей записи вырос до {size}
Somebody reads one old state of it for long: a tool that is left open? Close that. → Кто-то долго читает старое состояние: открытая программа? Закройте её.
{size} are free on its disk → на её диске свободно {size}
Free some space: with less than 4 MiB nothing is sent. → Освободите место: когда меньше 4 MiB, ничего не шлётся.
Free some space; notify prune makes room in the database itself. → Освободите место; в самой базе его даёт notify prune.
only its owner can read the database → читать базу может только её владелец
others on this machine can read the database → на этой машине базу могут прочесть и другие
others on this machine can change the database → на этой машине базу могут изменить и другие
there is no [gateways.{name}] in the configuration, and {messages} wait for it → в настройках нет [gateways.{name}], а его (ждёт|ждут) {messages}
Configure it, or cancel those mailings. → Настройте его или отмените эти рассылки.
it can be reached: {where} → до него можно достучаться: {where}
it cannot be reached: {why} → до него не достучаться: {why}
{file}, where it writes, cannot be written → в {file}, куда он пишет, писать нельзя
{where} does not answer within {n} ms → {where} не отвечает за {n} мс
Put the token, and nothing else, there, readable by this user alone. → Положите туда токен, и ничего больше, чтобы читал только этот пользователь.
Check its address, the network, and its certificate. → Проверьте адрес, сеть и сертификат.
messages are due there and do not move → пора слать, а сообщения не идут
See the log of the daemon, then start it anew. → Посмотрите журнал демона и запустите его заново.
it gave no reason → причины нет
it is paused by {who} → его приостановил {who}
it is paused by {who}: {why} → его приостановил {who}: {why}
it rests until {when}: {why} → отдыхает до {when}: {why}
it was down ({why}); the next message tries it → лежал ({why}); его попробует следующее сообщение
it was down, and is loaded slowly → лежал, нагружается понемногу
It is tried again then. Or: notify gateways resume {name}. → Тогда его попробуют снова. Или: notify gateways resume {name}.
Or: notify gateways resume {name}. → Или: notify gateways resume {name}.
When its cause is mended: notify gateways resume {name}. → Когда причина устранена: notify gateways resume {name}.
When its cause is mended: notify release. → Когда причина устранена: notify release.
nothing is held → ничего не остановлено
messages are in doubt since the restore of the backup of {when} → после восстановления из копии от {when} есть сомнительные сообщения
Decide about them: notify reconcile. → Решите о них: notify reconcile.
this file is not the one that sent from {file}: whoever sends next holds everything → слал не этот файл, а {file}: кто начнёт слать, остановит всё
If this one is to send, and no other copy does: notify release. → Если слать должен этот, а другие копии не шлют: notify release.
every district with recipients has a zone → у каждой области с получателями есть пояс
{districts} with recipients, and without a zone → с получателями, но без пояса: {districts}
notify districts --without-zone names them. Then notify districts edit NAME --zone ZONE, or notify import timezones FILE. → Их назовёт notify districts --without-zone. Затем notify districts edit ИМЯ --zone ПОЯС или notify import timezones FILE.
every recipient has a zone → у каждого получателя есть пояс
{recipients} without a zone: notify schedule stops at them, or skips them → без пояса {recipients}: notify schedule на них остановится или пропустит их
Give their district a zone, or one of their own: notify recipients edit WHO --zone ZONE. → Дайте пояс их области или им самим: notify recipients edit КТО --zone ПОЯС.
the counts of all mailings are those of their rows → счёт всех рассылок сходится с их строками
the counts of {mailings} are not those of their rows ({list}) → счёт не сходится со строками: {mailings} ({list})
the counts of {mailings} are not those of their rows ({list}): counted anew → счёт не сходился со строками: {mailings} ({list}); пересчитано
notify doctor --fix counts them anew. → Пересчитает notify doctor --fix.
at work: {who} → работает: {who}
daemon (process {n}) → daemon (процесс {n})
run-due (process {n}) → run-due (процесс {n})
run-due was at work {ago} → run-due работал {ago}
nobody has sent anything yet → ещё никто ничего не слал
nobody has sent anything yet, and {messages} wait → ещё никто ничего не слал, а (ждёт|ждут) {messages}
nobody sends: the last one was at work {ago} → никто не шлёт: последний работал {ago}
nobody sends: the last one was at work {ago}, and {messages} wait → никто не шлёт: последний работал {ago}, а (ждёт|ждут) {messages}
within the last minute → в последнюю минуту
{n} min ago → {n} мин назад
{n} h ago → {n} ч назад
{n} days ago → {n} дн. назад
Start notify daemon, or put notify run-due into the crontab (crontab.example). → Запустите notify daemon или впишите notify run-due в crontab (crontab.example).
nobody has noted the time yet → времени ещё никто не записал
the clock goes on from where it was → часы идут с того же места
the clock of this machine was set {way} by {hours} h since somebody was at work → часы этой машины перевели {way} на {hours} ч с тех пор, как кто-то работал
forward → вперёд
back → назад
Check it (timedatectl), and who else sets it. → Проверьте их (timedatectl) и кто ещё их переводит.
no message is in the hand of a worker that is gone → у исчезнувших процессов ничего в работе нет
{messages} in the hand of a worker that is gone → в работе у исчезнувшего процесса: {messages}
The next notify run-due, or the daemon, takes them back. → Их заберёт следующий notify run-due или демон.
mailing {n} "{name}" was never scheduled to its end: whoever did it is gone → рассылка {n} «{name}» не назначена до конца: кто это делал, исчез
The next notify run-due, or schedule, takes it back or ends it. → Следующий notify run-due или schedule уберёт её или закончит.
outcomes of {workers} that are gone lie beside the database → рядом с базой лежат итоги исчезнувших: {workers}
The next notify run-due writes them down; leave the files where they are. → Их запишет следующий notify run-due; файлы не трогайте.
an older notify works on the database, which cannot be brought up to date: {workers} → с базой работает старая notify, и обновить её нельзя: {workers}
an older notify works on a database that a newer one has changed: {workers} → старая notify работает с базой, которую изменила новая: {workers}
Stop it, and start the newer notify. → Остановите её и запустите новую notify.
`
