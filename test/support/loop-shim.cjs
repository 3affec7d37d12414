// Preloaded into the real program: measures for how long its event loop stands still. The first SIGUSR2 begins, the second
// writes the longest stop in between, in ms, whole, into the file NOTIFY_TEST_LOOP_FILE.
const { renameSync, writeFileSync } = require('node:fs')
const { monitorEventLoopDelay } = require('node:perf_hooks')

const file = process.env.NOTIFY_TEST_LOOP_FILE
const resolution = 10
const delay = monitorEventLoopDelay({ resolution })
let measures = false

process.on('SIGUSR2', () => {
  measures = !measures
  if (measures) {
    delay.enable()
    return
  }
  delay.disable()
  writeFileSync(`${file}.part`, String(Math.max(0, delay.max / 1e6 - resolution)))
  renameSync(`${file}.part`, file)
})
