// The outbox: accepted means on the disk; trouble is a reply, never an exception.
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { openOutboxGateway } from '../../src/gateway/outbox.ts'
import { temporaryFolder } from '../support/database.ts'
import { message } from '../support/gateway-server.ts'

const never = new AbortController().signal

const outbox = (file: string): Gateway =>
  openOutboxGateway('outbox', { type: 'outbox', file, addressKind: 'phone', concurrency: 256, ratePerSecond: null }, [])

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a line a message: key, address, text; the file and its folder are ours alone', async () => {
  const file = join(temporaryFolder(), 'deep/er/outbox.jsonl')
  expect(await outbox(file).send(message, never)).toEqual({ kind: 'accepted', ref: null })
  expect(readFileSync(file, 'utf8')).toBe(
    '{"key":"zu2friwhwjn4ttpxcluvfmg7ehdu","address":"+79161234567","text":"Здравствуйте, «Ромашка»!\\n\\"10:00\\""}\n',
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
})

test('a thousand at once: every one accepted, once, in order', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const gateway = outbox(file)
  const keys = Array.from({ length: 1000 }, (_, i) => `key-${i}`)
  const replies = await Promise.all(keys.map((key) => gateway.send({ ...message, key }, never)))
  expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
  expect(linesOf(file)).toEqual(keys.map((key) => expect.objectContaining({ key })))
})

test('two processes write into one file, line by line', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const [one, two] = [outbox(file), outbox(file)]
  await Promise.all(
    Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : two).send({ ...message, key: `key-${i}` }, never)),
  )
  expect(linesOf(file)).toHaveLength(200)
})

test('a message written while the gateway closes is on the disk when it is closed', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const gateway = outbox(file)
  const reply = gateway.send(message, never)
  await gateway.close()
  expect(linesOf(file)).toHaveLength(1)
  expect(await reply).toEqual({ kind: 'accepted', ref: null })
})

test('half a line that a power cut left stays alone', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const gateway = outbox(file)
  await gateway.send({ ...message, key: 'one' }, never)
  appendFileSync(file, '{"key":"tw')
  await gateway.send({ ...message, key: 'three' }, never)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.map((line) => line.slice(0, 10))).toEqual(['{"key":"on', '{"key":"tw', '{"key":"th'])
})

test('a file that was moved away is made anew', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const gateway = outbox(file)
  await gateway.send(message, never)
  rmSync(file)
  await gateway.send(message, never)
  expect(linesOf(file)).toHaveLength(1)
})

test('stopped before it was written', async () => {
  const file = join(temporaryFolder(), 'outbox.jsonl')
  const gateway = outbox(file)
  const stop = new AbortController()
  const [stopped, going] = [gateway.send(message, stop.signal), gateway.send(message, never)]
  stop.abort()
  expect(await stopped).toEqual({ kind: 'unavailable', reason: 'stopped before it was written' })
  expect(await going).toEqual({ kind: 'accepted', ref: null })
  expect(linesOf(file)).toHaveLength(1)
})

test('a folder in its place, and a file for its folder', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'box'))
  writeFileSync(join(folder, 'plain'), '')
  expect(await outbox(join(folder, 'box')).send(message, never)).toEqual({
    kind: 'misconfigured',
    reason: `outbox ${join(folder, 'box')} cannot be written: it is a folder`,
    blameless: true,
  })
  expect(await outbox(join(folder, 'plain/box')).send(message, never)).toMatchObject({
    kind: 'misconfigured',
    reason: expect.stringContaining('its folder is a file'),
  })
})

test('a pipe is no outbox, and is not waited for', async () => {
  const pipe = join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(await outbox(pipe).send(message, never)).toEqual({
    kind: 'misconfigured',
    reason: `outbox ${pipe} cannot be written: it is a pipe, not a file`,
    blameless: true,
  })
})

test.skipIf(!existsSync('/dev/full'))('a full disk: some of the lines may be there', async () => {
  expect(await outbox('/dev/full').send(message, never)).toEqual({
    kind: 'unknown',
    reason: 'outbox /dev/full cannot be written: the disk is full',
  })
})

test('a read-only folder is for somebody to mend', async () => {
  const folder = temporaryFolder()
  chmodSync(folder, 0o555)
  asNobody()
  const gateway = outbox(join(folder, 'outbox.jsonl'))
  expect(await gateway.send(message, never)).toEqual({
    kind: 'misconfigured',
    reason: `outbox ${join(folder, 'outbox.jsonl')} cannot be written: permission denied`,
    blameless: true,
  })
})

/** Permissions do not hold for root. */
const asNobody = (): void => {
  if (process.geteuid?.() !== 0) return
  process.seteuid?.(65_534)
  onTestFinished(() => process.seteuid?.(0))
}
