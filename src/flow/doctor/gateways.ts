// Each gateway: configured, its token readable, within reach; paused, resting, loaded slowly.
import { bad, type Check, doubtful, well } from '../../domain/check.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { Probe } from '../../gateway/gateway.ts'
import type { Store } from '../../store/store.ts'
import { type GatewayReport, reportGateways } from '../gateways.ts'
import type { DeskPlaces } from './desk.ts'
import { counted } from './rows.ts'

/** `store` null: the rows cannot be read; what is configured can be reached all the same. */
export const checkGateways = async (
  { config, probe }: Pick<DeskPlaces, 'config' | 'probe'>,
  store: Pick<Store, 'listGateways' | 'countByGateway' | 'listTroubles'> | null,
  now: number,
): Promise<readonly Check[]> => {
  const reports = store === null ? [] : await reportGateways({ store }, config.gateways, now)
  const names = new Set([...Object.keys(config.gateways), ...reports.map(({ name }) => name)])
  const checks = [...names].toSorted().map(async (name) => {
    const report = reports.find((each) => each.name === name) ?? null
    if (!Object.hasOwn(config.gateways, name)) return report === null ? [] : unknown(report)
    const reach = checkReach(name, await probe(name))
    return report === null ? [reach] : [reach].concat(checkState(report))
  })
  return (await Promise.all(checks)).flat()
}

/** One that is only a row was used once; that is no fault while nothing waits for it. */
const unknown = ({ name, waiting }: GatewayReport): readonly Check[] =>
  waiting === 0
    ? []
    : [
        bad(
          `gateway.${name}`,
          `there is no [gateways.${name}] in the configuration, and ${counted(waiting, 'message')} wait for it`,
          'Configure it, or cancel those mailings.',
          'config',
        ),
      ]

const TOKEN = 'Put the token, and nothing else, there, readable by this user alone.'

const checkReach = (name: string, found: Probe): Check => {
  const check = `gateway.${name}`
  if (found.kind === 'reached') return well(check, `it can be reached: ${found.where}`)
  const { kind, says, hint } = found
  return kind === 'misconfigured'
    ? bad(check, says, hint ?? TOKEN, 'config')
    : bad(
        check,
        `it cannot be reached: ${says}`,
        hint ?? 'Check its address, the network, and its certificate.',
        'gateway',
      )
}

const checkState = ({ name, state, health, isStalled }: GatewayReport): readonly Check[] => {
  const check = `gateway.${name}.state`
  const resume = `When its cause is mended: notify gateways resume ${name}.`
  const why = health.reason ?? 'it gave no reason'
  if (isStalled)
    return [bad(check, 'messages are due there and do not move', 'See the log of the daemon, then start it anew.')]
  if (state === 'paused') {
    const because = health.pausedWhy === null ? '' : `: ${health.pausedWhy}`
    return [doubtful(check, `it is paused by ${health.pausedBy ?? '?'}${because}`, resume)]
  }
  if (state === 'resting')
    return [
      bad(
        check,
        `it rests until ${isoUtc(health.restsUntil ?? 0)}: ${why}`,
        `It is tried again then. Or: notify gateways resume ${name}.`,
        'gateway',
      ),
    ]
  if (state === 'probing')
    return [doubtful(check, `it was down (${why}); the next message tries it`, `Or: notify gateways resume ${name}.`)]
  return state === 'ramping' ? [well(check, 'it was down, and is loaded slowly')] : []
}
