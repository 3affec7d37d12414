// Preloaded into the real program: its clock starts at NOTIFY_TEST_CLOCK (ISO 8601) and goes on at the usual pace. It is set
// while the program runs by writing, whole, into the file NOTIFY_TEST_CLOCK_FILE by how many ms it is now off. With
// NOTIFY_TEST_BOOT it runs in a boot of that name.
const fs = require('node:fs')

const { readFileSync } = fs
const boot = process.env.NOTIFY_TEST_BOOT
if (boot !== undefined)
  fs.readFileSync = (path, ...others) =>
    path === '/proc/sys/kernel/random/boot_id' ? boot : readFileSync(path, ...others)

const RealDate = globalThis.Date
const start = RealDate.parse(process.env.NOTIFY_TEST_CLOCK ?? '') - RealDate.now()
if (Number.isNaN(start)) throw new Error(`NOTIFY_TEST_CLOCK is not an instant: ${process.env.NOTIFY_TEST_CLOCK}`)

const file = process.env.NOTIFY_TEST_CLOCK_FILE
const now = () => RealDate.now() + start + (file === undefined ? 0 : Number(readFileSync(file, 'utf8')))

// The time since boot goes with the clock as it starts, not as it is set later: commands of one test are hours apart.
const os = require('node:os')
os.uptime = () => (RealDate.now() + start - RealDate.UTC(2000, 0)) / 1_000
require('node:module').syncBuiltinESMExports()

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts))
  }

  static now() {
    return now()
  }
}
