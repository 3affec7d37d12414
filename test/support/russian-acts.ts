// What she types, in order; each stands on what those before it did. A line of '@' sets the clock.

export const ACTS = `
help нет
statz -c empty.toml
stats --limt 3 -c empty.toml
schedule -c empty.toml
schedule --token x -c empty.toml
schedule --at 25:00 -c empty.toml
mailings -c empty.toml
stats -c empty.toml
messages list -c empty.toml
recipients -c empty.toml
districts -c empty.toml
blocklist -c empty.toml
gateways -c empty.toml
doctor -c empty.toml
log 1 -c empty.toml
report --daily -c empty.toml
reconcile -c empty.toml
config -c empty.toml
config -c wrong.toml
config -c nowhere.toml
config --validate
doctor -c wrong.toml
doctor
init --yes
init --yes
import recipients list.csv
import timezones --preset ru --dry-run
import timezones --preset ru
import timezones --preset ru
import timezones bad-zones.csv
import timezones strange.csv
import suppliers list.csv --dry-run
import suppliers list.csv
import suppliers again.csv
import suppliers again.csv
import suppliers bad.csv
import suppliers bad.csv --skip-bad --reject-file bad-rows.csv
import suppliers bad.csv --dry-run
import suppliers only-bad.csv
import suppliers empty.csv
import suppliers strange.csv
import suppliers nowhere.csv
import suppliers list.csv --encoding latin99
import undo --dry-run
import undo --yes
import undo --yes
schedule --at 10:00
districts --without-zone
import timezones zones.csv --dry-run
import timezones zones.csv
districts edit Нигде --zone Asia/Chita --dry-run
districts edit Нигде --zone Asia/Chita
districts edit Нигде --zone Asia/Chita
districts edit Нигде --name "Нигдешняя область" --also 77
districts edit Нигдея --zone Asia/Chita
districts edit Нигде
recipients
recipients --tag нету
recipients show К1
recipients show К99
recipients add --phone +79161234590 --name Анна --zone Asia/Omsk --email anna@example.com
recipients add --phone +79161234590 --name Анна
recipients add --name Анна
recipients add --phone глупость
recipients edit +79161234590 --name "Анна П." --dry-run
recipients edit +79161234590 --name "Анна П."
recipients edit +79161234590 --name "Анна П."
recipients edit +79161234590
recipients edit +79161234590 --clear email
recipients tag золото +79161234590
recipients tag золото +79161234590
recipients tag золото --all --dry-run
recipients tag золото --all
recipients tag золото
recipients untag золото --all
recipients untag золото +79161234590
recipients unsubscribe +79161234590 --reason "просит"
recipients unsubscribe +79161234590
recipients unsubscribe К6 --by-admin
recipients show К6
recipients resubscribe +79161234590
recipients resubscribe +79161234590
recipients remove +79161234590 --dry-run
recipients remove +79161234590
recipients remove +79161234590 --yes
recipients show 15
recipients --search +79161234590
recipients --unsubscribed
recipients export book.csv
recipients export book.csv
block "+7 921 555-00-00" --dry-run
block "+7 921 555-00-00" --reason "не тот"
block "+7 921 555-00-00"
block phones.txt
block phones.txt --skip-bad
block глупость
block +79161234561
blocklist
recipients --blocked
unblock +79161234561
unblock +79161234561
schedule --at 10:00 --text "{{ nmae }}"
schedule --at 10:00 --gateway почта
schedule --at 10:00 --on вчера
schedule --at 10:00 --on 2020-01-01
schedule --at 10:00 --until 09:00
schedule --at 10:00 --if-past нет
schedule --at 10:00 --tag нету
schedule --at 10:00 --on today
schedule --at 10:00 --expires завтра
schedule --at 10:00 --pace скоро
schedule --at 10:00 --dry-run
schedule --at 10:00 --name Заказы --if-no-zone skip --follow
schedule --at 10:00 --name Заказы --if-no-zone skip --follow
schedule --at 11:00 --name Заказы --if-no-zone skip
schedule --at 02:30 --on 2027-03-28 --tz Europe/Paris --zone Asia/Yakutsk --name Весна --if-no-zone Europe/Paris --dry-run
schedule --at 16:00 --on today --if-past skip --name Сегодня --if-no-zone skip
schedule --at 10:00 --name Цена -c second.toml --if-no-zone skip
mailings
mailings approve Цена -c second.toml
anna: mailings approve Цена -c second.toml
anna: mailings approve Цена --yes -c second.toml
anna: mailings approve Цена --yes -c second.toml
mailings approve Заказы --yes -c second.toml
mailings show Заказы
mailings show Сегодня
mailings show Заказ
mailings show 77
stats
stats Заказы
preview Заказы
preview Заказы --worst
preview --text "{{ nmae }} Добро {{ inn }}"
preview Заказы --for К99
test Заказы --to +79160000000
test Заказы --to +79160000001
test --to глупость
mailings edit Заказы --at 11:00 --dry-run
mailings edit Заказы --at 11:00
mailings edit Заказы --at 11:00 --text "Здравствуйте!" --tag опт --until 20:00 --name "Заказы дня" --expires 2d --yes
mailings edit "Заказы дня" --name Заказы --everybody --yes
mailings edit Заказы --name Заказы --yes
mailings edit Заказы
districts edit "Самарская область" --zone Europe/Samara
mailings replan Заказы --dry-run
mailings replan Заказы --yes
mailings replan Заказы --yes
mailings replan --dry-run
mailings pause Заказы --reason "посмотреть"
mailings pause Заказы
mailings list
mailings resume Заказы
mailings resume Заказы
mailings clone Заказы --on 2026-11-28 --name "Ещё раз" --dry-run
mailings clone Заказы --on 2026-11-28 --name "Ещё раз"
mailings cancel "Ещё раз" --dry-run
mailings cancel "Ещё раз"
mailings cancel "Ещё раз" --yes --reason "не надо"
mailings cancel "Ещё раз" --yes
mailings resume "Ещё раз"
mailings edit "Ещё раз" --at 12:00 --yes
messages list Заказы
messages list --limit 3
messages list Заказы --state sent
messages list Заказы --state нет
messages show 1
messages show 999
messages cancel 2 --dry-run
messages cancel 2
messages cancel 2 --yes --reason "закрылись"
messages cancel 2 --yes
messages send-now 3 --dry-run
messages send-now 3
messages send-now 3 --yes
run-due --dry-run
recipients add --phone +79161234591 --name Поздний --zone Asia/Omsk
recipients unsubscribe К2
recipients resubscribe К2
recipients remove К3 --yes
mailings edit Заказы --tag нету --dry-run
schedule --at 10:00 --on 2026-11-23 --zone Asia/Omsk --operator-code 916 --attr вид=а --never-reached --name Отборы --if-no-zone skip
config --validate
stats --watch нет
@ 2026-11-21T05:00:30Z
run-due --dry-run
run-due
stats Заказы
stats
gateways
doctor
@ 2026-11-21T05:10:30Z
hold --reason "неверная цена"
hold
run-due
doctor
schedule --at 10:00 --name Другая --if-no-zone skip --gateway outbox
release
release
gateways pause sms --reason "чиним"
gateways pause sms
gateways pause нет
gateways list
test Заказы --to +79160000000
report --daily
run-due
gateways resume sms --ramp 5m
gateways
gateways resume sms
gateways resume sms
@ 2026-11-21T08:00:30Z
@ 2026-11-21T08:20:30Z
stats Заказы
stats Заказы --by zone
stats Заказы --by state
stats Заказы --by reason
stats Заказы --by district
stats Заказы --by operator-code
stats Заказы --by hour
stats Заказы --by нет
messages list Заказы
messages show 1
messages show 5
messages send-now 1 --yes
recipients show К7
recipients show К1
retry Заказы --state failed --dry-run
retry Заказы
retry Заказы --state failed --state unknown --as-new --yes
retry Заказы --error нету
retry Сегодня
log Заказы
log message:1
log message:8
log К7
log +79161234590
log нет
report --daily --date позавчера
report --daily --date 2026-11-20
report
backup copy.db
backup copy.db
doctor
doctor --full --send-test +79160000000
reconcile
restore copy.db
restore copy.db --yes
restore nowhere.db --yes
run-due
stats
reconcile
reconcile Заказы
reconcile --leave --yes
reconcile --repeat --leave
release
@ 2027-11-21T08:20:30Z
run-due
prune --older-than 180d --dry-run
prune --older-than 180d
prune --older-than 180d --yes
prune --older-than 180d --yes
prune --older-than год
prune
completion tcsh
`
