// The storm of deeds (test/flow/storm.test.ts) 500 times.
import { test } from 'vitest'
import { playStorms } from '../support/ordeal-play.ts'

test('500 storms of random deeds', () => playStorms(500), 3_600_000)
