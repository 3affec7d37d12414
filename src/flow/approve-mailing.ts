// A second person lets a mailing go. The names are those of the accounts: this guards against slips, not against malice.
import { Fixable } from '../domain/errors.ts'
import { isoUtc } from '../domain/local-time.ts'
import type { Mailing, MailingState } from '../domain/mailing.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { ROWS_AT_WORK } from './rows-at-work.ts'

interface Powers {
  readonly store: Pick<Store, 'approveMailing' | 'findMailing'>
}

export interface Approved {
  /** As it is afterwards. */
  readonly mailing: Mailing
  /** False: somebody had approved it already. */
  readonly changed: boolean
}

/** proposed -> active, as it was read and no other. What became due while it waited leaves within the hours of the mailing. */
export const approveMailing = async ({ store }: Powers, mailing: Mailing, by: OperatorAct): Promise<Approved> => {
  allowApproval(mailing, by)
  const changed = await store.approveMailing(mailing, by)
  const after = (await store.findMailing(mailing.id)) ?? mailing
  if (!changed) allowApproval(after, by) // somebody else changed it meanwhile
  if (after.state === 'proposed') throw editedMeanwhile(mailing)
  return { mailing: after, changed }
}

/** Fixable('state') where approveMailing would refuse; approved already: it would not. */
export const allowApproval = (mailing: Mailing, by: OperatorAct): void => {
  const { id, name, state, approvedBy, createdBy, expiresAt } = mailing
  if (state !== 'proposed') {
    if (approvedBy !== null && state !== 'cancelled') return
    throw new Fixable('state', `mailing ${id} "${name}" is ${state}: it cannot be approved`, WHY[state])
  }
  if (by.who === createdBy) {
    throw new Fixable(
      'state',
      `mailing ${id} "${name}" needs a second person: ${by.who} scheduled it`,
      `Somebody else, logged in with another account, says notify mailings approve ${id}.`,
    )
  }
  if (by.at >= expiresAt) {
    throw new Fixable(
      'state',
      `the time of mailing ${id} "${name}" ran out at ${isoUtc(expiresAt)} while it waited: nothing of it would leave`,
      `Begin anew: notify mailings clone ${id}; and end this one: notify mailings cancel ${id}.`,
    )
  }
}

const editedMeanwhile = ({ id, name }: Mailing): Fixable =>
  new Fixable(
    'state',
    `mailing ${id} "${name}" was edited meanwhile: it is not approved`,
    `Look at it again: notify mailings approve ${id}.`,
  )

const NOTHING_ASKED = 'It did not wait for approval: notify.toml says when mailings do (approval = true).'

const WHY: Readonly<Record<Exclude<MailingState, 'proposed'>, string>> = {
  planning: ROWS_AT_WORK,
  cancelled: 'A cancelled mailing stays cancelled: notify mailings clone makes a new one of it.',
  active: NOTHING_ASKED,
  paused: NOTHING_ASKED,
  done: NOTHING_ASKED,
}
