// What is said of texts, and of slips when a mailing is scheduled, in Russian. A phrase a line: English → Russian.

export const TEXTS = `
nobody has the tag "{name}". → метки «{name}» нет ни у кого.
nobody has the tag "{name}". Did you mean "{name2}"? → метки «{name}» нет ни у кого. Может быть, «{name2}»?
there is no district "{name}". → области «{name}» нет.
there is no district "{name}". Did you mean "{name2}"? → области «{name}» нет. Может быть, «{name2}»?
{when} is more than a year ahead. → До {when} больше года.
Schedule it for that day? → Назначить на этот день?
{text} is sent as it stands. To fill it in, write {{ {name} }}. → {text} уйдёт так, как написано. Чтобы подставить, пишите {{ {name} }}.
To {name}: "{text}" → Для {name}: «{text}»
{n} SMS in all. → СМС всего: {n}.
About {n} SMS in all, by the texts of {n2} of {recipients}. → СМС всего около {n}: по текстам {n2} из {recipients}.
{n} of {n2} have no {variables}: their text begins with "{text}" → у {n} из {n2} нет {variables}: их текст начинается так: «{text}»
{n} more kinds of holes: see notify preview --json. → Ещё видов пропусков: {n}; смотрите notify preview --json.
Address book: {file}, since there is no notify.toml here. → Адресная книга: {file}: notify.toml здесь нет.
a day more than a year ahead is meant so → день, до которого больше года, назван верно
`
