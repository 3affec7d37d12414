// The day of the demo: the clock flies to the next ten o'clock, then a real pass sends what is due there.
import type { App } from '../../app.ts'
import type { ZonePlan } from '../../domain/mailing.ts'
import { localClock } from '../../domain/send-time.ts'
import { runDue } from '../../flow/run-due.ts'
import { asWorker } from '../../flow/worker.ts'
import { type Cli, type CommonOptions, print } from '../cli.ts'
import { drawBar } from '../screen/bars.ts'
import { dateTime, inBothZones } from '../screen/format.ts'
import { type Look, lookOf } from '../screen/look.ts'
import type { DemoClock } from './demo-clock.ts'
import { stopSignals } from './stop-signals.ts'

const DAY_MS = 12_000
const GRACE_MS = 5_000
const BAR_WIDTH = 24
const START_OF_LINE = '\r\u001b[K'

/** Plays the only mailing of this store, zone by zone. */
export const playDay = async (cli: Cli, options: CommonOptions, app: App, clock: DemoClock): Promise<void> => {
  const [mailing] = await app.store.listMailings({ limit: 1 })
  if (mailing === undefined) return
  const look = lookOf(cli, options, cli.out)
  const { zones } = mailing.plan
  const instants = [...new Set(zones.map(({ sendAt }) => sendAt))]
  const most = Math.max(...zones.map(({ count }) => count))
  for (const instant of instants) {
    if (cli.signal.aborted) return
    await clock.flyTo(instant, DAY_MS / instants.length, cli.signal, () =>
      showClock(cli, look, clock, app.operatorZone),
    )
    await pass(cli, app)
    const detail = await app.store.mailingDetail(mailing)
    for (const zone of zones.filter(({ sendAt }) => sendAt === instant)) {
      const sent = detail.zones.find((each) => each.zone === zone.zone)?.states.sent ?? 0
      print(cli.out, `${look.isTTY ? START_OF_LINE : ''}${lineOf(zone, sent, most, app.operatorZone, look)}`)
    }
  }
}

/** What crontab does every minute. */
const pass = async (cli: Cli, app: App): Promise<void> => {
  const signals = stopSignals(cli.signal, GRACE_MS, null)
  try {
    await asWorker(app, 'run-due', (workerId) => runDue(app, workerId, signals))
  } finally {
    signals.clear()
  }
}

const showClock = (cli: Cli, look: Look, clock: DemoClock, zone: string): void => {
  if (look.isTTY) cli.out.write(`${START_OF_LINE}${look.paint('dim', `${dateTime(clock.now(), zone)} ${zone}`)}`)
}

const lineOf = ({ zone, sendAt }: ZonePlan, sent: number, most: number, operatorZone: string, look: Look): string => {
  const cells = Math.max(1, Math.round((sent / most) * BAR_WIDTH))
  const bar = drawBar([{ count: sent, glyphs: ['█', '#'], paint: 'green' }], cells, look)
  const { time } = localClock(sendAt, zone)
  return `${time} ${inBothZones(sendAt, zone, operatorZone).slice('2021-10-22 10:00 '.length).padEnd(50)} ${bar} ${look.word(`${sent} sent`)}`
}
