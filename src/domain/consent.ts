// Whether somebody may be written to, as tables say it: in a column of refusals, or in one of permissions. Nothing here is a guess.

const words = (text: string): ReadonlySet<string> => new Set(text.split(','))

const YES = words('1,true,t,yes,y,да,д,истина,+,x,х,v,✓,✔,☑')
const NO = words('0,false,f,no,n,нет,н,ложь,-,–,—,☐')
const REFUSES = words(
  'отписан,отписана,отписано,отписался,отписалась,отказ,отказался,отказалась,unsubscribed,cancelled,canceled,opted out,opt-out,optout,blocked,blacklisted',
)
const PERMITS = words(
  'подписан,подписана,подписано,согласен,согласна,subscribed,active,opted in,opt-in,optin,confirmed,разрешено,разрешён,разрешен',
)
/** A day, with or without a time behind it: whoever notes since when means yes. */
const DAY = /^(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?:[T ,].*)?$/
const NO_DAY = /^0000-00-00/

/** Of a column of refusals: true, they get nothing. Blank (null) is no refusal. The answer null: it is neither yes nor no. */
export const parseRefusal = (text: string | null): boolean | null => {
  if (text === null) return false
  const word = text.toLowerCase()
  if (YES.has(word) || REFUSES.has(word)) return true
  if (NO.has(word) || PERMITS.has(word) || NO_DAY.test(word)) return false
  return DAY.test(word) ? true : null
}

/** Of a column of permissions: true, they may be written to. A blank says neither. */
export const parsePermission = (text: string | null): boolean | null => {
  if (text === null) return null
  const word = text.toLowerCase()
  if (YES.has(word) || PERMITS.has(word)) return true
  if (NO.has(word) || REFUSES.has(word) || NO_DAY.test(word)) return false
  return DAY.test(word) ? true : null
}

/**
 * Whether the cell of an attribute says by itself that somebody refused, such as "unsubscribed" in a column "status". Asked for every
 * attribute of an import: nearly all are passed over for their length or first letter.
 */
export const saysRefusal = (cell: string): boolean =>
  cell.length >= SHORTEST &&
  cell.length <= LONGEST &&
  FIRST_LETTERS.has(cell.charCodeAt(0)) &&
  SAYS_NO.has(cell.trim().toLowerCase())

/** A debt may be cancelled, an account blocked: such a word says nothing of letters in a column of another name. */
const SAYS_NO: ReadonlySet<string> = new Set([...REFUSES].filter((word) => !/cancel|^blocked$|^отказ$/.test(word)))
const LENGTHS = [...SAYS_NO].map((word) => word.length)
const SHORTEST = Math.min(...LENGTHS)
const LONGEST = Math.max(...LENGTHS) + 2
const FIRST_LETTERS: ReadonlySet<number> = new Set(
  [' ', ...[...SAYS_NO].flatMap((word) => [word.slice(0, 1), word.slice(0, 1).toUpperCase()])].map((letter) =>
    letter.charCodeAt(0),
  ),
)

/** 'refusal': yes is no more letters. 'permission': yes is letters. 'unclear': it is about consent, and nobody can say how. */
export type ConsentHeading = 'refusal' | 'permission' | 'unclear'

/** What a heading says of consent; null: nothing. */
export const consentHeading = (heading: string): ConsentHeading | null => {
  const key = bareKey(heading)
  if (REFUSAL.test(key)) return 'refusal'
  if (PERMISSION.test(key)) return 'permission'
  return ABOUT_CONSENT.test(key) ? 'unclear' : null
}

/** Small letters and blanks alone, without what stands around the words: Отписан (да/нет), is_unsubscribed, EMAIL_BLACKLISTED?, optOut. */
const bareKey = (heading: string): string =>
  heading
    .normalize('NFKC')
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ (?:да нет|yes no|y n|д н|0 1|1 0|true false|дата|date|at|on|since|с|time)$/u, '')
    .replace(/^(?:is|has|was|did|дата|date) /u, '')
    .replace(/^(?:e ?mail|sms|mail|phone|call|newsletter|marketing|смс|почта) /u, '')
    .replace(/ (?:e ?mail|sms|mail|newsletters?|marketing|смс|почты)$/u, '')

const REFUSAL = new RegExp(
  `^(?:${[
    'unsubscribed?',
    'unsub',
    'de ?subscribed',
    'subscription cancell?ed',
    'opt(?:ed)? ?out',
    'do ?not(?: ?(?:contact|call|disturb|send|e ?mail|mail|sms|text|write))?',
    'dnc',
    'dnd',
    'black ?list(?:ed)?',
    'suppress(?:ed|ion)',
    'stop ?list',
    'отпис(?:ан|ана|ано|аны|ался|алась|ка|ки|аться)(?: от (?:смс|sms|почтовых |e ?mail )?(?:рассылк\\S+|сообщений|уведомлений|писем))?',
    'отказ(?:ался|алась|ы)? от (?:смс |sms |почтовых |e ?mail )?(?:рассыл\\S+|сообщений|уведомлений|писем|подписки)',
    'отказ(?:ался|алась)?',
    'не (?:беспокоить|писать|отправлять|звонить|рассылать|слать|связываться|отсылать|уведомлять)',
    'стоп ?лист',
    '(?:в )?черн(?:ый|ом) спис(?:ок|ке)',
    'запрет(?:ил|ила)? (?:на )?(?:рассыл\\S+|отправк\\S+|писать)',
    'без рассыл\\S+',
    'исключен(?:а|о)? из рассыл\\S+',
  ].join('|')})$`,
  'u',
)

const PERMISSION = new RegExp(
  `^(?:${[
    'subscribed',
    'opt(?:ed)? ?in',
    'consent(?:ed|s)?',
    '(?:accepts|allow(?:s|ed)?) ?(?:marketing|mailings?|newsletters?|sms|e ?mail)?',
    'подписан(?:а|о|ы)?(?: на (?:рассыл\\S+|смс|новости|уведомления))?',
    'подписался',
    'согласи(?:е|я)(?: на(?: (?:рассыл\\S+|смс|sms|получение.*|уведомления|рекламу|отправку.*))?)?',
    'соглас(?:ен|на|ны)(?: на(?: (?:рассыл\\S+|смс|sms|уведомления))?)?',
    'разреш(?:ено|ена|ил|ила|ение)(?: на)? (?:рассыл\\S+|писать|отправк\\S+|отправлять|смс)',
    'можно (?:писать|слать|отправлять)',
    'получа(?:ть|ет) (?:рассыл\\S+|сообщения|уведомления|смс)',
  ].join('|')})$`,
  'u',
)

const ABOUT_CONSENT =
  /subscri|opt(?:ed)? ?(?:in|out)\b|consent|\bdo ?not\b|\bdnc\b|black ?list|suppress|stop ?list|\bgdpr\b|отпис|подписк|подписан(?!т)|соглас|отказ|стоп ?лист|беспоко|черн\S+ спис|запрет|разреш\S* (?:рассыл|писать|отправ)|не (?:писать|отправ|слать|звонить|рассыл)/u
