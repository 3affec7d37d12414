// What the sandbox demands of a request: the contract of preset "probe", to the letter.
import type { IncomingMessage } from 'node:http'

export type SandboxRequest =
  | { readonly ok: true; readonly message: { readonly id: string; readonly phone: string; readonly text: string } }
  | { readonly ok: false; readonly status: number; readonly reason: string }

const TARGET = /^\/v1\/send\/([1-9]\d{0,18})$/
/** Read from the bytes: parsed as JSON, an int64 loses its last digits. */
const ID = /"id"\s*:\s*(\d+)\s*[,}]/
const PHONE = /"phone"\s*:\s*(\d+)\s*[,}]/

/** `POST /v1/send/{id}` with a bearer token and `{"id": int64, "phone": int64, "text": string}`, both ids the same. */
export const readSandboxRequest = ({ method, url, headers }: IncomingMessage, body: string): SandboxRequest => {
  const id = method === 'POST' ? TARGET.exec(url ?? '')?.[1] : undefined
  if (id === undefined) return refused(404, 'expected POST /v1/send/{id}')
  if (!/^Bearer \S/.test(headers.authorization ?? '')) return refused(401, 'expected a bearer token')
  return readContent(id, body)
}

const readContent = (id: string, body: string): SandboxRequest => {
  const content = parse(body)
  if (content === null || typeof content['text'] !== 'string') return refused(400, 'expected JSON with a text')
  if (typeof content['id'] !== 'number' || ID.exec(body)?.[1] !== id) {
    return refused(400, 'expected the id of the path, as a number')
  }
  const phone = typeof content['phone'] === 'number' ? PHONE.exec(body)?.[1] : undefined
  if (phone === undefined) return refused(400, 'expected phone as a whole number')
  return { ok: true, message: { id, phone, text: content['text'] } }
}

const refused = (status: number, reason: string): SandboxRequest => ({ ok: false, status, reason })

const parse = (body: string): Readonly<Record<string, unknown>> | null => {
  try {
    const parsed: unknown = JSON.parse(body)
    return isObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
