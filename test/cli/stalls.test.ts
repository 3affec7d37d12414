// What cron hears of a daemon whose messages do not move.
import { expect, test } from 'vitest'
import { complainOfStalls } from '../../src/cli/actions/complain-of-stalls.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { stallKey } from '../../src/flow/watchdog.ts'
import { openWorld } from '../support/world.ts'

const HOUR = 3_600_000

const openDesk = async () => {
  const world = await openWorld()
  const complain = async (isWatched = true): Promise<{ code: number; err: string }> => {
    let [code, err] = [0, '']
    const cli: Pick<Cli, 'err' | 'exit'> = {
      err: {
        write: (text) => {
          err += text
        },
      },
      exit: (wanted) => {
        code = wanted
      },
    }
    await complainOfStalls(cli as Cli, world, HOUR, isWatched)
    return { code, err }
  }
  return { world, complain, note: () => world.store.noteTrouble(stallKey('sms'), world.clock.now(), 0) }
}

const BEGIN = expect.stringContaining(
  'notify: gateway "sms": messages are due, nothing hinders them, and they do not move',
)

test('told when it begins, at most once an hour, and once when it ends', async () => {
  const { world, complain, note } = await openDesk()
  expect(await complain()).toEqual({ code: 0, err: '' })
  await note()
  expect(await complain()).toEqual({ code: 7, err: BEGIN })
  world.clock.advance(HOUR - 1)
  expect(await complain()).toEqual({ code: 7, err: '' })
  world.clock.advance(1)
  expect(await complain()).toEqual({ code: 7, err: BEGIN })
  await world.store.clearTrouble(stallKey('sms'))
  expect(await complain()).toEqual({ code: 0, err: 'notify: gateway "sms": due messages move again\n' })
  expect(await complain()).toEqual({ code: 0, err: '' })
  expect(await world.store.listTroubles()).toEqual([])
})

test('what a daemon that is gone left behind is over', async () => {
  const { world, complain, note } = await openDesk()
  await note()
  await complain()
  expect(await complain(false)).toEqual({ code: 0, err: 'notify: gateway "sms": due messages move again\n' })
  expect(await world.store.listTroubles()).toEqual([])
})
