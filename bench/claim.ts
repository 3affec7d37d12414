// Claim and settle with ten million messages in the file against ten thousand.
import { systemClock } from '../src/clock.ts'
import { allow } from '../src/domain/gateway-health.ts'
import type { Claimed, Settlement } from '../src/domain/message.ts'
import { openStore } from '../src/store/open.ts'
import { fillMessages, fillRecipients, inFolder } from './fill.ts'
import type { BenchRow } from './row.ts'

const CLAIMS = 200
const ROWS_A_CLAIM = 48

/** `large` messages against 10,000, both in 10 mailings: the median of 200 claims of 48 rows, each settled. */
export const benchClaim = async (large = 10_000_000): Promise<BenchRow[]> => {
  const small = await inFolder((file) => claimTime(file, 1_000, 10))
  const big = await inFolder((file) => claimTime(file, large / 10, 10))
  return [
    {
      work: `claim and settle ${ROWS_A_CLAIM} of ${large.toLocaleString('en')} messages`,
      ours: `${big.toFixed(2)} ms`,
      against: `of 10,000: ${small.toFixed(2)} ms`,
      ratio: big / small,
      target: '≤ 1.5',
      reached: big / small <= 1.5,
    },
  ]
}

const claimTime = async (file: string, recipients: number, mailings: number): Promise<number> => {
  await (await openStore(file, systemClock)).close()
  fillRecipients(file, recipients)
  fillMessages(file, mailings)
  const store = await openStore(file, systemClock)
  const times: number[] = []
  const now = systemClock.now()
  for (let i = 0; i < CLAIMS; i += 1) {
    const started = performance.now()
    const { taken } = await store.claimDue({
      gateway: 'sms',
      workerId: 1,
      limit: ROWS_A_CLAIM,
      now,
      leaseUntil: now + 60_000,
      probeUntil: now + 15_000,
      settlements: [],
      columnsOf: () => ['name'],
      admit: ({ address }) => ({
        kind: 'take',
        address: address ?? '',
        text: 'Good morning',
        frozenText: 'Good morning',
        textNo: 1,
        isNewKey: false,
        doubtSince: null,
      }),
      allow: (health, inHand) => allow(health, { concurrency: 64, ratePerSecond: null }, now, ROWS_A_CLAIM, inHand),
      random: 0.5,
      isAlive: () => false,
      isHandEmpty: true,
    })
    await store.settle(
      1,
      taken.map((row) => sent(row, now)),
    )
    times.push(performance.now() - started)
  }
  await store.close()
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

const sent = ({ id, mailingId, attempts }: Claimed, now: number): Settlement => ({
  id,
  mailingId,
  attempts,
  state: 'sent',
  reason: null,
  dueAt: null,
  gatewayRef: null,
  settledAt: now,
  at: now,
  attemptBack: false,
  unfreezes: false,
  doubtSince: null,
})
