// What is said of texts, and of slips when a mailing is scheduled, in Russian. A phrase a line: English → Russian.

export const TEXTS = `
nobody has the tag "{name}". → метки «{name}» нет ни у кого.
nobody has the tag "{name}". Did you mean "{name2}"? → метки «{name}» нет ни у кого. Может быть, «{name2}»?
there is no district "{name}". → области «{name}» нет.
there is no district "{name}". Did you mean "{name2}"? → области «{name}» нет. Может быть, «{name2}»?
{when} is more than a year ahead. → До {when} больше года.
Schedule it for that day? → Назначить на этот день?
a day more than a year ahead is meant so → день, до которого больше года, назван верно
`
