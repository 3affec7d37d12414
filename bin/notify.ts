#!/usr/bin/env node
// The process: argv, signals -> AbortSignal, exit code; nothing else.
import { runProcess } from '../src/cli/process.ts'

/** No `await` of the module itself: files could not import from one that waits, and what starts would be two files, not one. */
const main = async (): Promise<void> => {
  process.exitCode = 1 // should it never end
  process.exitCode = await runProcess(process)
}

void main()
