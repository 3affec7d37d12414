// Which settings of a request may hold a secret: providers have many names for one.

/** A constant of a path, a query or a body: by its name, or because it looks like a key. What a message puts there is none. */
export const maybeSecret = (name: string, value: string): boolean =>
  !/^\s*(?:int64:)?\{\{[^{}]*\}\}\s*$/.test(value) && (NAMES.test(name) || LIKE_A_KEY.test(value))

const NAMES =
  /key|token|secret|auth|pass|pwd|psw|login|user|account|sign|cred|session|cookie|jwt|bearer|salt|hash|api_?id/i
const LIKE_A_KEY = /^(?=.*\d)(?=.*[a-z])[\w:~.+/=-]{16,}$/i

/** Headers say to whom, and in which form; any other may hold a key that the provider calls by a name of its own. */
export const isOpenHeader = (name: string): boolean =>
  /^(?:accept|accept-language|accept-charset|content-type|content-language|user-agent|cache-control|prefer|date|origin|referer)$/i.test(
    name,
  )
