// How old what the program rests on is: Node, and the rules of time zones inside it.
import { type Check, doubtful, well } from './check.ts'

/** When the support of each line of Node ends, at 00:00 UTC of the day after. */
const SUPPORT_ENDS: Readonly<Record<number, string>> = {
  20: '2026-05-01',
  22: '2027-05-01',
  24: '2028-05-01',
}
const NEWEST_KNOWN = 24

const isOver = (node: string, now: number): boolean => {
  const line = Number.parseInt(node, 10)
  const end = SUPPORT_ENDS[line]
  return end === undefined ? line < NEWEST_KNOWN : now >= Date.parse(`${end}T00:00Z`)
}

export const checkNode = (node: string, now: number): Check => {
  if (!isOver(node, now)) return well('node', `Node ${node}`)
  return doubtful(
    'node',
    `Node ${node} gets no security fixes any more`,
    'Install a line of Node that is supported (24 or newer), then npm ci again.',
  )
}

const MONTH = 30 * 86_400_000
const OLD_MONTHS = 18

/** '2025c' -> about when it came out: some six of them a year. */
const releasedAt = (tz: string): number | null => {
  const [, year, letter = 'a'] = /^(\d{4})([a-z])?/.exec(tz) ?? []
  if (year === undefined) return null
  return Date.parse(`${year}-01-01T00:00Z`) + (letter.charCodeAt(0) - 97) * 2 * MONTH
}

/** Countries change their clocks with weeks of notice; a program of last year sends an hour off there. */
export const checkZoneRules = (tz: string | null, node: string, now: number): Check => {
  const released = tz === null ? null : releasedAt(tz)
  if (tz === null || released === null) {
    return doubtful('zone-rules', 'this Node does not say which rules of time zones it has', UPDATE)
  }
  if (now - released > OLD_MONTHS * MONTH) {
    return doubtful('zone-rules', `rules of time zones of ${tz}: more than ${OLD_MONTHS} months old`, UPDATE)
  }
  if (isOver(node, now)) {
    return doubtful('zone-rules', `rules of time zones of ${tz}: this line of Node gets no newer ones`, UPDATE)
  }
  return well('zone-rules', `rules of time zones of ${tz}`)
}

const UPDATE =
  'Update Node: the rules come with it. Then notify mailings replan moves what is scheduled, where rules changed.'
