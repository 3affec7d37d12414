// What commands that change something answer, and the words of the record, in Russian. A phrase a line: English → Russian.

export const ACTS = `
Dry run: {districts}: {counts}. → Проба: {districts}: {counts}.
{districts}: {counts}. → {districts}: {counts}.
{n} added → добавлено {n}
{n} changed → изменено {n}
{n} unchanged → без изменений {n}
{n} unchanged ({n2} left as they are, although the rows say something else) → без изменений {n} (из них оставлены прежними, хотя строки говорят другое: {n2})
{n} rejected → отвергнуто {n}
Dry run: would change {who}: → Проба: изменился бы {who}:
Changed {who}: → Изменён {who}:
Dry run: would change {name}: {changes}. → Проба: изменилось бы: «{name}»: {changes}.
Changed {name}: {changes}. → Изменено: «{name}»: {changes}.
zone {a} {arrow} {b} → пояс {a} {arrow} {b}
name {arrow} {name} → имя {arrow} {name}
also called {name} → также {name}
Nothing of {who} is another than it was. → Ничего не изменилось: {who}.
none → нет
nothing → пусто
Tagged {recipients} {name}. → Метка «{name}» поставлена: {recipients}.
{n} had it already. → Уже была у {n}.
Took the tag from {recipients}. → Метка снята: {recipients}.
Dry run: would tag {recipients} {name}. → Проба: метка «{name}» была бы поставлена: {recipients}.
Dry run: would tag all recipients that the flags choose {name}. → Проба: метка «{name}» была бы поставлена всем, кого выбирают ключи.
Dry run: would take the tag from {who}. → Проба: метка была бы снята: {who}.
all recipients that the flags choose → все, кого выбирают ключи
Recipient {n} "{name}" was unsubscribed already, by their own word. → Получатель {n} «{name}» уже отписан, по его слову.
Recipient {n} "{name}" was unsubscribed already, by an administrator. → Получатель {n} «{name}» уже отписан, администратором.
Unsubscribed {who}, by their own word. → Отписан {who}, по его слову.
Unsubscribed {who}, by an administrator. → Отписан {who}, администратором.
{waiting_messages} of theirs will not be sent. → Не (уйдёт|уйдут) {waiting_messages}.
{waiting_messages} of theirs will be sent. → (Уйдёт|Уйдут) {waiting_messages}.
{who} was not unsubscribed. → Не отписан: {who}.
Subscribed {who} again: lifted {what}. → Снова подписан {who}: снято {what}.
their own word → его слово
the administrator's decision → решение администратора
their own word and the administrator's decision → его слово и решение администратора
Dry run: would forget {who}; {waiting_messages} would never be sent. → Проба: был бы забыт {who}; не (ушло бы|ушли бы) {waiting_messages}.
All that is known of {who} will be erased, also in their messages; {waiting_messages} will never be sent. This cannot be undone. → Будет стёрто всё, что известно ({who}), и в сообщениях; никогда не (уйдёт|уйдут) {waiting_messages}. Вернуть нельзя.
Forgot {who}. → Забыт {who}.
{who} was removed already. → Уже удалён: {who}.
Their messages stay, without address and text. → Сообщения остаются, без адреса и текста.
{waiting_messages} cancelled. → (Отменено|Отменены) {waiting_messages}.
{messages} may have been sent: unknown. → (Могло уйти|Могли уйти) {messages}: неизвестно.
{messages} in flight may still arrive. → Ещё (может|могут) дойти {messages} в пути.
1 was removed by you and stays out; --revive takes them back. → 1 был удалён вами и не принят; вернуть: --revive.
{n} were removed by you and stay out; --revive takes them back. → Удалены вами и не приняты: {n}; вернуть: --revive.
{n} had been removed by you and is taken back. → Был удалён вами и принят снова: {n}.
{n} had been removed by you and are taken back. → Были удалены вами и приняты снова: {n}.
Wrote {recipients} into {file}. → Записано в {file}: {recipients}.
Dry run: would block {addresses}. → Проба: было бы заблокировано: {addresses}.
Blocked {addresses}, {n} was blocked already. → Заблокировано: {addresses}, уже раньше: {n}.
Blocked {addresses}, {n} were blocked already. → Заблокировано: {addresses}, уже раньше: {n}.
Dry run: would block {addresses}, {n} was blocked already. → Проба: было бы заблокировано: {addresses}, уже раньше: {n}.
Dry run: would block {addresses}, {n} were blocked already. → Проба: было бы заблокировано: {addresses}, уже раньше: {n}.
{n} recipient has one of them and gets nothing there. → Туда ничего не получат получателей: {n}.
{n} recipients have them and get nothing there. → Туда ничего не получат получателей: {n}.
{lines} rejected: {reasons} → Отвергнуто ({lines}): {reasons}
{n} was not blocked. → Не был заблокирован: {n}.
{n} were not blocked. → Не были заблокированы: {n}.
Nothing leaves yet: it waits for notify mailings approve {n} by another person. → Пока ничего не уйдёт: нужно, чтобы другой человек сказал notify mailings approve {n}.
Edited mailing {n} "{name}": {changes}. → Рассылка {n} «{name}» изменена: {changes}.
Would edit mailing {n} "{name}". → Рассылка {n} «{name}» была бы изменена.
Would edit mailing {n} "{name}": {changes}. → Рассылка {n} «{name}» была бы изменена: {changes}.
Dry run: would edit mailing {n} "{name}". → Проба: рассылка {n} «{name}» была бы изменена.
Dry run: would edit mailing {n} "{name}": {changes}. → Проба: рассылка {n} «{name}» была бы изменена: {changes}.
{messages} move → переносятся {messages}
{messages} moves → переносится {messages}
{messages} join → добавляются {messages}
{messages} joins → добавляется {messages}
{messages} are dropped from the mailing → (исключается|исключаются|исключаются) из рассылки {messages}
{messages} is dropped from the mailing → исключается из рассылки {messages}
{n} are taken already and stay. → Уже взяты и останутся: {n}.
1 is taken already and stays. → Уже взято и останется: 1.
It waits for approval again. → Снова нужно согласие.
it stays "{name}": another mailing is named "{name2}" → имя остаётся «{name}»: другая рассылка уже зовётся «{name2}»
Dry run: would move {messages} of {mailings}. → Проба: было бы перенесено: {messages}, {mailings}.
Would move {messages} of {mailings}. → Было бы перенесено: {messages}, {mailings}.
Moved {messages} of {mailings}. → Перенесено: {messages}, {mailings}.
Nothing to move in {mailings}. → Переносить нечего: {mailings}.
{zone}: {messages}, {when} → {zone}: {messages}, {when}
{messages} that had been skipped can be sent now → были пропущены, а теперь могут уйти: {messages}
{messages} cannot be sent any more → больше не могут уйти: {messages}
{messages} keep their zone: their recipients have none any more → остаются в прежнем поясе: {messages}; у получателей пояса больше нет
{messages} keeps its zone: its recipient has none any more → остаётся в прежнем поясе: {messages}; у получателя пояса больше нет
Dry run: {what} would never be sent. → Проба: {what} никогда не ушло бы.
Cancelled {what}: it will not be sent. → Отменено {what}: не уйдёт.
Cancelled {what}: it may have left before, so it is unknown now. → Отменено {what}: могло уйти раньше, теперь неизвестно.
Message {n} of mailing {n2} "{name}" for {who} was cancelled already. → Сообщение {n} рассылки {n2} «{name}» для {who} уже было отменено.
Dry run: {what} would be sent now, at {time} there. → Проба: {what} ушло бы сейчас, там {time}.
Message {n} of mailing {n2} "{name}" for {who} is due now, at {time} there. → Сообщение {n} рассылки {n2} «{name}» для {who} пора слать: там {time}.
notify run-due, unless a daemon or cron is at work → notify run-due, если не работает демон или cron
by {name} since {when} → {name} с {when}
by {name} since {when}: {why} → {name} с {when}: {why}
Everything was held already, {how}. → Всё уже было остановлено: {how}.
{messages}, {n} of them due now, wait. → (Ждёт|Ждут) {messages}, из них пора сейчас {n}.
{messages} wait. → (Ждёт|Ждут) {messages}.
Everything was held already, {how}. {messages}, {n} of them due now, wait. → Всё уже было остановлено: {how}. (Ждёт|Ждут) {messages}, из них пора сейчас {n}.
Everything was held already, {how}. {messages} wait. → Всё уже было остановлено: {how}. (Ждёт|Ждут) {messages}.
Held everything: {messages}, {n} of them due now, wait. → Всё остановлено, (ждёт|ждут) {messages}, из них пора сейчас {n}.
Released everything: {messages}, {n} of them due now, go on. → Всё пущено: {messages}, из них пора сейчас {n}.
Nothing was held: {messages}, {n} of them due now, go on. → Ничего не было остановлено: {messages}, из них пора сейчас {n}.
Nothing was held: {messages} go on. → Ничего не было остановлено: {messages}.
From now on {file} sends. → Теперь шлёт {file}.
Make sure that the file that sent before does not. → Убедитесь, что прежний файл больше не шлёт.
Make sure that the file that sent before does not: {file}. → Убедитесь, что прежний файл больше не шлёт: {file}.
Gateway "{name}" was paused already, by {who} at {when}: {messages} wait. → Шлюз «{name}» уже приостановлен ({who}, {when}), (ждёт|ждут) {messages}.
Resumed gateway "{name}": {messages} go on, {how}. → Шлюз «{name}» пущен: {messages}, {how}.
Set the speed of gateway "{name}": {messages} go on, {how}. → Скорость шлюза «{name}» задана: {messages}, {how}.
Ended the rest of gateway "{name}": {messages} go on, {how}. → Отдых шлюза «{name}» кончен: {messages}, {how}.
Gateway "{name}" was not paused: {messages} go on. → Шлюз «{name}» не был приостановлен: {messages}.
once it is configured → когда будет настроен
at full speed at once → сразу на полной скорости
slowly at first, at full speed from {when} on → сначала понемногу, на полной скорости с {when}
{messages} of mailing {n} "{name}" ({counts}) would be sent once more. → {messages} рассылки {n} «{name}» ({counts}): ушли бы ещё раз.
Dry run: {messages} of mailing {n} "{name}" ({counts}) would be sent once more. → Проба: рассылка {n} «{name}», ещё раз (ушло бы|ушли бы) {messages} ({counts}).
{messages} of mailing {n} "{name}" ({counts}) will be sent once more, between {at} and {until} on their clocks, until {when}. → Рассылка {n} «{name}», ещё раз (уйдёт|уйдут) {messages} ({counts}), между {at} и {until} по их часам, до {when}.
Nothing to retry in mailing {n} "{name}". → Рассылка {n} «{name}»: повторять нечего.
Dry run: nothing to retry in mailing {n} "{name}". → Проба: рассылка {n} «{name}»: повторять нечего.
they get new keys → ключи у них новые
gateway "{name}" does not honour keys → шлюз «{name}» не смотрит на ключи
{messages} of mailing {n} "{name}" may have arrived already, and {why}: whoever got it gets it twice. → Рассылка {n} «{name}»: уже (могло дойти|могли дойти) {messages}, и {why}: кто получил, получит дважды.
{n} of them may have arrived already: they keep their keys and their texts. → Из них уже могли дойти {n}: ключи и тексты у них прежние.
{messages} may have arrived, and the gateway has forgotten the keys by now: left as they are. → (Могло дойти|Могли дойти) {messages}, а ключи шлюз уже забыл: оставлены как есть.
With --as-new they are sent, and whoever got it gets it twice. → С --as-new они уйдут, и кто получил, получит дважды.
The mailing stays paused: notify mailings resume {n} → Рассылка остаётся приостановленной: notify mailings resume {n}
`
