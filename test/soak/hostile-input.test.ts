// H1 with 10,000 tables, and with 100,000.
import { test } from 'vitest'
import { playHostileTables } from '../support/hostile-import.ts'

const TABLES = process.env['NOTIFY_SOAK'] === 'standard' ? 10_000 : 100_000

test(`${TABLES} tables from seeds`, () => playHostileTables(TABLES, Math.floor(Math.random() * 1e9)), 3_600_000)
