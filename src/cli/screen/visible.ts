// Text from files and gateways, made safe for a terminal: nothing in it can move the cursor, colour, reorder or hide what is shown.
import { UNSAFE, writtenOut } from '../../domain/unsafe.ts'

/** The same text with every such character written out: \n, \u001b. */
export const visible = (text: string): string => text.replace(UNSAFE, writtenOut)
