// What `notify help TOPIC` says.
export const HELP_TOPICS = {
  'exit-codes': `Exit codes

    0  done; also "nothing to do", and run-due while another process is sending
    1  failed: a fault of ours, of the disk or of the network
    2  usage: an unknown flag, a bad value, a question that needs --yes
    3  the configuration is missing or wrong
    4  done in part, or not done, because the input is bad
    5  not found: no such mailing, or gateway
    6  the state does not allow it: resume of a cancelled mailing
    7  a gateway is down or refuses us
    8  the answer was no
   75  the database stayed locked; with --fail-if-busy, another process sends
  130  ended by Ctrl-C, cleanly
  143  ended by SIGTERM, cleanly

With --json an error is one object on stderr:
  {"error": {"code", "message", "hint"}}`,

  environment: `Environment

  NOTIFY_CONFIG         the configuration file, where --config does not name one
  NOTIFY_DATABASE_URL   the database, instead of the one in the configuration
  NOTIFY_TZ             the operator's own zone, where --tz does not name one
  NOTIFY_…              any other setting by its path: NOTIFY_DEFAULTS_TEXT
  NOTIFY_NO_INPUT=1     never ask, as --no-input
  NOTIFY_DEBUG=1        print the stack of an error, as --debug
  NOTIFY_LOG_LEVEL      what is logged on stderr: quiet, info or debug; -q, -v
                        and -vv say the same. By itself the daemon logs info,
                        the others are quiet
  NOTIFY_LOG_FORMAT     json (one object a line) or pretty
  NO_COLOR, TERM=dumb   no colour, as --no-color; FORCE_COLOR=1 the reverse
  LC_ALL, LANG          bars are drawn with blocks where the locale is UTF-8
  SUDO_USER, USER       who paused, cancelled, approved or retried a mailing
  NOTIFY_SOCKET, WATCHDOG_USEC
                        set by systemd: the daemon tells how it is

A flag wins over the environment, the environment over notify.toml.`,

  time: `Time

  --at 10:00 is ten o'clock on the recipient's own clock; --on is a date of the
  calendar, the same for everybody. Without --on it is tomorrow, counted from
  the operator's today (--tz, NOTIFY_TZ, notify.toml, else the system's zone).

  Told on 2021-10-21 at 21:50 in Europe/Moscow, 10:00 means 2021-10-22:
    Asia/Yakutsk    10:00 there = 04:00 in Moscow = 01:00 UTC
    Europe/Moscow   10:00                         = 07:00 UTC

  A recipient's zone is their own, else their district's, else --if-no-zone.
  Where clocks skip the hour (spring), the message leaves that much later; where
  they show it twice (autumn), at the first of the two. The plan notes both.
  Where the hour is already past: --if-past fail, now, next-day or skip.

  A late message (the server was down, a gateway was down) leaves only inside
  [--at, --until) on the recipient's clock; else it waits for the next day.
  After --expires it is not sent at all.`,

  filters: `Filters

  schedule, recipients and whatever else chooses recipients take the same flags:

  --tag vip             with this tag
  --not-tag test        without this tag
  --operator-code 916   whose phone has this operator code
  --district Самара     of this district, by any of its names
  --zone Asia/Omsk      who live by this zone, their own or their district's
  --attr rank=gold      with this attribute; the name as it was imported
  --never-reached       whom no message has reached yet

  A flag said several times means any of them; different flags mean all of them.
  Values of one attribute are any, different attributes are all:
    --tag vip --tag gold --district Самара
                        in Самара, and with the tag vip or gold
    --attr rank=gold --attr rank=silver --attr manager=Anna
                        Anna's, and of rank gold or silver

  Who unsubscribed, is blocked or has no address is never written to, whatever
  the filters say. Try them with notify schedule … --dry-run.`,

  templates: `Templates

  A text may name what is known of a recipient; what is missing is empty:

    {{ name }} {{ contact_person }} {{ phone }} {{ email }} {{ address }}
    {{ inn }} {{ tax_number }} {{ district }} {{ zone }} {{ operator_code }}
    {{ external_id }} {{ id }}, and every other column of your file
    by its heading as it stands: {{ Сумма, руб. }}

  Filters:     default upcase downcase capitalize size first last join truncate
               strip escape round plus minus times divided_by
  Conditions:  if unless case for assign capture comment raw

    Good morning, {{ name | default: "colleague" }}!
    {% if rank == "gold" %}Your price holds until Friday.{% endif %}

  A name that nobody has is refused when the mailing is scheduled, and so is
  whatever else stands in braces and is neither a name nor an expression. The
  text is filled in at the first attempt; every retry sends the same bytes.`,

  states: `States

  Of a mailing:
    planning   its messages are being written, or changed by an edit
    proposed   it waits for the approval of a second person
    active     messages leave when they are due
    paused     nothing leaves until notify mailings resume
    cancelled  ended by an operator
    done       nothing of it waits any more

  Of a message:
    scheduled  waits for its hour, or for the next attempt
    sending    a worker has it in hand
    sent       the gateway accepted it; whether it was delivered is not known
    failed     the gateway refused it for ever
    unknown    it may have been taken: a person decides
    expired    its time ran out before a gateway took it
    cancelled  an operator cancelled it
    skipped    never to be sent; the reason says why`,
} as const
