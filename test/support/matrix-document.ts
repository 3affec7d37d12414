// The matrix of faults as a page for people.
import type { Fault } from './fault-matrix.ts'

const HEAD = `# What a gateway can do, and what comes of it

Every row is played by \`test/gateway/matrix.test.ts\`: a real database, the engine, the HTTP gateway, and a server that is broken in this
way. Five messages are due, one request at a time. One pass is made, then the server is mended and passes go on until nothing is due.
The test fails where what is seen differs from a row, and where this page differs from the test (\`vitest run test/gateway/matrix.test.ts -u\`
writes it anew).

- **Reply**: what the gateway made of it. \`unavailable\`: not taken. \`unknown\`: may have been taken. \`refused\`: this message, for ever.
  \`misconfigured\`: nobody's message is at fault.
- **The first row that is not sent** after the pass: state, attempts, reason.
- **Requests** that reached the server in the pass; nine for three messages are quick tries, with the same key.
- **Untried**: rows of the five that were left alone; they cost nothing.
- **Mended**: the end of all rows. *n repeated*: so many keys came more than once, each time with the same bytes. The gateway that honours the
  key sends none of them twice.

In every row: what is \`sent\` was accepted; the target of a redirect got no connection; no reason holds the token.
`

const TITLES = ['', 'Fault', 'Reply', 'The first row that is not sent', 'Requests', 'Untried', 'Gateway', 'Mended']

const cell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/\[{4,}…/g, '[[[[…')

const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`

export const matrixDocument = (faults: readonly Fault[]): string =>
  [
    `${HEAD}\n`,
    line(TITLES),
    line(TITLES.map(() => '---')),
    ...faults.map(({ id, fault, shows }) =>
      line([id, fault, shows.reply, shows.row, shows.requests, String(shows.untried), shows.gateway, shows.mended]),
    ),
  ].join('')
