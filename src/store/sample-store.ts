// Recipients to show a text for.
import type { AddressKind, Audience } from '../domain/mailing.ts'
import type { RecipientColumn, RecipientValues } from '../domain/message.ts'

export interface Sample {
  readonly id: number
  readonly name: string | null
  /** Only the columns that were asked for. */
  readonly values: RecipientValues
}

/** Recipients of whom the same values are empty. */
export interface EmptyGroup {
  readonly empty: readonly string[]
  readonly count: number
  readonly firstId: number
  readonly lastId: number
}

export interface SampleStore {
  /** Who of this audience can be written to, grouped by which of these variables of a text say nothing for them. Reads all of them once. */
  groupByEmpty(
    audience: Audience,
    addressKind: AddressKind,
    variables: readonly string[],
  ): Promise<readonly EmptyGroup[]>
  /** Of this audience, who can be written to: not unsubscribed, with such an address that is not blocked. By number, from `after` on. */
  listSamples(
    audience: Audience,
    addressKind: AddressKind,
    columns: readonly RecipientColumn[],
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly Sample[]>
  /** By number, or by phone or e-mail address, whoever it is; of several the first. null: there is none. */
  findSample(
    who: { readonly id: number } | { readonly address: string },
    columns: readonly RecipientColumn[],
  ): Promise<Sample | null>
}
