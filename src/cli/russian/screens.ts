// Labels, states by whose they are, and what stands on screens, in Russian. A phrase a line: English → Russian; 'label|to'
// is 'to' as a label (look.ts).

export const SCREENS = `
label|state → состояние
label|as number → числом
label|import → приём
label|file → файл
label|other names → другие имена
label|fields → поля
label|tag → метка
label|unsubscribed by admin → отписан оператором
label|in hand → в работе
label|to → кому
label|their time → их время
label|your time → ваше время
label|ends → конец
label|messages → сообщений
label|progress → сделано
label|scheduled → назначена
label|approved → согласие
label|mailing → рассылка
label|recipient → получатель
label|address → адрес
label|promised → обещано
label|next → далее
label|hours → часы
label|tries → попыток
label|settled → решено
label|gateway → шлюз
label|key → ключ
label|phone → телефон
label|e-mail → почта
label|contact → контакт
label|inn → ИНН
label|district → область
label|zone → пояс
label|tags → метки
label|external id → код
label|gets nothing → не получает
label|added → добавлен
label|changed → изменён
label|name → имя
label|text → текст
label|hour → час
label|day → день
label|until → до
label|for → для
label|length → длина
label|longest of → длиннее всех
label|blank → пусто
for {recipients}: nothing is sent to them → для {recipients}: им ничего не посылается
it says nothing to them, so nothing is sent → текст пуст, поэтому не посылается
label|empty → пусто
label|unknown → неизвестны
label|not used → не вошли
label|zones → поясов
label|on → день
label|at → час
label|number of the text → текст №
label|audience → кому
label|attempt → попытка
label|the gateway's number → номер у шлюза
label|message → сообщение
label|count → число
label|states → состояния
label|any hour → в любой час
label|sending → в работе
label|sent → послано
label|failed → отказ
label|expired → просрочено
label|cancelled → отменено
label|skipped → пропущено
label|{mstate} ({why}) → {mstate} ({why})
edit|FROM → БЫЛО
edit|TO → СТАНЕТ
check|ok → норма
check|warn → внимание
check|error → ошибка
gateway|up → работает
gateway|paused → приостановлен
gateway|resting → отдыхает
gateway|probing → проверяется
gateway|ramping → разгоняется
gateway|not configured → нет в настройках
gateway|stalled → застрял
mailing|cancelled → отменена
mailing {n} → рассылка {n}
Mailing {n} "{name}" → Рассылка {n} «{name}»
mailing {n} "{name}" → рассылка {n} «{name}»
message {n} → сообщение {n}
message {n} "{name}" → сообщение {n} «{name}»
message {n} of mailing {n2} "{name}" for {who} → сообщение {n} рассылки {n2} «{name}» для {who}
recipient {n} → получатель {n}
recipient {n} "{name}" → получатель {n} «{name}»
Recipient {n} "{name}" → получатель {n} «{name}»
Recipient {n} → получатель {n}
attempt {n} → попытка {n}
(the district's) → (по области)
(operator code {n}) → (код оператора {n})
none: nothing can be scheduled → нет: назначить ничего нельзя
no name → без имени
unsubscribed by an administrator → отписка администратором
unsubscribed, unsubscribed by an administrator → отписка, отписка администратором
(who joins later too) → (и кто появится позже)
by phone through {name} → по телефону, через {name}
by email through {name} → почтой, через {name}
audience|tagged {text} → с меткой {text}
audience|not tagged {text} → без метки {text}
audience|operator code {text} → код оператора {text}
audience|in {text} → из {text}
audience|by the clock of {text} → по часам {text}
audience|never reached before → до кого ещё не доходило
audience|or → или
label|by {name} → {name}
{messages} in {zones} → {messages}, {zones}
any: an operator said now → любые: оператор велел сразу
label|{text} there → {text} там
, its number {ref} → , его номер {ref}
(resend {n}) → (повтор {n})
nobody: no recipient can be reached, so nothing is filled in → никого: достать некого, подставлять нечего
{name} (recipient {n}) → {name} (получатель {n})
{characters}, {n} SMS ({size}) → {characters}, {n} СМС ({size})
{n} at {n2} a piece, {encoding} → {n} по {n2} в каждом, {encoding}
{n} at {n2} a piece, {encoding} because of {letters} → {n} по {n2} в каждом, {encoding} из-за {letters}
{variables}: no recipient column answers, so it cannot be scheduled → {variables}: нет ни у одного получателя, назначить нельзя
label|{text} and {n} more → {text} и ещё {n}
gateway|since {text} → с {text}
gateway|until {text} → до {text}
gateway|full speed {text} → полная скорость {text}
due messages do not move → сообщения не идут
failed, unknown or expired → отказ, неизвестно или просрочено
still to be sent → ещё послать
no reason → без причины
no district → нет области
no code → нет кода
no zone yet → пояса пока нет
default (the system) → по умолчанию (система)
Do: → Сделайте:
All is well. → Всё в порядке.
{errors}, {warnings}. → {errors}, {warnings}.
mailing {n} "{name}" ({state}): {counts} → рассылка {n} «{name}» ({state}): {counts}
mailing {n} "{name}" ({state}): {messages}, {n2} of them due the next day → рассылка {n} «{name}» ({state}): {messages}, из них на следующий день {n2}
everything is held by {who} since {when} → всё остановлено: {who} с {when}
everything is held by {who} since {when}: {why} → всё остановлено: {who} с {when}: {why}
gateway {name}: {gstate} ({why}), {messages} wait → шлюз {name}: {gstate} ({why}), (ждёт|ждут) {messages}
gateway {name}: {gstate}, {messages} wait → шлюз {name}: {gstate}, (ждёт|ждут) {messages}
gateway {name}: {gstate} ({why}), {messages} wait; due messages do not move → шлюз {name}: {gstate} ({why}), (ждёт|ждут) {messages}; сообщения не идут
gateway {name}: {gstate}, {messages} wait; due messages do not move → шлюз {name}: {gstate}, (ждёт|ждут) {messages}; сообщения не идут
`
