// Addresses that are never to be written to, or may be again: each one checked, then all of them, or not a single one.
import type { Clock } from '../clock.ts'
import { addressParser } from '../domain/address.ts'
import type { RejectedLine } from '../domain/district.ts'
import { Fixable } from '../domain/errors.ts'
import type { BlockCounts, BlockStore } from '../store/block-store.ts'
import type { HandStore } from '../store/hand-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import { withInFlight } from './in-flight.ts'

/** An address as it is written, and where: the line of a file, the place on the command line. */
export interface AddressLine {
  readonly line: number
  readonly text: string
  /** What stands beside it in a list that does not say what that is. */
  readonly beside?: readonly string[]
  /** Why it is to be rejected, whatever it says. */
  readonly fault?: string
}

export interface BlockRequest {
  readonly lines: readonly AddressLine[]
  /** Of phones written without a country. */
  readonly country: string
  /** Takes the good ones although there are bad ones. */
  readonly skipBad: boolean
  readonly dryRun: boolean
}

export interface Blocked extends BlockCounts {
  /** Messages to these addresses that had begun to leave, and may still arrive. */
  readonly inFlight: number
  /** Different addresses, well written. */
  readonly addresses: number
  readonly rejected: readonly RejectedLine[]
  /** False: because of bad ones nothing was done. */
  readonly taken: boolean
}

/** Blocks addresses. Fails with Fixable('interrupted') when it is told to stop in the middle. */
export const blockAddresses = async (
  powers: {
    readonly store: Pick<BlockStore, 'block' | 'countUnblocked'> & Pick<HandStore, 'inHand' | 'countLeft'>
    readonly clock: Clock
  },
  request: BlockRequest,
  by: OperatorAct,
  stop: AbortSignal,
): Promise<Blocked> => {
  const { addresses, rejected } = parse(request)
  const taken = request.skipBad || rejected.length === 0
  const { store } = powers
  const counts =
    taken && !request.dryRun
      ? await withInFlight(powers, async () => whole(await store.block(addresses, by, stop), addresses))
      : { ...(await store.countUnblocked(addresses)), inFlight: 0 }
  return { ...counts, addresses: addresses.length, rejected, taken }
}

/** Takes addresses from the blocklist; all are well written, or nothing is done. */
export const unblockAddresses = async (
  { store }: { readonly store: Pick<BlockStore, 'unblock'> },
  request: Pick<BlockRequest, 'lines' | 'country'>,
  by: OperatorAct,
  stop: AbortSignal,
): Promise<Blocked> => {
  const { addresses, rejected } = parse(request)
  const taken = rejected.length === 0
  const counts = taken
    ? whole(await store.unblock(addresses, by, stop), addresses)
    : { changed: 0, seen: 0, recipients: 0 }
  return { ...counts, inFlight: 0, addresses: addresses.length, rejected, taken }
}

/** A second one on a line would be left out without a word, and written to; a tax number is none. */
const LIKE_AN_ADDRESS = /@|^(?:\+|\D*[78](?:\D*\d){10}\D*$)/

const parse = ({
  lines,
  country,
}: Pick<BlockRequest, 'lines' | 'country'>): { addresses: readonly string[]; rejected: readonly RejectedLine[] } => {
  const parseAddress = addressParser(country)
  const addresses = new Set<string>()
  const rejected: RejectedLine[] = []
  for (const { line, text, beside = [], fault } of lines) {
    const parsed = fault === undefined ? parseAddress(text) : ({ ok: false, reason: fault } as const)
    if (parsed.ok && beside.some((each) => LIKE_AN_ADDRESS.test(each) && parseAddress(each).ok))
      rejected.push({ line, reason: 'more than one address: each wants a line of its own' })
    else if (parsed.ok) addresses.add(parsed.address)
    else rejected.push({ line, reason: parsed.reason })
  }
  return { addresses: [...addresses], rejected }
}

const whole = (counts: BlockCounts, addresses: readonly string[]): BlockCounts => {
  if (counts.seen === addresses.length) return counts
  throw new Fixable(
    'interrupted',
    `stopped: ${counts.seen} of ${addresses.length} addresses are done`,
    'Run the same command again: it goes on where it was.',
  )
}
