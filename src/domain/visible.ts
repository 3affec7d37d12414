// Text from files and gateways, names and paths, made safe for a terminal: nothing in it can move the cursor, colour, reorder or hide what is shown.
import { UNSAFE, writtenOut } from './unsafe.ts'

/** The same text with every such character written out: \n, \u001b. */
export const visible = (text: string): string => text.replace(UNSAFE, writtenOut)
