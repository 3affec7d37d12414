// "Did you mean …": the nearest of some known words, or none when nothing is near enough to be a slip of the finger.

/** The candidate within so many slips (a quarter of the word's length, at least one; letter case ignored); null: none is that near. */
export const nearest = (
  word: string,
  candidates: Iterable<string>,
  most = Math.max(1, Math.floor(word.length / 4)),
): string | null => {
  const wanted = word.toLowerCase()
  let best: string | null = null
  let bestSlips = most + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestSlips) continue
    const slips = editDistance(wanted, candidate.toLowerCase(), bestSlips)
    if (slips >= bestSlips) continue
    best = candidate
    bestSlips = slips
  }
  return best
}

/** Letters added, left out, replaced, or two neighbours swapped (optimal string alignment); not reckoned further from `limit` on. */
const editDistance = (a: string, b: string, limit: number): number => {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity
      const slips = Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped)
      row.push(slips)
      least = Math.min(least, slips)
    }
    if (least >= limit) return least
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity
