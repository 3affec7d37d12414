// Titles of tables, states and small words in Russian. A phrase a line: English → Russian.

export const TABLES = `
ZONE → ПОЯС
THEIR TIME → ИХ ВРЕМЯ
PROGRESS → СДЕЛАНО
TOTAL → ВСЕГО
STATE → СОСТОЯНИЕ
COUNT → ЧИСЛО
REASON → ПРИЧИНА
MAILING → РАССЫЛКА
IN DOUBT → ПОД СОМНЕНИЕМ
GATEWAY → ШЛЮЗ
TYPE → ВИД
LOAD → НАГРУЗКА
AT ONCE → СРАЗУ
RATE → СКОРОСТЬ
DUE → ПОРА
IN HAND → В РАБОТЕ
WHY → ПОЧЕМУ
ZONES → ПОЯСОВ
TO SEND → ПОСЛАТЬ
RECIPIENT → ПОЛУЧАТЕЛЬ
ADDRESS → АДРЕС
NEXT → ДАЛЕЕ
SETTLED → РЕШЕНО
TRIES → ПОПЫТКИ
MESSAGES → СООБЩЕНИЙ
SCHEDULED → ЖДУТ
SENT → ПОСЛАНО
FAILED → ОТКАЗ
ALSO → ЕЩЁ
planning → пишется
proposed → ждёт согласия
active → идёт
paused → приостановлена
cancelled → отменено
done → закончена
scheduled → ждёт
sending → в работе
sent → послано
failed → отказ
unknown → неизвестно
expired → просрочено
skipped → пропущено
unsubscribed → отписка
somebody → кто-то
blocked → блокировка
by phone: blocked → на телефон: блокировка
by e-mail: blocked → на почту: блокировка
no zone → нет пояса
no address → нет адреса
no text → нет текста
no text; it may have been taken before → нет текста; могло быть принято раньше
past → час прошёл
another recipient has this address → этот адрес у другого получателя
its time ran out before it could be sent → время вышло раньше, чем удалось послать
everybody → всем
choices → возможно
default → по умолчанию
[options] → [ключи]
[command] → [команда]
<command> → <команда>
TO → КОМУ
BY → КТО
SINCE ({zone}) → С КАКИХ ПОР ({zone})
SETTING → НАСТРОЙКА
VALUE → ЗНАЧЕНИЕ
FROM → ОТКУДА
`
