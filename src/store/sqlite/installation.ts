// The sentences about the file as a whole: held and let go, at home or moved.
import { realpathSync, statSync } from 'node:fs'
import { type Home, isSameHome } from '../../domain/hold.ts'
import type { GatewayStore, Hold } from '../gateway-store.ts'
import type { InstallationStore } from '../installation-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { HOLD } from './gateways.ts'

type FileStore = Pick<GatewayStore, 'hold' | 'release' | 'readHold'> &
  Pick<InstallationStore, 'readHome' | 'rememberHome'>

const LET_GO = 'update installation set held_at = null, held_by = null, held_why = null, home = ?'

export const installationStore = ({ db, write }: Connection, file: string): FileStore => {
  const held = db.prepare<[], Hold>(HOLD)
  const home = db.prepare<[], string | null>('select home from installation').pluck()
  const remembered = (): Home | null => homeFrom(home.get() ?? null)

  return {
    readHold: async () => held.get() ?? null,

    hold: async (by) => {
      const already = held.get() // the usual answer takes no lock
      if (already !== undefined) return already
      return write(() => {
        const meanwhile = held.get()
        if (meanwhile !== undefined) return meanwhile
        db.prepare('update installation set held_at = ?, held_by = ?, held_why = ?').run(by.at, by.who, by.why)
        noteAct(db, 'everything held', by)
        return { at: by.at, by: by.who, why: by.why }
      })
    },

    release: async (by) => {
      const here = homeOf(file)
      await write(() => {
        const before = remembered()
        const isMoved = before !== null && here !== null && !isSameHome(before, here)
        if (held.get() === undefined && before !== null && !isMoved) return
        if (held.get() !== undefined || isMoved) noteAct(db, 'everything released', by)
        db.prepare(LET_GO).run(JSON.stringify(here))
      })
    },

    readHome: async () => ({ remembered: remembered(), here: homeOf(file) }),

    rememberHome: async () => {
      const here = homeOf(file)
      await write(() => db.prepare('update installation set home = ? where home is null').run(JSON.stringify(here)))
    },
  }
}

/** null: no file is there. */
const homeOf = (file: string): Home | null => {
  try {
    return { path: realpathSync(file), inode: String(statSync(file, { bigint: true }).ino) }
  } catch {
    return null
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above, and nowhere else
const homeFrom = (json: string | null): Home | null => (json === null ? null : (JSON.parse(json) as Home | null))
