// K2 with 50 kills, and with 500.
import { test } from 'vitest'
import { killSchedules } from '../support/killed-schedule.ts'

const KILLS = process.env['NOTIFY_SOAK'] === 'standard' ? 50 : 500

test(`killed ${KILLS} times`, () => killSchedules(KILLS, Math.floor(Math.random() * 1e9)), 3_600_000)
