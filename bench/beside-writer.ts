// A small writer in a process of its own beside a large piece of work: how long it waits.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Waits {
  /** ms. */
  readonly worst: number
  readonly p99: number
}

/** Runs `work` while another process writes one row into this database every 10 ms. */
export const besideAWriter = async (file: string, work: () => Promise<unknown>): Promise<Waits> => {
  const script = fileURLToPath(new URL('other-writer.ts', import.meta.url))
  const writer = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  await new Promise<void>((resolve) => {
    writer.stdout.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('ready')) resolve()
    })
  })
  await work()
  const ended = new Promise((resolve) => writer.on('close', resolve))
  writer.stdin.end()
  await ended
  const [, worst, p99] = /worst (\d+) p99 (\d+)/.exec(said) ?? []
  return { worst: Number(worst), p99: Number(p99) }
}
