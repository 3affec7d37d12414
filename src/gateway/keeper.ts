// The gateways of one process, by name. One that works is replaced only by one that could be opened.
import type { Gateway } from './gateway.ts'

export interface GatewayKeeper {
  /** Opens it, once. One that could not be opened is tried anew when it is asked for again. */
  gateway(name: string): Promise<Gateway>
  /**
   * Opens it anew and closes the old one; where it cannot be opened the old one stays. One that is not open is opened when it is
   * asked for. Nothing may be in flight there.
   */
  renewGateway(name: string): Promise<void>
  /** Whether it could be opened before, so that there is something to lose. */
  has(name: string): boolean
  /** Keeps these for gateways that cannot be opened by themselves when it is time to; those of before go. */
  keepInReserve(gateways: ReadonlyMap<string, Gateway>): Promise<void>
  /** Closes one that is not configured any more. Nothing may be in flight there. */
  forget(name: string): Promise<void>
  closeAll(): Promise<void>
}

type Open = (name: string) => Promise<Gateway>
type OnKept = (name: string, reason: string) => void

/** `onKept` hears why the old one stays, once a reason. */
export const keepGateways = (open: Open, onKept: OnKept): GatewayKeeper => {
  const gateways = new Map<string, Promise<Gateway>>()
  const reserve = new Map<string, Gateway>()
  const openOr = cautiously(open, onKept)

  /** The one of this moment, else the reserve, else `old`; the others are closed. */
  const replace = async (name: string, old: Gateway | undefined): Promise<Gateway> => {
    const kept = reserve.get(name)
    const opened = await openOr(name, kept ?? old).finally(() => reserve.delete(name))
    for (const each of new Set([old, kept])) if (each !== opened) await each?.close()
    return opened
  }
  const openedNow = async (name: string): Promise<Gateway | undefined> => gateways.get(name)?.catch(() => undefined) // whoever asked for it has heard why
  const forget = async (name: string): Promise<void> => {
    const old = await openedNow(name)
    gateways.delete(name)
    await old?.close()
  }
  return {
    gateway: (name) => {
      const known = gateways.get(name)
      if (known !== undefined) return known
      const opening = replace(name, undefined)
      gateways.set(name, opening)
      opening.catch(() => gateways.get(name) === opening && gateways.delete(name))
      return opening
    },
    renewGateway: async (name) => {
      const old = await openedNow(name)
      if (old !== undefined) gateways.set(name, Promise.resolve(await replace(name, old)))
    },
    has: (name) => gateways.has(name) || reserve.has(name),
    keepInReserve: (fresh) => exchange(reserve, fresh),
    forget,
    closeAll: async () => {
      for (const name of [...gateways.keys()]) await forget(name)
      await exchange(reserve, new Map())
    },
  }
}

/** Opens one, else gives back the one that is there, and says why. */
const cautiously = (open: Open, onKept: OnKept): ((name: string, old: Gateway | undefined) => Promise<Gateway>) => {
  const told = new Map<string, string>()
  return async (name, old) => {
    try {
      const opened = await open(name)
      told.delete(name)
      return opened
    } catch (error) {
      if (old === undefined) throw error
      const reason = error instanceof Error ? error.message : String(error)
      if (told.get(name) !== reason) onKept(name, reason)
      told.set(name, reason)
      return old
    }
  }
}

const exchange = async (reserve: Map<string, Gateway>, fresh: ReadonlyMap<string, Gateway>): Promise<void> => {
  const before = [...reserve.values()]
  reserve.clear()
  for (const [name, gateway] of fresh) reserve.set(name, gateway)
  for (const gateway of before) await gateway.close()
}
