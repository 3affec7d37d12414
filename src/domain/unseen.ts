// Characters that nobody sees, and the one that stands for a letter that was lost.

/**
 * Spaces without width, marks that change the direction of writing, soft hyphens, tags: they come along when text is copied from a
 * page or a messenger, and say nothing in a name. The joiners are not among them, nor what chooses the look of an emoji.
 */
const UNSEEN = /(?!\u200c|\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}/gu
/** Where no word stands, a joiner says nothing either. */
const UNSEEN_OR_JOINER = /\p{Default_Ignorable_Code_Point}/gu
/** What Latin, Greek and Cyrillic words are made of stands before: nearly every cell is passed over by its first look. */
const MAY_BE_UNSEEN = /\u00ad|\u034f|[\u061c-\uffff]/

export const withoutUnseen = (text: string): string => (MAY_BE_UNSEEN.test(text) ? text.replace(UNSEEN, '') : text)

/** Of an address: digits, letters and signs are all that it is made of. */
export const bareAddress = (text: string): string =>
  MAY_BE_UNSEEN.test(text) ? text.replace(UNSEEN_OR_JOINER, '') : text

/** U+FFFD: what a program writes for a letter that it could not read. */
export const isDamaged = (text: string): boolean => text.includes('\ufffd')
