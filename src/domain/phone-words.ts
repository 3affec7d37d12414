// A phone with words beside it: whose it is, or where it is reached.

export const HAS_LETTERS = 'phone has letters'

export interface NumberAmongWords {
  readonly number: string
  /** No other number stands behind it. */
  readonly isAlone: boolean
}

/**
 * `89165550010 (Ольга)`, `Ольга: 89165550010`, `… WhatsApp` -> the number. null: letters among its digits; or a word that may speak
 * against it, wherever it stands: nobody is to be written to at a number that is wrong, old, or not to be called.
 */
export const numberAmongWords = (text: string): NumberAmongWords | null => {
  if (AGAINST.test(text)) return null
  const [first = '', ...others] = text.split(BETWEEN)
  const number = WITH_WORDS.exec(first)?.[1]
  return number === undefined ? null : { number, isAlone: !others.some((other) => /\p{Nd}/u.test(other)) }
}

const BETWEEN = /[,;/|\n]|:::/

/** Words of letters alone, then a number that no letter touches, then words again. */
const WITH_WORDS = /^(?:[^\p{Nd}@+]*[\s:(.-])?(\+?\(?\d[\d\s().\u2010-\u2015\u2212-]*\d)(?:[\s(:.-][^\p{Nd}@]*)?$/u

const AGAINST =
  /\?|(?<!\p{L})(?:не|нет|ни|но|или|либо|до|после|кроме|вместо|без|был[аои]?|стар\p{L}*|бывш\p{L}*|прежн\p{L}*|ошиб\p{L}*|неправ\p{L}*|невер\p{L}*|недейств\p{L}*|недоступ\p{L}*|неакт\p{L}*|отключ\p{L}*|отказ\p{L}*|отпис\p{L}*|забло\p{L}*|блок\p{L}*|удал\p{L}*|умер\p{L}*|уволен\p{L}*|уволил\p{L}*|чуж\p{L}*|факс\p{L}*|стоп\p{L}*|запре\p{L}*|провер\p{L}*|уточн\p{L}*|возможно|вроде|молчит|занят|no|not|or|never|don'?t|old|former|wrong|bad|invalid|dead|blocked|disabled|stop|unsub\p{L}*|fax|maybe|until|after|ex)(?!\p{L})/iu
