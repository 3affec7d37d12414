#!/usr/bin/env node
// The process: argv, signals -> AbortSignal, exit code; nothing else.
import { runProcess } from '../src/cli/process.ts'

process.exitCode = await runProcess(process)
