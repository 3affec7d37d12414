// A database, a configuration and a sandbox process, for benches that run the real program.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/open.ts'
import { fillMessages, fillRecipients, inFolder } from './fill.ts'
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts'

export const BINARY = join(import.meta.dirname, '../dist/bin/notify.js')

export interface BenchShop {
  readonly folder: string
  readonly file: string
  readonly sandbox: SandboxProcess
}

/** `messages` that are due, and a gateway that takes them. */
export const inShop = async <T>(
  messages: number,
  latencyMs: number,
  body: (shop: BenchShop) => Promise<T>,
): Promise<T> => {
  const sandbox = await startSandboxProcess(latencyMs)
  try {
    return await inFolder(async (file) => {
      const folder = dirname(file)
      await (await openStore(file, systemClock)).close()
      fillRecipients(file, messages)
      fillMessages(file, 1)
      writeFileSync(
        join(folder, 'notify.toml'),
        `database = "notify.db"
[gateways.sms]
type = "http"
preset = "probe"
url = "${sandbox.url}"
token_env = "BENCH_TOKEN"
concurrency = 256
`,
      )
      return body({ folder, file, sandbox })
    })
  } finally {
    await sandbox.stop()
  }
}
