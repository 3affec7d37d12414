// What in the rows looks wrong: held, moved, in doubt, counted wrong, without a zone.
import { bad, type Check, doubtful, well } from '../../domain/check.ts'
import { isSameHome } from '../../domain/hold.ts'
import { isoUtc } from '../../domain/local-time.ts'
import type { Store } from '../../store/store.ts'

export const checkHold = async (
  store: Pick<Store, 'readHold' | 'readRestoredTo' | 'readHome'>,
): Promise<readonly Check[]> => {
  const [hold, restoredTo] = [await store.readHold(), await store.readRestoredTo()]
  const { remembered, here } = await store.readHome()
  const isMoved = remembered !== null && here !== null && !isSameHome(remembered, here)
  const because = hold?.why == null ? '' : `: ${hold.why}`
  return [
    hold === null
      ? well('hold', 'nothing is held')
      : doubtful(
          'hold',
          `everything is held by ${hold.by} since ${isoUtc(hold.at)}${because}`,
          'When its cause is mended: notify release.',
        ),
    ...(restoredTo === null
      ? []
      : [
          doubtful(
            'restore',
            `messages are in doubt since the restore of the backup of ${isoUtc(restoredTo)}`,
            'Decide about them: notify reconcile.',
          ),
        ]),
    ...(isMoved && hold === null
      ? [
          doubtful(
            'home',
            `this file is not the one that sent from ${remembered.path}: whoever sends next holds everything`,
            'If this one is to send, and no other copy does: notify release.',
          ),
        ]
      : []),
  ]
}

export const checkZones = async (store: Pick<Store, 'countZoneless'>): Promise<readonly Check[]> => {
  const { districts, recipients } = await store.countZoneless()
  return [
    districts === 0
      ? well('districts', 'every district with recipients has a zone')
      : doubtful(
          'districts',
          `${counted(districts, 'district')} with recipients, and without a zone`,
          'notify districts --without-zone names them. Then notify districts edit NAME --zone ZONE, or notify import timezones FILE.',
        ),
    recipients === 0
      ? well('recipients', 'every recipient has a zone')
      : doubtful(
          'recipients',
          `${counted(recipients, 'recipient')} without a zone: notify schedule stops at them, or skips them`,
          'Give their district a zone, or one of their own: notify recipients edit WHO --zone ZONE.',
        ),
  ]
}

/** Reads all rows. */
export const checkCounts = async (store: Pick<Store, 'miscounted' | 'recount'>, fix: boolean): Promise<Check> => {
  const wrong = [...new Set((await store.miscounted()).map(({ mailingId }) => mailingId))]
  if (wrong.length === 0) return well('counts', 'the counts of all mailings are those of their rows')
  const which = `the counts of ${counted(wrong.length, 'mailing')} are not those of their rows (${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ', …' : ''})`
  if (!fix) return bad('counts', which, 'notify doctor --fix counts them anew.')
  for (const mailing of wrong) await store.recount(mailing)
  return well('counts', `${which}: counted anew`)
}

export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
