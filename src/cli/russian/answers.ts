// What commands answer, in Russian. A phrase a line: English → Russian.

export const ANSWERS = `
{file}: {form}, {columns} → {file}: {form}, {columns}
Imported {file}: {rows}: {counts}. → Принят {file}, {rows}: {counts}.
1 row says the same as one above and is left out. → 1 строка повторяет строку выше и пропущена.
{rows} say the same as one above and are left out. → {rows} повторяют строки выше и пропущены.
1 line of totals is left out. → 1 строка итогов пропущена.
{n} lines of totals are left out. → Пропущено строк итогов: {n}.
Dry run: nothing is written; {file} has {rows}: {counts}. → Проба, ничего не записано; в {file} {rows}: {counts}.
1 of these recipients unsubscribed and gets nothing. → Из этих получателей отписан и ничего не получит: 1.
{n} of these recipients unsubscribed and get nothing. → Из этих получателей отписаны и ничего не получат: {n}.
{rows} rejected: {reasons} → Отвергнуто ({rows}): {reasons}
{districts} without a zone yet: {names}. → Пока без пояса {districts}: {names}.
Give them zones: notify import timezones FILE (or --preset ru), or notify districts edit NAME --zone ZONE → Задайте пояса: notify import timezones FILE (или --preset ru) или notify districts edit ИМЯ --zone ПОЯС
{recipients} get another zone. → Другой пояс: {recipients}.
{recipients} gets another zone. → Другой пояс: {recipients}.
Nothing changes. → Ничего не меняется.
Note: {name}: {note} → Примечание: {name}: {note}
Scheduled {messages} in {zones}, first {when} as mailing {n} "{name}". → Назначено: {messages}, {zones}; первое {when}; рассылка {n} «{name}».
Dry run: would schedule {messages} in {zones}, first {when}. → Проба: было бы назначено: {messages}, {zones}; первое {when}.
Nothing added: mailing {n} "{name}" holds these already: {messages} in {zones}, first {when}. → Ничего не добавлено: рассылка {n} «{name}» уже содержит их: {messages}, {zones}; первое {when}.
Skipped: {reasons}. → Пропущено: {reasons}.
{n} unsubscribed → отписаны: {n}
{n} no zone → нет пояса: {n}
{n} no address → нет адреса: {n}
{n} no text → нет текста: {n}
{n} past → час прошёл: {n}
{n} blocked → заблокированы: {n}
{n} sent in {seconds} s → послано {n} за {seconds} с
{n} sent → послано {n}
{n} scheduled → ждут {n}
{n} skipped → пропущено {n}
{n} failed → отказано {n}
{n} unknown → неизвестно {n}
{n} expired → просрочено {n}
{n} cancelled → отменено {n}
{n} sending → в работе {n}
No mailings yet. → Рассылок пока нет.
No mailings. → Рассылок нет.
No messages. → Сообщений нет.
No messages yet. → Сообщений пока нет.
No address is blocked. → Ни один адрес не заблокирован.
{messages} in {zones}, {when} their time, through {gateway} → {messages}, {zones}, {when} по их времени, через {gateway}
Lateness: half within {half}, 99 % within {most}, all within {all} → Опоздание: половина в пределах {half}, 99 % в пределах {most}, все в пределах {all}
Dry run: 1 message is due → Проба: пора послать 1
Dry run: {n} messages are due → Проба: пора послать {n}
… {n} more (--limit, --json) → … и ещё {n} (--limit, --json)
Paused mailing {n} "{name}": {messages} wait. → Рассылка {n} «{name}» приостановлена, (ждёт|ждут) {messages}.
What is in hand finishes. → Взятое в работу закончится.
What is in flight finishes. → Посланное закончится.
Mailing {n} "{name}" was paused already: {messages} wait. → Рассылка {n} «{name}» уже была приостановлена, (ждёт|ждут) {messages}.
Resumed mailing {n} "{name}": {messages} go on. → Рассылка {n} «{name}» продолжена: {messages}.
Mailing {n} "{name}" was not paused: {messages} go on. → Рассылка {n} «{name}» не была приостановлена: {messages}.
Late ones leave between {at} and {until} on their clocks. → Опоздавшие уйдут между {at} и {until} по их часам.
Cancelled mailing {n} "{name}": {messages} will not be sent. → Рассылка {n} «{name}» отменена, не (уйдёт|уйдут) {messages}.
Mailing {n} "{name}" was cancelled already. → Рассылка {n} «{name}» уже была отменена.
Dry run: mailing {n} "{name}" would be cancelled: {messages} would never be sent. → Проба: рассылка {n} «{name}» была бы отменена, не (ушло бы|ушли бы) {messages}.
{messages} of mailing {n} "{name}" will never be sent; this cannot be undone. → Рассылка {n} «{name}»: никогда не (уйдёт|уйдут) {messages}; вернуть это нельзя.
Cancel it? → Отменить?
Do it? → Сделать?
Restore it? → Восстановить?
Held everything: {messages} wait. → Всё остановлено, (ждёт|ждут) {messages}.
Released everything: {messages} go on. → Всё пущено: {messages}.
Everything is held {how}. → Всё остановлено: {how}.
Everything is held. → Всё остановлено.
To let it go on: notify release → Пустить дальше: notify release
Paused gateway "{name}": {messages} wait. → Шлюз «{name}» приостановлен, (ждёт|ждут) {messages}.
Backed up into {file}, and checked: {what}. → Скопировано в {file} и проверено: {what}.
Its manifest: {file} → Её опись: {file}
Nothing is in doubt. → Сомнительного нет.
Wrote {file}. → Записан {file}.
Next: → Дальше:
{question} [y/N] → {question} [y/N]
Next: notify districts edit "{name}" --zone ZONE, or notify import timezones --preset ru → Дальше: notify districts edit "{name}" --zone ПОЯС или notify import timezones --preset ru
An import that still has them adds them again. Next: notify block "{address}" → Если получатель ещё есть в файле, приём добавит его снова. Дальше: notify block "{address}"
Next: {what} → Дальше: {what}
Warning: {what} → Предупреждение: {what}
Approve it? → Согласны?
Approved mailing {n} "{name}": {messages} go on. → Согласие на рассылку {n} «{name}» дано: {messages}.
Mailing {n} "{name}" was approved already, by {who}. → Согласие на рассылку {n} «{name}» уже дано: {who}.
Should it be needed: notify restore {file} → Если понадобится: notify restore {file}
{file}: in order. → {file}: в порядке.
No file: the defaults → Файла нет: по умолчанию
Change it? → Изменить?
Delete them? → Удалить?
Nothing to change: mailing {id} "{name}" says so already. → Менять нечего: рассылка {id} «{name}» уже такая.
{mailings} with {messages} older than {when} are deleted; this cannot be undone. → Будут удалены: {mailings}, {messages}, старше {when}; вернуть нельзя.
The day, as a time-lapse (in earnest: crontab runs notify run-due, or notify daemon stays up): → День в ускоренном виде (всерьёз: crontab запускает notify run-due или работает notify daemon):
`
