// A text that shows nothing: whoever got it would get an empty message.

/** A character that somebody can see: no space, no control, none that programs leave out (zero-width, fillers), no empty Braille cell. */
const SEEN = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

export const isBlank = (text: string): boolean => !SEEN.test(text)
