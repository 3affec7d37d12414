// The rate that a gateway may not exceed, as it is configured.
import type { App } from '../../app.ts'

/** null: none is, or the gateway is not configured any more. */
export const gatewayRate = (
  { config }: Pick<App, 'config'>,
  name: string,
): { readonly name: string; readonly ratePerSecond: number | null } => ({
  name,
  ratePerSecond: Object.hasOwn(config.gateways, name) ? (config.gateways[name]?.ratePerSecond ?? null) : null,
})
