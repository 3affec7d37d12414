/** The word by which the program knows that it is to read a foreign file for another process of it. */
export const READING_WORD = '__read-apart'
