// Everything at once, in random order: two senders, operators, a gateway of moods, deaths. Whatever happens, every row ends
// once and is counted once, nothing is lost, nothing has two effects that nobody asked for, no message is half of an edit.
// 500 of them in test/soak/.
import { test } from 'vitest'
import { playStorms } from '../support/ordeal-play.ts'

test('15 storms of random deeds: every row ends once, one effect a key, one text a key', () => playStorms(15), 300_000)
