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
`
