// The flags that choose recipients of the address book, and those that say what one is like.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { WrittenField } from '../../domain/recipient-change.ts'
import type { CommonOptions } from '../cli.ts'
import { type AudienceOptions, audienceFlags } from './audience-flags.ts'

export interface FilterOptions extends CommonOptions, AudienceOptions {
  readonly unsubscribed?: boolean
  readonly blocked?: boolean
  readonly search?: string
}

export const filterFlags = (command: Command): Command =>
  audienceFlags(command)
    .option('--unsubscribed', 'only recipients who unsubscribed, or were by an administrator')
    .option('--blocked', 'only recipients with an address on the blocklist')
    .option('--search <text>', 'only those with this in name, phone, e-mail or external id')

export interface FieldOptions extends CommonOptions {
  readonly externalId?: string
  readonly phone?: string
  readonly email?: string
  readonly name?: string
  readonly contactPerson?: string
  readonly inn?: string
  readonly address?: string
  readonly district?: string
  readonly zone?: string
  readonly tag: readonly string[]
  readonly attr: readonly string[]
  readonly reason?: string
  readonly dryRun?: boolean
}

const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value]

export const fieldFlags = (command: Command): Command =>
  command
    .option('--phone <phone>', 'in any spelling; one of another country begins with +')
    .option('--email <address>', 'one plain address')
    .option('--name <text>', 'of the person or the firm')
    .option('--contact-person <text>', 'whom to talk to')
    .option('--inn <number>', 'tax number')
    .option('--address <text>', 'where they are')
    .option('--district <name>', 'gives the zone, where they have none of their own')
    .option('--zone <zone>', 'their own zone, such as Asia/Yakutsk or UTC+3')
    .option('--tag <tag>', 'a tag to add (repeatable)', collect, [])
    .option('--attr <name=value>', 'an attribute (repeatable); name= takes it away', collect, [])
    .option('--external-id <id>', 'their number in your own books')
    .option('--reason <text>', 'why, for the record')

/** Names of fields on the command line. */
export const FIELD_FLAGS: Readonly<Record<WrittenField, keyof FieldOptions>> = {
  externalId: 'externalId',
  phone: 'phone',
  email: 'email',
  name: 'name',
  contactPerson: 'contactPerson',
  taxNumber: 'inn',
  address: 'address',
  district: 'district',
  zone: 'zone',
}

const CLEARED = {
  'external-id': 'externalId',
  phone: 'phone',
  email: 'email',
  name: 'name',
  'contact-person': 'contactPerson',
  inn: 'taxNumber',
  address: 'address',
  district: 'district',
  zone: 'zone',
  tags: 'tags',
  attributes: 'attributes',
} as const

export type ClearWord = keyof typeof CLEARED

export const fieldCleared = (word: ClearWord): (typeof CLEARED)[ClearWord] => CLEARED[word]

export const clearFlag = (): Option =>
  new Option('--clear <field>', 'empty this field (repeatable)')
    .choices(Object.keys(CLEARED))
    .default([])
    .argParser((word: string, words: readonly string[]) => {
      if (Object.hasOwn(CLEARED, word)) return [...words, word]
      throw new InvalidArgumentError(`Write one of ${Object.keys(CLEARED).join(', ')}.`)
    })
