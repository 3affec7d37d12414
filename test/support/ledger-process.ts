// The ledger in a process of its own: in a storm the daemons must not wait for the test, nor the test for the answers.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { KeyMode } from './ledger.ts'
import type { Script } from './ledger-deeds.ts'

export interface LedgerProcess {
  readonly url: string
  readonly file: string
  /** Resolves when every later request is answered by this script. */
  play(script: Script): Promise<void>
  stop(): Promise<void>
}

export interface LedgerProcessOptions {
  readonly file: string
  readonly keys: KeyMode
  readonly script?: Script
  readonly port?: number
}

/** Starts it; it ends with the test, whatever happens. */
export const startLedger = async (options: LedgerProcessOptions): Promise<LedgerProcess> => {
  const module = new URL('ledger.ts', import.meta.url)
  const program = `
    const { openLedger } = await import(${JSON.stringify(module.href)})
    const ledger = await openLedger(${JSON.stringify(options)})
    process.on('message', (script) => { ledger.play(script); process.send('played') })
    process.once('disconnect', () => process.exit())
    process.send(ledger.url)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'], // the channel ends with us, and the ledger with it
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const [url] = await Promise.race([once(child, 'message'), ended])
  if (typeof url !== 'string') throw new Error('the ledger ended before it said where it is')
  return {
    url,
    file: options.file,
    play: async (script) => {
      const played = once(child, 'message')
      child.send(script)
      await played
    },
    stop: async () => {
      child.disconnect()
      await ended
    },
  }
}
