// Preloaded into the real program: its clock starts at NOTIFY_TEST_CLOCK (ISO 8601) and goes on at the usual pace.
const RealDate = globalThis.Date
const shift = RealDate.parse(process.env.NOTIFY_TEST_CLOCK ?? '') - RealDate.now()
if (Number.isNaN(shift)) throw new Error(`NOTIFY_TEST_CLOCK is not an instant: ${process.env.NOTIFY_TEST_CLOCK}`)

globalThis.Date = class ShiftedDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + shift] : parts))
  }

  static now() {
    return RealDate.now() + shift
  }
}
