// H1: tables as nobody should write them (test/support/hostile-csv.ts); 10,000 of them in test/soak/.
import { test } from 'vitest'
import { playHostileTables } from '../support/hostile-import.ts'

test(
  '300 tables from seeds: refused in words and with their place, or no record lost and no cell shifted',
  () => playHostileTables(300, Math.floor(Math.random() * 1e9)),
  60_000,
)
