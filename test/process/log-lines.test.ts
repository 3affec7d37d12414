// Lines of the log on a real pipe: none is lost at an end, and a reader who stops reading stops nobody.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'

const at = (path: string): string => JSON.stringify(new URL(`../../${path}`, import.meta.url).href)

/** A process that logs as the program does, and then does as told. */
const start = (then: string): ChildProcessWithoutNullStreams => {
  const script = `
    const { openLog } = await import(${at('src/log.ts')})
    const { systemClock } = await import(${at('src/clock.ts')})
    process.stderr.on('error', () => undefined) // as src/cli/output.ts does
    const { log, close } = await openLog({ screen: process.stderr, clock: systemClock }, 'info', 'json')
    const sent = (count) => {
      for (let message = 0; message < count; message += 1)
        log({ event: 'sent', message, mailing: 4, recipient: message, worker: 9, gateway: 'sms', attempt: 1, ms: 12, reason: null })
    }
    ${then}`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Numbers of the messages, in the order in which they were told; a broken line is an error. */
const messagesIn = (log: string): number[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line).message)

const countTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

const read = async (child: ChildProcessWithoutNullStreams): Promise<string> => {
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk
  })
  await once(child, 'close')
  return log
}

test.each([
  ['a clean end', 'sent(200); close()'],
  ['an end with an exit code', 'sent(200); process.exitCode = 1'],
  ['an exit at once, as at a second Ctrl-C', 'sent(200); process.exit(143)'],
  ['an error that nobody caught', 'sent(200); throw new Error("so")'],
  ['a kill -9 a moment later', 'sent(200); setTimeout(() => process.kill(process.pid, "SIGKILL"), 200)'],
])('%s: every line is there, in order', async (_, then) => {
  expect(messagesIn(await read(start(then)))).toEqual(countTo(200))
})

test('a reader who is slow gets all of it, though the process is done', async () => {
  const child = start('sent(20_000); close(); process.stdout.write("done")')
  await once(child.stdout, 'data')
  expect(messagesIn(await read(child))).toEqual(countTo(20_000))
})

test('a reader who does not read stops nobody; what he missed is counted', async () => {
  const child = start(`
    const turn = (left) => {
      sent(2_000)
      if (left > 0) setTimeout(() => turn(left - 1), 11)
      else process.stdout.write(String(process.memoryUsage.rss()))
    }
    const sayMore = () => (process.stderr.writableLength > 0 ? setTimeout(sayMore, 5) : log({ event: 'reloaded' }))
    process.stdin.once('data', sayMore).once('data', () => process.stdin.destroy())
    turn(99)`)
  const [rss] = await once(child.stdout, 'data')
  expect(Number(rss)).toBeLessThan(300_000_000)
  const reading = read(child)
  child.stdin.write('somebody reads again')
  const lines = (await reading)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const heard = lines.filter(({ event }) => event === 'sent').length
  expect(heard).toBeGreaterThan(10_000)
  expect(lines.slice(heard)).toMatchObject([{ event: 'log-lines-lost', count: 200_000 - heard }, { event: 'reloaded' }])
}, 60_000)
