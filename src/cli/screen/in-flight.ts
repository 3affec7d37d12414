// What a change could not hold back any more.
import { counted } from './format.ts'

/** ' 1 message in flight may still arrive.', or nothing. */
export const inFlightSaid = (inFlight: number, count?: (number: number) => string): string =>
  inFlight === 0 ? '' : ` ${counted(inFlight, 'message', count)} in flight may still arrive.`
