// What she types, in order; each stands on what those before it did. A line of '@' sets the clock.

export const ACTS = `
help нет
statz -c empty.toml
schedule -c empty.toml
schedule --token x -c empty.toml
stats -c empty.toml
messages list -c empty.toml
recipients -c empty.toml
districts -c empty.toml
blocklist -c empty.toml
doctor -c empty.toml
log 1 -c empty.toml
report --daily -c empty.toml
reconcile -c empty.toml
config -c empty.toml
config -c wrong.toml
doctor -c wrong.toml
doctor
init --yes
init --yes
import recipients list.csv
import timezones --preset ru
import timezones --preset ru
import timezones bad-zones.csv
import timezones strange.csv
import suppliers list.csv --dry-run
import suppliers list.csv
import suppliers again.csv
import suppliers bad.csv
import suppliers bad.csv --skip-bad --reject-file bad-rows.csv
import suppliers bad.csv --dry-run
import suppliers only-bad.csv
import suppliers strange.csv
import suppliers list.csv --encoding latin99
import undo --dry-run
import undo --yes
import undo --yes
schedule --at 10:00
districts --without-zone
import timezones zones.csv --dry-run
import timezones zones.csv
districts edit Нигде --zone Asia/Chita
districts edit Нигде --zone Asia/Chita
districts edit Нигде --name "Нигдешняя область" --also 77
districts edit Нигдея --zone Asia/Chita
recipients
recipients --tag нету
recipients show К99
recipients add --phone +79161234590 --name Анна --zone Asia/Omsk --email anna@example.com
recipients add --phone +79161234590 --name Анна
recipients add --name Анна
recipients add --phone глупость
recipients edit +79161234590 --name "Анна П." --dry-run
recipients edit +79161234590 --name "Анна П."
recipients edit +79161234590 --name "Анна П."
recipients edit +79161234590 --clear email
recipients tag золото +79161234590
recipients tag золото +79161234590
recipients tag золото --all --dry-run
recipients tag золото --all
recipients tag золото
recipients untag золото --all
recipients unsubscribe +79161234590 --reason "просит"
recipients unsubscribe +79161234590
recipients unsubscribe К6 --by-admin
recipients show К6
recipients resubscribe +79161234590
recipients resubscribe +79161234590
recipients remove +79161234590 --dry-run
recipients remove +79161234590
recipients remove +79161234590 --yes
recipients --search +79161234590
recipients export book.csv
recipients export book.csv
block "+7 921 555-00-00" --dry-run
block "+7 921 555-00-00" --reason "не тот"
block "+7 921 555-00-00"
block phones.txt --skip-bad
block +79161234561
blocklist
recipients --blocked
unblock +79161234561
unblock +79161234561
schedule --at 10:00 --text "{{ nmae }}"
schedule --at 10:00 --gateway почта
schedule --at 10:00 --tag нету
schedule --at 10:00 --name Заказы --if-no-zone skip --follow
schedule --at 10:00 --name Заказы --if-no-zone skip --follow
schedule --at 11:00 --name Заказы --if-no-zone skip
schedule --at 02:30 --on 2027-03-28 --tz Europe/Paris --zone Asia/Yakutsk --name Весна --if-no-zone Europe/Paris --dry-run
schedule --at 16:00 --on today --if-past skip --name Сегодня --if-no-zone skip
schedule --at 10:00 --name Цена -c second.toml --if-no-zone skip
mailings approve Цена -c second.toml
anna: mailings approve Цена --yes -c second.toml
anna: mailings approve Цена --yes -c second.toml
mailings approve Заказы --yes -c second.toml
mailings show Заказы
stats
stats Заказы
preview Заказы
preview Заказы --worst
preview --text "{{ nmae }} Добро {{ inn }}"
test Заказы --to +79160000000
test Заказы --to +79160000001
mailings edit Заказы --at 11:00 --dry-run
mailings edit Заказы --at 11:00
mailings edit Заказы --at 11:00 --text "Здравствуйте!" --tag опт --until 20:00 --name "Заказы дня" --expires 2d --yes
mailings edit "Заказы дня" --name Заказы --everybody --yes
mailings edit Заказы
districts edit "Самарская область" --zone Europe/Samara
mailings replan Заказы --yes
mailings replan Заказы --yes
mailings replan --dry-run
mailings pause Заказы --reason "посмотреть"
mailings pause Заказы
mailings clone Заказы --on 2026-11-28 --name "Ещё раз"
mailings cancel "Ещё раз"
mailings cancel "Ещё раз" --yes --reason "не надо"
mailings resume "Ещё раз"
mailings edit "Ещё раз" --at 12:00 --yes
messages list Заказы --state sent
messages list Заказы --state нет
messages show 1
messages show 999
messages cancel 2 --dry-run
messages cancel 2
messages cancel 2 --yes --reason "закрылись"
messages cancel 2 --yes
messages send-now 3 --yes
recipients add --phone +79161234591 --name Поздний --zone Asia/Omsk
recipients unsubscribe К2
recipients remove К3 --yes
mailings edit Заказы --tag нету --dry-run
schedule --at 10:00 --on 2026-11-23 --zone Asia/Omsk --operator-code 916 --attr вид=а --never-reached --name Отборы --if-no-zone skip
stats --watch нет
@ 2026-11-21T05:00:30Z
run-due
stats Заказы
stats
doctor
@ 2026-11-21T05:10:30Z
hold --reason "неверная цена"
hold
doctor
schedule --at 10:00 --name Другая --if-no-zone skip --gateway outbox
release
release
gateways pause sms --reason "чиним"
gateways pause sms
gateways list
test Заказы --to +79160000000
report --daily
run-due
gateways resume sms --ramp 5m
gateways
gateways resume sms
gateways resume sms
@ 2026-11-21T08:00:30Z
run-due
@ 2026-11-21T08:20:30Z
run-due
messages list Заказы
stats Заказы
stats Заказы --by zone
stats Заказы --by reason
stats Заказы --by hour
stats Заказы --by нет
messages show 1
messages send-now 1 --yes
recipients show К7
retry Заказы --state failed --dry-run
retry Заказы
retry Заказы --state failed --state unknown --as-new --yes
log Заказы
log message:1
log К7
log нет
report --daily --date 2026-11-20
backup copy.db
reconcile
restore copy.db
restore copy.db --yes
doctor
stats
reconcile
reconcile --leave --yes
release
@ 2027-11-21T08:20:30Z
prune --older-than 180d --dry-run
prune --older-than 180d
prune --older-than 180d --yes
prune --older-than 180d --yes
completion tcsh
`
