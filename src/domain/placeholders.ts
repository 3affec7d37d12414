// {{ placeholders }} of a gateway's request: what a message can put into a path, a header or a body.

/** What each stands for is told by cli.md's notify.toml and `notify init`. */
export const PLACEHOLDERS = ['key', 'key_number', 'phone', 'phone_digits', 'email', 'address', 'text'] as const

export type Placeholder = (typeof PLACEHOLDERS)[number]

/** What a message puts into them. */
export interface PlaceholderValues {
  readonly key: string
  readonly keyNumber: string
  readonly address: string
  readonly text: string
}

/** A literal and the name that follows it; the last literal has none. */
export interface TemplatePiece {
  readonly literal: string
  readonly name: string | null
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/

/** `a {{ key }} b` -> literal "a " with name key, literal " b" with none. Names are not checked. */
export const splitTemplate = (template: string): readonly TemplatePiece[] => {
  const pieces = template.split(PLACEHOLDER)
  return pieces.flatMap((literal, i) => (i % 2 === 0 ? [{ literal, name: pieces[i + 1] ?? null }] : []))
}

export const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((known) => known === name)

/** The value of one placeholder for one message. Phones are E.164; their digits go without the plus. */
export const placeholderValue = (name: Placeholder, message: PlaceholderValues): string => {
  switch (name) {
    case 'key':
      return message.key
    case 'key_number':
      return message.keyNumber
    case 'text':
      return message.text
    case 'phone_digits':
      return message.address.startsWith('+') ? message.address.slice(1) : message.address
    case 'phone':
    case 'email':
    case 'address':
      return message.address
    default:
      return name satisfies never
  }
}
