// What is kept of the address of somebody who was removed: enough to know it when a file brings it back, and no address.
import { createHash } from 'node:crypto'

/** `installationId` is the key: without it, trying all phones tells nothing. */
export const removedAddressHash = (installationId: string, address: string): string =>
  createHash('sha256').update(`${installationId}\0removed\0${address}`).digest('base64url')
