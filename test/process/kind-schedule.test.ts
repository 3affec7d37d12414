// K2: a schedule killed at random moments (test/support/killed-schedule.ts); 50 of them in test/soak/.
import { test } from 'vitest'
import { killSchedules } from '../support/killed-schedule.ts'

test('killed 6 times', () => killSchedules(6, Math.floor(Math.random() * 1e9)), 120_000)
