/** The word by which the program knows that it is to read a foreign database for another process of it. */
export const READING_WORD = '__read-sqlite'
