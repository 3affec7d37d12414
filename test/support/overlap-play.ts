// Passes that begin in the same moment, as crontab begins them when one has not ended (faults.md B1).
import { expect } from 'vitest'
import { openShop, TEN_IN_MOSCOW } from './shop.ts'

const PASSES = 16

/** All at once on so many due rows; fails unless each row left once and nobody was refused or spoke. */
export const playOverlap = async (rows: number): Promise<void> => {
  const shop = await openShop({ more: 'deadline = "30s"\n' }) // they share what processors there are
  await shop.scheduleMany(rows)
  const passes = await Promise.all(
    Array.from({ length: PASSES }, () => shop.run(['run-due', '--parallel', '--json'], TEN_IN_MOSCOW)),
  )
  expect(passes.map(({ code }) => code)).toEqual(Array.from({ length: PASSES }, () => 0))
  expect(passes.map(({ stderr }) => stderr).join('')).toBe('')
  const sent = passes.reduce((sum, { stdout }) => sum + Number(JSON.parse(stdout).sent), 0)
  expect(sent).toBe(rows)
  expect(shop.sandbox.counts()).toMatchObject({ requests: rows, taken: rows, repeated: 0 })
  expect(shop.states()).toEqual({ sent: rows })
}
