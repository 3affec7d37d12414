// Words in Latin letters that are left in what a Russian reads, but for names: what is typed, files, zones, products.
import { MAILING_PAINT, MESSAGE_PAINT } from '../../src/cli/screen/state-look.ts'

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

/** Products, formats, units, months, people and gateways of the day, and what commands and settings take. */
const NAMES = new Set(
  words(`Node SQLite npm ci notify cron crontab daemon systemd UTC Ctrl-C Excel JSON HTTP SIGTERM MiB GiB KiB stdin stdout stderr
   utf-8 GSM-7 UCS-2 sms outbox http olga anna en ru tar tab
   Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec timedatectl date dmesg cp run-due schedule retry doctor resume send-now a-1 suppliers
   today tomorrow yesterday fail skip keep now next-day key_retention select as
   name phone email contact_person inn tax_number address district zone operator_code external_id id phones hours offset`),
)

/** What help explains: filters of texts, levels of logs, states, examples. */
const HELP_NAMES = new Set([
  ...words(`upcase downcase capitalize size first last join truncate strip escape round plus minus times divided_by default
   if endif unless case for assign capture comment raw quiet info debug json pretty dumb vip gold silver rank manager Anna test
   recipients environment time filters templates states exit-codes csv jsonl excel-csv xlsx lines test_addresses state gateway`),
  ...Object.keys(MAILING_PAINT),
  ...Object.keys(MESSAGE_PAINT),
])

/** What is typed and never translated; taken out before anything is looked at. */
const TYPED = [
  /^ *[a-z_.]+(?:: | {2,}\S.*? {2,})/g, // a setting before its complaint, or in a table before its value
  /\{\{.*?\}\}/g, // variables
  /<[^>]*>|\[[A-Za-z./]+\]/g, // arguments
  /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  /[\w+-]*@[\w.]+/g,
  /[\w+-]*(?:[./]\w[\w+./:-]*)+/g, // files, zones, hosts, rates
  /\bnotify(?: [a-z][a-z-]+){0,2}/g, // commands
  /^[✓!✗] \S+ +[\w.-]+/g, // names of checks
  /(?<![\w-])--?[a-z][a-z-]*(?: (?:failed|unknown|expired)\b)?/g, // flags
  /\b[a-z]+:\d+\b/g, // message:345
  /\b[a-z\d]{24,}\b/g, // keys of messages
  /\b[A-Z][A-Z_\d]+\b/g, // FILE, NOTIFY_TZ, ECONNREFUSED
  /\b\w+ ?= ?(?:"[^"]*"|\w+|\[[^\]]*\])/g, // columns and settings
  /"[\w<> -]*"|«[\w-]*»/g, // what was typed, told again
]

/** Lists of words to be typed: 'Возможно: scheduled, sent'. */
const CHOICES =
  /(?<![а-яё])(?:возможно|темы|одно из|один из них|есть(?=:)|не вошли|неизвестны|пусто|может быть|по умолчанию)(?![а-яё])[^a-z.?;]*(?:[\w-]+(?:, |$|(?=[ .)?])))+/giu

/** Commands and arguments before what is said of them. */
const EXPLAINED = /^ {2}[a-z-]+(?=(?: [<[]| {2}))/

/** Of each line that has some: the words, and the line. */
export const latinIn = (text: string, isHelp = false): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*\{"|^\s*\$ /.test(line)) // lines of the log, examples
    .flatMap((line) => {
      const left = TYPED.reduce(
        (rest, typed) => rest.replaceAll(typed, ' '),
        (isHelp ? line.replace(EXPLAINED, ' ') : line).replaceAll(CHOICES, ' '),
      )
      const foreign = (left.match(/[A-Za-z][A-Za-z_\d-]+/g) ?? []).filter(
        (word) => !NAMES.has(word) && !(isHelp && HELP_NAMES.has(word)),
      )
      return foreign.length === 0 ? [] : [`${foreign.join(' ')} | ${line}`]
    })
