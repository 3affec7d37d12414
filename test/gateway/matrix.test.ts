// The whole matrix of faults (faults.md C1-C17) as one table: each is played once, and must show what its row says.
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { FAULTS } from '../support/fault-matrix.ts'
import { matrixDocument } from '../support/matrix-document.ts'

/** Most of them wait for something: a deadline, a quick try, a process that starts. */
const AT_ONCE = 12

test('every fault shows what its row says', async () => {
  const limit = pLimit(AT_ONCE)
  const named = (of: string, fault: string): string => `${of} ${fault}`
  const shown = await Promise.all(
    FAULTS.map(({ id, fault, play }) => limit(async () => [named(id, fault), await play()] as const)),
  )
  expect(Object.fromEntries(shown)).toEqual(
    Object.fromEntries(FAULTS.map(({ id, fault, shows }) => [named(id, fault), shows])),
  )
}, 90_000)

test('each row has a name of its own', () => {
  const names = FAULTS.map(({ id, fault }) => `${id} ${fault}`)
  expect(names).toHaveLength(new Set(names).size)
})

test('docs/gateway-faults.md is this table', async () => {
  await expect(matrixDocument(FAULTS)).toMatchFileSnapshot('../../docs/gateway-faults.md')
})
