// Help, titles and small words of the address book and of the day, in Russian. A phrase a line: English → Russian.

export const DAY_HELP = `
list, look at and keep the people of the address book → адресная книга: посмотреть, найти, изменить
list districts with their zones, change one → области и их пояса, изменить одну
tell what happened to a mailing, a message or a recipient, in the order of time → рассказать по порядку, что было с рассылкой, сообщением или получателем
tell how a day went, as text that can be mailed → рассказать, как прошёл день: текст для письма
list messages; show, cancel or send one now → сообщения: список, показать, отменить или послать сейчас
show what a text becomes for a recipient, and how many SMS that is → показать, каким будет текст для получателя и сколько это СМС
send one test message at once, to an address of your own → сразу послать одну пробу на свой адрес
send a mailing once more, only to those who did not get it → послать рассылку ещё раз, только тем, кто её не получил
print the script that completes commands, flags and values at TAB → напечатать скрипт, дополняющий команды, ключи и значения по TAB
recipients that join later get it too, until the day is over (default: the same) → кто появится позже, тоже получит, пока день не кончился (по умолчанию так же)
they do not → они не получат
the words are one line of bash → слова одной строкой bash
only those that have no zone yet → только те, у кого ещё нет пояса
give a district a zone, a name, or another name beside it → дать области пояс, имя или ещё одно имя
say what would change and change nothing → сказать, что изменится, и ничего не менять
what it is also called, or its id in your books (repeatable) → как ещё называется, или её номер в ваших книгах (можно повторять)
what it is called from now on; the old name still finds it → как называется впредь; по старому имени она тоже найдётся
such as Asia/Yakutsk or UTC+3 → например Asia/Yakutsk или UTC+3
count messages anew where the counts are not those of the rows; overwrite what older versions deleted → пересчитать сообщения там, где счёт разошёлся со строками; затереть удалённое прежними версиями
of an SQLite database: a select that gives names and zones → для базы SQLite: select с именами и поясами
of an SQLite database: the table of districts (default: found by itself) → для базы SQLite: таблица областей (по умолчанию находится сама)
take back people whom notify recipients remove removed (default: they stay out) → вернуть тех, кого удалила notify recipients remove (по умолчанию не принимаются)
of a workbook: a sheet, by its name or number (default: the first with something in it) → для книги: лист по имени или номеру (по умолчанию первый непустой)
take back the last import of recipients → взять назад последний приём получателей
say what would be taken back and change nothing → сказать, что будет взято назад, и ничего не менять
of an SQLite database: a select instead of a table → для базы SQLite: select вместо таблицы
of an SQLite database: the table of suppliers (default: found by itself) → для базы SQLite: таблица поставщиков (по умолчанию находится сама)
where a row says something else about somebody known → если строка говорит о знакомом другое
where two people with ids of their own have one phone → если у двоих, у каждого со своим кодом, один телефон
take over recipients from a file (CSV, a workbook, SQLite, JSON lines), or - for standard input → принять получателей из файла (CSV, книга, SQLite, строки JSON) или - для стандартного ввода
tell at most so many acts, the newest (default: 200) → рассказать не больше стольких действий, новейшие (по умолчанию 200)
move what waits to the zones that recipients have by now → перенести ждущее в нынешние пояса получателей
show what would move and change nothing → показать, что перенесётся, и ничего не менять
show all that is known of one message → показать всё об одном сообщении
end one message: it is never sent → отменить одно сообщение: оно не уйдёт
send one message at once, whatever the hour is there → послать одно сообщение сразу, какой бы час там ни был
for the one for whom it is longest → для того, у кого он длиннее всего
for this one: number, phone or e-mail (default: the first of the audience) → для этого: номер, телефон или почта (по умолчанию первый из адресатов)
the way out, which says who can be reached (default: the mailing's) → шлюз, от которого зависит, кого можно достать (по умолчанию шлюз рассылки)
this text (default: the mailing's, else defaults.text) → этот текст (по умолчанию текст рассылки, иначе defaults.text)
its number or its name (default: no mailing, all recipients) → номер или имя (по умолчанию без рассылки, все получатели)
only those with this in name, phone, e-mail or external id → только те, у кого это есть в имени, телефоне, почте или внешнем коде
only recipients with an address on the blocklist → только те, чей адрес заблокирован
only recipients who unsubscribed, or were by an administrator → только отписанные, сами или администратором
their number in your own books → их код в ваших книгах
an attribute (repeatable); name= takes it away → признак (можно повторять); имя= убирает его
a tag to add (repeatable) → добавить метку (можно повторять)
their own zone, such as Asia/Yakutsk or UTC+3 → свой пояс, например Asia/Yakutsk или UTC+3
gives the zone, where they have none of their own → даёт пояс, если своего нет
where they are → где находятся
tax number → ИНН
whom to talk to → с кем говорить
of the person or the firm → человека или фирмы
one plain address → один простой адрес
in any spelling; one of another country begins with + → в любой записи; иностранный начинается с +
empty this field (repeatable) → очистить это поле (можно повторять)
say how many there are and change nothing → сказать, сколько их, и ничего не менять
all recipients, where no other flag chooses → все получатели, если больше ничего не выбрано
add one recipient, by the rules of an import → добавить одного получателя по правилам приёма
change some fields of one recipient; the others stay → изменить некоторые поля получателя; остальные останутся
show the difference and change nothing → показать разницу и ничего не менять
forget a person: fields, addresses and texts are erased for ever → забыть человека: поля, адреса и тексты стираются навсегда
say what would be erased and change nothing → сказать, что будет стёрто, и ничего не менять
write nothing more to one recipient, whatever is scheduled → больше не писать получателю, что бы ни было назначено
an administrator's decision, not their own word → решение администратора, а не их слово
write to one recipient again, whoever had unsubscribed them → снова писать получателю, кто бы его ни отписал
show all that is known of one: fields, messages, what was done → показать всё о получателе: поля, сообщения, что делали
only those behind this number → только после этого номера
Write the number of a recipient. → Пишите номер получателя.
write recipients into a file, or - for standard output → записать получателей в файл или - для стандартного вывода
replace a file that is there → заменить файл, который уже есть
default: by the ending of the file → по умолчанию по окончанию имени файла
today, yesterday or YYYY-MM-DD, by the clock of --tz → today, yesterday или ГГГГ-ММ-ДД, по часам --tz
of one day; the only report so far → за один день; пока единственный отчёт
Allowed choices are {text}. → Возможно: {text}.
say what would be sent and change nothing → сказать, что будет послано, и ничего не менять
when to give up: 3d, 12h from now, or an instant (default: in 3d at the earliest) → когда отступиться: через 3d, 12h или момент (по умолчанию не раньше чем через 3d)
new keys also for what may have arrived: whoever got it gets it twice → новые ключи и для того, что могло дойти: кто получил, получит дважды
retry at most so many → повторить не больше
only this phone or e-mail address → только этот телефон или почта
only those whose reason contains this, in any case → только те, в чьей причине есть это, в любом регистре
only those in this state (repeatable; default: failed) → только в этом состоянии (можно повторять; по умолчанию failed)
recipients that join later get it too, until the day is over → кто появится позже, тоже получит, пока день не кончился
show it anew every 2 seconds, until the mailing is over → показывать заново каждые 2 секунды, пока рассылка не кончится
print CSV that Excel opens → напечатать CSV для Excel
count the messages by this → посчитать сообщения по этому
the way out, without a mailing (default: defaults.gateway) → через какой шлюз, если без рассылки (по умолчанию defaults.gateway)
what to send, without a mailing (default: defaults.text) → что послать, если без рассылки (по умолчанию defaults.text)
where to: one of test_addresses in notify.toml → куда: один из test_addresses в notify.toml
its number or its name: its text goes through its gateway → номер или имя: её текст уйдёт через её шлюз
DISTRICT → ОБЛАСТЬ
RECIPIENTS → ПОЛУЧАТЕЛЕЙ
HOUR → ЧАС
HOUR ({zone}) → ЧАС ({zone})
MESSAGE → СООБЩЕНИЕ
SETTLED ({zone}) → РЕШЕНО ({zone})
WHO → КТО
DID → ЧТО СДЕЛАЛ
WHAT → ЧТО
MORE → ПОДРОБНЕЕ
NAME → ИМЯ
PHONE → ТЕЛЕФОН
E-MAIL → ПОЧТА
EXTERNAL ID → КОД
TAGS → МЕТКИ
OPERATOR CODE → КОД ОПЕРАТОРА
HALF WITHIN → ПОЛОВИНА ЗА
SENT THEN → УШЛО ТОГДА
ALL → ВСЕ
99 % → 99 %
planned → по плану
mailing scheduled → рассылка назначена
mailing edited → рассылка изменена
mailing paused → рассылка приостановлена
mailing resumed → рассылка продолжена
mailing cancelled → рассылка отменена
mailing approved → согласие дано
mailing {state} now → сейчас рассылка: {state}
first message sent → первое сообщение послано
message sent, the latest so far → послано сообщение, пока последнее
last message sent → последнее сообщение послано
message due → срок сообщения
message {mstate} → сообщение: {mstate}
again later → ещё раз позже
recipient added → получатель добавлен
recipient changed → получатель изменён
recipient unsubscribed → получатель отписан
`
