// When the last one leaves, in words and as programs read it.
import { isoUtc } from '../../domain/local-time.ts'
import { localClock } from '../../domain/send-time.ts'
import type { MailingForecast } from '../../flow/forecast-mailing.ts'
import { dateTime } from './format.ts'

/** 'At about 200/s the last one leaves on 2026-11-21 at 10:04:10 Asia/Yekaterinburg (+05) = 08:04:10 Europe/Moscow.' */
export const forecastWords = (
  { ratePerSecond, basis, lastAt, zones, expires }: MailingForecast,
  operatorZone: string,
): string => {
  const rate = `${basis === 'measured' ? 'about ' : ''}${rateText(ratePerSecond)}`
  const late = expires === 0 ? '' : ` ${expires} of them expire before their turn comes.`
  const last = zones.find((zone) => zone.lastAt === lastAt)
  if (lastAt === null || last === undefined) return `At ${rate} none of them leaves in time.`
  const there = localClock(lastAt, last.zone)
  const said = `${dateTime(lastAt, last.zone)}:${secondsOf(lastAt)} ${last.zone} (${there.offset})`
  const here =
    last.zone === operatorZone ? '' : ` = ${localClock(lastAt, operatorZone).time}:${secondsOf(lastAt)} ${operatorZone}`
  return `At ${rate} the last one leaves on ${said}${here}.${late}`
}

const rateText = (ratePerSecond: number): string =>
  ratePerSecond >= 1 ? `${Math.round(ratePerSecond)}/s` : `${Math.max(1, Math.round(ratePerSecond * 60))}/m`

/** Seconds are the same in every zone of today. */
const secondsOf = (instant: number): string => String(Math.floor(instant / 1_000) % 60).padStart(2, '0')

/** null: nothing waits, or no rate is known. */
export const forecastJson = (forecast: MailingForecast | null) =>
  forecast === null
    ? null
    : {
        ...forecast,
        lastAt: instantOrNull(forecast.lastAt),
        zones: forecast.zones.map(({ zone, lastAt }) => ({ zone, lastAt: instantOrNull(lastAt) })),
      }

const instantOrNull = (instant: number | null): string | null => (instant === null ? null : isoUtc(instant))
