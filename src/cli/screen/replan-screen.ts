// What a replan moves: per mailing from which zone to which, and from when to when; or as JSON.
import { isoUtc } from '../../domain/local-time.ts'
import { localClock } from '../../domain/send-time.ts'
import { visible } from '../../domain/visible.ts'
import type { PreparedEdit } from '../../flow/edit-mailing.ts'
import { movedOf } from './edit-screen.ts'
import { counted, dateTime } from './format.ts'
import type { Look } from './look.ts'
import { mailingJson } from './mailing-json.ts'

export const replanJson = ({ after, difference, notes }: PreparedEdit) => ({
  mailing: mailingJson(after),
  moved: movedOf(difference).map(({ fromZone, zone, count, from, sendAt }) => ({
    fromZone,
    toZone: zone,
    count,
    from: from === null ? null : isoUtc(from),
    to: isoUtc(sendAt),
  })),
  total: difference.moved,
  joined: difference.joined,
  left: difference.left,
  notes,
})

/** 'Asia/Yakutsk -> Asia/Chita: 12 messages, 2026-11-21 10:00 (+09) -> 2026-11-21 10:00 (+08)' */
export const drawReplan = (prepared: readonly PreparedEdit[], look: Look): string =>
  prepared
    .flatMap(({ before, difference, notes }) => {
      const { moved, joined, left } = difference
      const lines = [
        ...movedOf(difference).map(({ fromZone, zone, count, from, sendAt }) => {
          const was = from === null ? '' : `${whenAt(from, fromZone ?? zone)} -> `
          const zones = fromZone === null || fromZone === zone ? zone : `${fromZone} -> ${zone}`
          return `${zones}: ${counted(count, 'message', look.count)}, ${was}${whenAt(sendAt, zone)}`
        }),
        ...(joined === 0 ? [] : [`${counted(joined, 'message', look.count)} that had been skipped can be sent now`]),
        ...(left === 0 ? [] : [`${counted(left, 'message', look.count)} cannot be sent any more`]),
        ...notes.map(visible),
      ]
      if (moved + joined + left === 0 && notes.length === 0) return []
      return [`Mailing ${before.id} "${visible(before.name)}"`, ...lines.map((line) => `  ${line}`)]
    })
    .join('\n')

const whenAt = (instant: number, zone: string): string =>
  `${dateTime(instant, zone)} (${localClock(instant, zone).offset})`

export const replanSummary = (prepared: readonly PreparedEdit[], verb: string, look: Look): string => {
  const changed = prepared.filter(({ difference }) => difference.moved + difference.joined + difference.left > 0)
  if (changed.length === 0) return `Nothing to move in ${counted(prepared.length, 'mailing', look.count)}.`
  const rows = changed.reduce((sum, { difference: { moved, joined, left } }) => sum + moved + joined + left, 0)
  return `${verb} ${counted(rows, 'message', look.count)} of ${counted(changed.length, 'mailing', look.count)}.`
}
