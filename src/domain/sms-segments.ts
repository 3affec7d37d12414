// How many SMS a text is: what a provider bills. GSM 03.38 where every character is in it, else UCS-2. Pure.

/** The default alphabet: one septet a character. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)

/** Its extension: an escape and a character, two septets that stay in one segment. */
const EXTENDED = new Set('^{}\\[~]|€\f')

export interface SmsSize {
  readonly encoding: 'gsm-7' | 'ucs-2'
  /** Septets, or 16-bit units. */
  readonly units: number
  readonly segments: number
  /** So many units fit into each of them. */
  readonly perSegment: number
  /** Characters that make it UCS-2, each once. */
  readonly beyondGsm: readonly string[]
}

/** A longer text is cut into segments that each carry a header of 6 octets. */
const ROOM = { 'gsm-7': { alone: 160, joined: 153 }, 'ucs-2': { alone: 70, joined: 67 } } as const

export const smsSize = (text: string): SmsSize => {
  const characters = Array.from(text)
  const beyondGsm = [...new Set(characters.filter((char) => !BASIC.has(char) && !EXTENDED.has(char)))]
  const encoding = beyondGsm.length === 0 ? 'gsm-7' : 'ucs-2'
  // half of a pair (an emoji, an escape) is not sent alone
  const costs = characters.map((char) => (encoding === 'ucs-2' ? char.length : EXTENDED.has(char) ? 2 : 1))
  const units = costs.reduce((sum, cost) => sum + cost, 0)
  const { alone, joined } = ROOM[encoding]
  if (units <= alone) return { encoding, units, segments: 1, perSegment: alone, beyondGsm }
  return { encoding, units, segments: segmentsOf(costs, joined), perSegment: joined, beyondGsm }
}

const segmentsOf = (costs: readonly number[], room: number): number => {
  let segments = 1
  let used = 0
  for (const cost of costs) {
    if (used + cost > room) {
      segments += 1
      used = 0
    }
    used += cost
  }
  return segments
}
