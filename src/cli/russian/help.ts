// Help in Russian: every day. Names of commands, options and states stay as they are typed. A phrase a line: English → Russian.

export const HELP = `
Usage: → Запуск:
Options: → Ключи:
Common options: → Общие ключи:
Arguments: → Аргументы:
Commands: → Команды:
Examples: → Примеры:
Example: → Пример:
Every day: → Каждый день:
Look closer, steer: → Посмотреть ближе, управлять:
Keep it safe: → Сохранность:
Begin, try: → Начать, попробовать:
Help: → Справка:
All commands: notify --help → Все команды: notify --help
See also: notify help exit-codes, environment, time, filters, templates, states → Смотрите также: notify help exit-codes, environment, time, filters, templates, states
send to everybody at 10:00 their own time → рассылка каждому в 10:00 по его местному времени
print the version → показать версию
list recipients → список получателей
give a tag to one recipient, or to all that the flags choose → поставить метку одному получателю или всем, кого выбирают ключи
take a tag from one recipient, or from all that the flags choose → снять метку у одного получателя или у всех, кого выбирают ключи
list districts: zone, recipients, other names → области: пояс, получатели, другие имена
the shell that is to complete → оболочка, в которой дополнять
display help for command → показать справку
read this configuration file → взять этот файл настроек
print JSON → ответить в JSON
print JSON, one object a line → ответить в JSON, по объекту на строку
print tab-separated values → ответить значениями через табуляцию
print errors only → показывать только ошибки
say more (repeatable) → говорить подробнее (можно повторять)
print without colour → без цвета
never ask → ни о чём не спрашивать
the operator's own zone → часовой пояс оператора
print the stack of an error → показать стек ошибки
the language of messages: en or ru → язык сообщений: en или ru
why, for the record → почему: останется в журнале
do it without a question → сделать без вопроса
take over recipients and time zones from files → принять получателей и часовые пояса из файлов
how the file is encoded (default: found by itself) → кодировка файла (по умолчанию определяется сама)
what stands between cells, or tab (default: found by itself) → чем разделены ячейки, или tab (по умолчанию определяется само)
what stands between cells of a CSV file (default: found by itself) → чем разделены ячейки в CSV (по умолчанию определяется само)
what a column is: a field, or the name of an attribute (repeatable) → что значит столбец: поле или имя признака (можно повторять)
import the good rows although there are bad ones (still exit code 4) → принять хорошие строки, хотя есть плохие (код выхода всё равно 4)
write the bad rows here, each with its line and the reason → записать сюда плохие строки, каждую с номером и причиной
check all rows, say what would change and change nothing → проверить все строки, сказать, что изменится, и ничего не менять
tell which district lives by which time zone → сказать, какая область по какому поясу живёт
a table that comes with notify: ru, all subjects of Russia → готовая таблица: ru, все субъекты Российской Федерации
check the table, say what would change and change nothing → проверить таблицу, сказать, что изменится, и ничего не менять
send a text to everybody at this hour of their own time → послать текст каждому в этот час по его часам
the hour on the recipient's own clock → час по часам получателя
tomorrow, today or YYYY-MM-DD (default: tomorrow) → завтра, сегодня, послезавтра или ГГГГ-ММ-ДД (по умолчанию завтра)
what to send; {{ name }} and other columns are filled in (default: defaults.text) → что послать; {{ name }} и другие столбцы подставляются (по умолчанию defaults.text)
the way out (default: defaults.gateway) → через какой шлюз (по умолчанию defaults.gateway)
how to call the mailing (default: its date and hour) → как назвать рассылку (по умолчанию по дате и часу)
where the hour is already past: fail, now, next-day or skip → где этот час уже прошёл: fail (отказ), now (сразу), next-day (завтра), skip (пропустить)
for recipients without a zone: fail, skip or a zone name → для получателей без пояса: fail (отказ), skip (пропустить) или имя пояса
the closing hour on their clock (default: 21:00, or an hour after a late --at) → до какого часа по их часам (по умолчанию 21:00, или час после позднего --at)
when to give up: 3d, 12h or an instant (default: 3d after the last planned send) → когда отступиться: 3d, 12h или момент (по умолчанию 3d после последней отправки)
write the rows no faster than this, such as 5000/s → писать строки не быстрее, например 5000/s
show the plan and write nothing → показать план и ничего не записать
only recipients with this tag (repeatable: any of them) → только с этой меткой (можно повторять: любая из них)
only recipients without this tag (repeatable) → только без этой метки (можно повторять)
only phones with this operator code (repeatable) → только телефоны с этим кодом оператора (можно повторять)
only recipients of this district (repeatable) → только из этой области (можно повторять)
only recipients that live by this zone (repeatable) → только живущие по этому поясу (можно повторять)
only recipients with this attribute (repeatable) → только с этим признаком (можно повторять)
only recipients whom no message has reached yet → только те, до кого ещё ничего не дошло
send everything that is due now, then end (for crontab) → послать всё, чему пришло время, и закончить (для crontab)
claim nothing more after this time, for example 50s → после этого времени ничего нового не брать, например 50s
join in when another process is sending already → присоединиться, если другой процесс уже шлёт
end with exit code 75 when another process is sending already → кончить с кодом 75, если другой процесс уже шлёт
print lasting trouble at most this often → о долгой неполадке сообщать не чаще
count what is due and send nothing → посчитать, чему пришло время, и ничего не слать
keep sending whatever becomes due, until told to stop → слать всё, чему приходит время, пока не остановят
time for messages in flight after SIGTERM or Ctrl-C → сколько ждать посланного после SIGTERM или Ctrl-C
start although another daemon works on this database → запуститься, хотя с этой базой уже работает другой демон
show how mailings went: by state, by zone, how late → показать, как идут рассылки: по состояниям, поясам, опозданию
its number or its name (default: all mailings) → номер или имя (по умолчанию все рассылки)
show at most so many rows (default: 50; with --json all) → показать не больше строк (по умолчанию 50; с --json все)
show at most so many (default: 50; with --json all) → показать не больше (по умолчанию 50; с --json все)
only those in this state → только в этом состоянии
`
