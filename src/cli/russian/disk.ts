// Files in Russian: what was erased, whose they are. A phrase a line: English → Russian.

export const DISK = `
What was erased stands in {file} still: another process read or wrote all the time. → Стёртое ещё есть в {file}: другой процесс всё время читал или писал.
It is gone when the last process closes the database, or with the next recipients remove, edit, prune or import undo. → Оно исчезнет, когда базу закроет последний процесс или при следующем recipients remove, edit, prune или import undo.
What an older notify deleted of them may stand in free pages. Next: notify doctor --fix → Удалённое прежней версией может стоять в свободных страницах. Дальше: notify doctor --fix
what was deleted is overwritten → удалённое затёрто
what an older notify deleted may stand in free pages of the database → удалённое прежней версией может стоять в свободных страницах базы
notify doctor --fix writes the file ({size}) anew, once; nobody else can write meanwhile. → notify doctor --fix перепишет файл ({size}) заново, один раз; другие в это время писать не смогут.
{what}, and somebody works on it → {what}, а с ней работают
Stop the daemon and cron, then notify doctor --fix. → Остановите демона и cron, затем notify doctor --fix.
{what}, and there is no room on the disk to write the file ({size}) anew → {what}, а места на диске, чтобы переписать файл ({size}), нет
Free three times that much, then notify doctor --fix. → Освободите втрое больше, затем notify doctor --fix.
{what}: the file was written anew → {what}: файл переписан заново
{file} cannot be read by {who}: it belongs to {owner}, mode {n} → {file} не прочесть пользователю {who}: владелец {owner}, права {n}
{file} cannot be written by {who}: it belongs to {owner}, mode {n} → в {file} не записать пользователю {who}: владелец {owner}, права {n}
{folder} cannot be entered by {who}: it belongs to {owner}, mode {n} → в {folder} не войти пользователю {who}: владелец {owner}, права {n}
{who} may not write in {folder}, which belongs to {owner}, mode {n} → {who} не может писать в {folder}: владелец {owner}, права {n}
{file} cannot be written: its file system, {folder}, is read-only → в {file} не записать: файловая система {folder} только для чтения
Next: sudo mount -o remount,rw {folder}; where it became so by itself, look at the disk first: dmesg → Дальше: sudo mount -o remount,rw {folder}; если так стало само, сначала посмотрите на диск: dmesg
Next: {command}. Or run notify as its owner: {other} → Дальше: {command}. Или запускайте notify от имени владельца: {other}
Next: {command}, and name a file in it. → Дальше: {command} и назовите файл в ней.
{file} hinders nobody any more → {file} больше не мешает
Outcomes of a worker that is gone are in it: while it cannot be read, its messages are sent again, with the same keys. → Там итоги исчезнувшего процесса: пока их не прочесть, его сообщения шлются снова, с теми же ключами.
it works again; it was: {why} → снова работает; было: {why}
{file} was never finished ({size}): its process is gone → {file} не дописан ({size}), его процесса больше нет
The next command that writes into its folder removes it. → Его удалит следующая команда, которая пишет в его папку.
{file} was never finished ({size}): its process was of another machine or container → {file} не дописан ({size}), его процесс был на другой машине или в другом контейнере
If nothing of ours runs there any more, delete it. → Если там больше ничего нашего не работает, удалите его.
"{file}" is a configuration → «{file}»: это файл настроек
"{file}" is the token of gateway "{name}" → «{file}»: это токен шлюза «{name}»
"{file}" is the outbox of gateway "{name}" → «{file}»: это outbox шлюза «{name}»
"{file}" is a database that is in use → «{file}»: это база, с которой работают
"{file}" is a part of the database beside it → «{file}»: это часть базы рядом с ним
"{file}" is a database → «{file}»: это база данных
"{file}" is a link → «{file}»: это ссылка
Name the file itself. → Назовите сам файл.
"{file}", where its manifest would be, is something else → «{file}» на месте её описи: это что-то другое
nobody reads the pipe "{file}" → канал «{file}» никто не читает
Start whoever reads it, then run the command again. → Запустите того, кто его читает, и повторите команду.
stopped: "{file}" is not whole → остановлено: «{file}» неполный
replace a reject file that is there → заменить файл отвергнутых, если он есть
the current folder is gone, or may not be looked at → текущей папки больше нет, или смотреть на неё нельзя
Change into another: cd → Перейдите в другую: cd
standard output is {file} → стандартный вывод: {file}
the database itself, or belongs to it → это сама база или её часть
`
