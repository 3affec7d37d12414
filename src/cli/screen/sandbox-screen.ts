// What `notify sandbox` shows: where it is, how to use it, each message on a terminal, a line of counts elsewhere.

import { visible } from '../../domain/visible.ts'
import type { Cli, CommonOptions } from '../cli.ts'
import { print } from '../cli.ts'

export interface SandboxScreen {
  open(url: string): void
  message(message: ShownMessage): void
  /** Once a second: what has come so far. */
  second(counts: ShownCounts): void
}

export interface ShownCounts {
  readonly requests: number
  readonly taken: number
  readonly repeated: number
  readonly refused: number
  readonly spoilt: number
}

export interface ShownMessage {
  readonly phone: string
  readonly text: string
  readonly isRepeat: boolean
}

/** More lines in a second nobody reads. */
const LINES_A_SECOND = 20
const LONGEST_TEXT = 60

export const openSandboxScreen = (cli: Cli, options: CommonOptions): SandboxScreen => {
  const isJson = options.json !== undefined
  const isLive = cli.out.isTTY === true && !isJson && options.quiet !== true
  let shown = 0
  let left = 0
  let requests = 0
  return {
    open: (url) => {
      if (isJson) print(cli.out, JSON.stringify({ url }))
      else print(cli.out, options.quiet === true ? url : welcome(url))
    },
    message: (message) => {
      if (!isLive) return
      if (shown < LINES_A_SECOND) print(cli.out, messageLine(message))
      else left += 1
      shown += 1
    },
    second: (counts) => {
      if (left > 0) print(cli.out, `… ${left} more`)
      shown = 0
      left = 0
      const isNew = counts.requests !== requests
      requests = counts.requests
      if (isNew && !isLive && options.quiet !== true)
        print(cli.out, isJson ? JSON.stringify(counts) : countLine(counts))
    },
  }
}

const welcome = (url: string): string => `The sandbox answers at ${url} until Ctrl-C. For notify.toml:

[defaults]
gateway = "sandbox"

[gateways.sandbox]
type = "http"
preset = "probe"
url = "${url}"
token_env = "SANDBOX_TOKEN"   # any word will do: export SANDBOX_TOKEN=try
`

const messageLine = ({ phone, text, isRepeat }: ShownMessage): string => {
  const line = visible(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
  return `${masked(phone)}  ${line}${isRepeat ? '  (a repeat: no second effect)' : ''}`
}

/** +7916•••67: a screen is looked at by more than one. */
const masked = (phone: string): string => (phone.length < 8 ? '+•••' : `+${phone.slice(0, 4)}•••${phone.slice(-2)}`)

const countLine = ({ requests, taken, repeated, refused, spoilt }: ShownCounts): string =>
  `${requests} requests: ${taken} taken, ${repeated} repeated, ${refused} refused, ${spoilt} spoilt`
