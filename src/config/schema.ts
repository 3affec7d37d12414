// The shape of notify.toml. Loaded only where there is something to check: run-due starts every minute.
import { z } from 'zod/v3'
import { readDatabase } from './database.ts'
import { gatewaySettings, setting } from './gateway-settings.ts'
import { addresses, country, localTime, text, yesOrNo, zone } from './settings.ts'

const defaults = z.strictObject({
  gateway: z.optional(setting(text('the name of a gateway'))),
  text: z.optional(setting(text('a text'))),
  until: z.optional(setting(localTime)),
})

/** A name that also fits a variable of the environment and a file. */
const gatewayName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/i)

/** The whole file; relative paths in it are relative to `folder`. */
export const configSchema = (folder: string) =>
  z
    .strictObject({
      database: z.optional(setting((raw) => readDatabase(raw, folder))),
      zone: z.optional(setting(zone)),
      country: z.optional(setting(country)),
      approval: z.optional(setting(yesOrNo)),
      test_addresses: z.optional(setting(addresses)),
      defaults: z.optional(defaults),
      gateways: z.optional(z.record(gatewayName, gatewaySettings(folder))),
    })
    .superRefine((settings, context) => {
      const wanted = settings.defaults?.gateway
      if (wanted === undefined || wanted === 'outbox' || Object.hasOwn(settings.gateways ?? {}, wanted)) return
      context.addIssue({
        code: 'custom',
        path: ['defaults', 'gateway'],
        message: `there is no [gateways.${wanted}]`,
      })
    })

export type Settings = z.output<ReturnType<typeof configSchema>>

export const ROOT_KEYS: readonly string[] = [
  'database',
  'zone',
  'country',
  'approval',
  'test_addresses',
  'defaults',
  'gateways',
]
export const DEFAULTS_KEYS: readonly string[] = Object.keys(defaults.shape)
