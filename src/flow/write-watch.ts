// How long writes take. One that waits hinders the sending; one that waits long is told, again and again.

/** The database is locked, or its disk is full: what is sent meanwhile cannot be written down. */
const HINDERED_MS = 1_000
/** What could not be written for so long is better kept elsewhere, should the process be killed while it waits. */
const LONG_MS = 10_000

export interface WriteWatch {
  /** A write begins; to be called when it has ended. */
  begin(): () => void
  /** While a write hinders: resolves when none does. */
  hindrance(): Promise<void> | undefined
}

export const openWriteWatch = (onLong: () => void): WriteWatch => {
  let late = 0
  let hindrance: Promise<void> | undefined
  let isFree = (): void => undefined
  const hinder = (): void => {
    late += 1
    hindrance ??= new Promise((resolve) => {
      isFree = resolve
    })
  }
  const free = (): void => {
    late -= 1
    if (late > 0) return
    hindrance = undefined
    isFree()
  }
  return {
    hindrance: () => hindrance,
    begin: () => {
      let hinders = false
      const first = setTimeout(() => {
        hinders = true
        hinder()
      }, HINDERED_MS)
      const again = setInterval(onLong, LONG_MS)
      return () => {
        clearTimeout(first)
        clearInterval(again)
        if (hinders) free()
      }
    },
  }
}
