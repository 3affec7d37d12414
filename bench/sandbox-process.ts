// The sandbox in a process of its own, so that what is measured does not pay for the answers.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface SandboxProcess {
  readonly url: string
  stop(): Promise<void>
}

/** Starts it on a free port; failures on purpose are off. */
export const startSandboxProcess = async (latencyMs = 0): Promise<SandboxProcess> => {
  const module = new URL('../src/gateway/sandbox.ts', import.meta.url)
  const program = `
    const { startSandbox } = await import(${JSON.stringify(module.href)})
    const { url } = await startSandbox({ port: 0, latencyMs: ${latencyMs}, failRate: 0 })
    console.log(url)
    process.once('disconnect', () => process.exit())`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'], // the channel ends with us, and the sandbox with it
  })
  return { url: await firstLine(child), stop: () => stop(child) }
}

const firstLine = async (child: ChildProcess): Promise<string> => {
  for await (const chunk of child.stdout ?? []) return String(chunk).trim()
  throw new Error('the sandbox ended before it said where it is')
}

const stop = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}
