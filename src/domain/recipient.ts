// A recipient: parse a raw record, or say what is wrong with it.

/** A checked record, ready to be saved. null: the record says nothing, what is known stays. */
export interface RecipientDraft {
  readonly externalId: string | null
  readonly phone: string | null // E.164, with the plus
  readonly email: string | null
  readonly operatorCode: string | null
  readonly name: string | null
  readonly contactPerson: string | null
  readonly taxNumber: string | null
  readonly address: string | null
  /** As written, trimmed; the store finds it by districtKey (src/domain/zone.ts). */
  readonly district: string | null
  readonly zone: string | null // canonical
  readonly tags: readonly string[]
  readonly unsubscribed: boolean
  readonly unsubscribedByAdmin: boolean
  readonly attributes: Readonly<Record<string, string>>
}
