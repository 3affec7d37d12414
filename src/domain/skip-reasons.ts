// Why a row is skipped, where the flow and the rows must say the same.

/** Of several recipients of a mailing with one address one gets the message. */
export const SHARED = 'another recipient has this address'
/** The audience was edited; a later edit may take them in again. */
export const LEFT = 'not in the audience any more'
/** Neither they nor their district has a zone. */
export const NO_ZONE = 'no zone'
/** What their text is filled in to says nothing. */
export const NO_TEXT = 'no text'
