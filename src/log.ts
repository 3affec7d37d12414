// Only the wording of logs. The flow emits events; here each becomes one line.
export type LogEvent =
  | { readonly event: 'stale-settle'; readonly count: number }
  | { readonly event: 'gateway-rests'; readonly gateway: string; readonly until: number; readonly reason: string }
  | { readonly event: 'rows-rescued'; readonly workerId: number; readonly count: number }
  | { readonly event: 'schedule-rolled-back'; readonly mailing: string }
  | { readonly event: 'daemon-started' | 'daemon-stopping' | 'daemon-stopped' }
  | { readonly event: 'pass'; readonly claimed: number; readonly sent: number; readonly failed: number }

export type Log = (event: LogEvent) => void
