// [gateways.outbox]: there without any configuration, beside the database.
import type { OutboxGatewayConfig } from '../config.ts'

/** As configured; `file` null: beside the database, once it is known where that is. */
export interface OutboxPlan extends Omit<OutboxGatewayConfig, 'file'> {
  readonly file: string | null
}

export const DEFAULT_OUTBOX: OutboxPlan = {
  type: 'outbox',
  file: null,
  addressKind: 'phone',
  concurrency: 256, // more lines for each write to the disk, which is what an outbox waits for
  ratePerSecond: null,
}
