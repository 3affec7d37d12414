// A hold, as people and as programs read it.
import { isoUtc } from '../../domain/local-time.ts'
import { visible } from '../../domain/visible.ts'
import type { Hold } from '../../store/gateway-store.ts'
import { dateTime } from './format.ts'

/** 'by olga since 2021-10-22 08:00 Europe/Moscow: wrong price' */
export const holdWords = ({ at, by, why }: Hold, zone: string): string =>
  `by ${visible(by)} since ${dateTime(at, zone)} ${zone}${why === null ? '' : `: ${visible(why)}`}`

export const holdJson = (
  hold: Hold | null,
): { readonly at: string; readonly by: string; readonly why: string | null } | null =>
  hold === null ? null : { at: isoUtc(hold.at), by: hold.by, why: hold.why }
