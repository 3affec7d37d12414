// Which answers the sandbox spoils, and how: at random, but the same ones in every run.

export type Mood = 'good' | 'away' | 'broken' | 'garbage' | 'slow'

const BAD_MOODS = ['away', 'broken', 'garbage', 'slow'] as const

/** `failRate` per cent of the moods are bad ones, all kinds alike. */
export const seededMoods = (failRate: number): (() => Mood) => {
  const next = seededRandom(20_211_022)
  return () => {
    if (failRate === 0 || next() * 100 >= failRate) return 'good'
    return BAD_MOODS[Math.floor(next() * BAD_MOODS.length)] ?? 'away'
  }
}

/** mulberry32: uniform in [0, 1), enough for moods. */
const seededRandom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
