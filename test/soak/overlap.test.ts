// B1 in full: 16 passes at once on 20,000 due rows, again and again.
import { test } from 'vitest'
import { playOverlap } from '../support/overlap-play.ts'

const TIMES = process.env['NOTIFY_SOAK'] === 'standard' ? 20 : 3

test(`16 passes at once on 20,000 due rows, ${TIMES} times`, async () => {
  for (let i = 0; i < TIMES; i += 1) await playOverlap(20_000)
}, 1_800_000)
