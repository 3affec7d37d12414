// "200/s", "30/m", "1000/h".

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

/** How many a second; null: it is not written like that, or there is nothing in it. */
export const parseRate = (raw: string): number | null => {
  const [, count = '0', unit = ''] = /^(\d{1,6})\s*\/\s*([smh])$/.exec(raw) ?? []
  return Number(count) > 0 ? Number(count) / (SECONDS[unit] ?? 1) : null
}
