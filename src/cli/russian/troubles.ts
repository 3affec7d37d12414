// What stands in mailings that an operator should hear of, in Russian. A phrase a line: English → Russian.

export const TROUBLES = `
mailing {id} "{name}": {messages} failed → рассылка {id} «{name}»: {messages} с отказом
mailing {id} "{name}": {messages} failed: {why} → рассылка {id} «{name}»: {messages} с отказом: {why}
mailing {id} "{name}": {messages} failed, {n} of them: {why} → рассылка {id} «{name}»: {messages} с отказом, из них {n}: {why}
mailing {id} "{name}": {messages} expired → рассылка {id} «{name}»: {messages} просрочено
mailing {id} "{name}": {messages} expired: {why} → рассылка {id} «{name}»: {messages} просрочено: {why}
mailing {id} "{name}": {messages} expired, {n} of them: {why} → рассылка {id} «{name}»: {messages} просрочено, из них {n}: {why}
mailing {id} "{name}": of {messages} nobody knows whether they arrived → рассылка {id} «{name}»: дошло или нет, неизвестно: {messages}
mailing {id} "{name}": of {messages} nobody knows whether they arrived: {why} → рассылка {id} «{name}»: дошло или нет, неизвестно: {messages}: {why}
mailing {id} "{name}": of {messages} nobody knows whether they arrived, {n} of them: {why} → рассылка {id} «{name}»: дошло или нет, неизвестно: {messages}, из них {n}: {why}
mailing {id} "{name}" paused itself: {why} → рассылка {id} «{name}» приостановила себя сама: {why}
restored: it may have been sent after the backup of {when} → восстановлено: возможно, послано после копии от {when}
too many were refused → слишком много отказов
{n} of its last {n2} messages were refused ({why}) → отказано в {n} из последних {n2} ({why})
When its cause is mended, this sends to them again: notify retry {id} → Когда причина устранена, им пошлёт снова: notify retry {id}
Their time ran out; this sends to them all the same: notify retry {id} --state expired → Их время вышло; всё равно пошлёт им: notify retry {id} --state expired
When its cause is mended: notify mailings resume {id} for the rest, and notify retry {id} for the refused. → Когда причина устранена: notify mailings resume {id} для остальных и notify retry {id} для отвергнутых.
Ask the gateway; this sends to them again, whoever got it perhaps twice: notify retry {id} --state unknown → Спросите шлюз; это пошлёт им снова, а кто получил, получит, может быть, дважды: notify retry {id} --state unknown
notify: mailing {id} "{name}" is not paused any more → notify: рассылка {id} «{name}» больше не приостановлена
notify: mailing {id} "{name}" has no failed messages any more → notify: в рассылке {id} «{name}» больше нет сообщений с отказом
notify: mailing {id} "{name}" has no unknown messages any more → notify: в рассылке {id} «{name}» больше нет неизвестных сообщений
notify: mailing {id} "{name}" has no expired messages any more → notify: в рассылке {id} «{name}» больше нет просроченных сообщений
no message has the key "{name}" → ни у какого сообщения нет ключа «{name}»
Keys are in notify messages list MAILING --json. → Ключи показывает notify messages list РАССЫЛКА --json.
And {n} more: notify stats → И ещё {n}: notify stats
no message of the last days failed, expired or is unknown → за последние дни нет сообщений с отказом, просроченных и неизвестных
`
