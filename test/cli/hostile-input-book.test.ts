// Words of files and flags that a terminal would take for an order are letters in the address book too.
import { expect, test } from 'vitest'
import { openBookDesk } from '../support/book-desk.ts'

/** Colour, title, the cursor, C1, the direction of writing, a line of its own. */
const SLY = '\u001b[31m\u001b]0;title\u0007\u009b2J\u202egnp.exe\u2066\u2028'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Bidi_Control}]/u

test('nothing from a file or a flag reaches a terminal as more than letters', async () => {
  const desk = await openBookDesk()
  const cells = `,A${SLY},D${SLY},t${SLY},,${'x'.repeat(400)}` // enough letters not to be taken for a binary file
  await desk.importCsv(`id,phone,name,district,tag,zone,a${SLY}\n1${SLY},89161234561${cells}\n2,89161234562${cells}\n`)
  const commands: readonly (readonly string[])[] = [
    ['recipients'],
    ['recipients', '--plain'],
    ['recipients', '--search', SLY],
    ['recipients', 'show', '1'],
    ['recipients', 'show', `1${SLY}`],
    ['recipients', 'show', `nobody${SLY}`],
    ['recipients', 'add', '--phone', '89161239999', '--name', `X${SLY}`, '--attr', `b${SLY}=${SLY}`, '--zone', 'UTC'],
    ['recipients', 'add', '--phone', '89161239999', '--name', SLY],
    ['recipients', 'add', '--phone', SLY],
    ['recipients', 'add', '--phone', '89161238888', '--attr', SLY],
    ['recipients', 'edit', '89161239999', '--name', `Y${SLY}`, '--district', `D${SLY}`, '--tag', SLY],
    ['recipients', 'edit', '89161239999', '--clear', SLY],
    ['recipients', 'tag', `t${SLY}`, '--all', '--reason', SLY],
    ['recipients', 'untag', `t${SLY}`, '89161239999'],
    ['recipients', 'unsubscribe', '89161239999', '--reason', SLY],
    ['recipients', 'export', `book${SLY}.csv`],
    ['recipients', 'export', `none${SLY}/book.csv`],
    ['recipients', 'remove', '89161239999'],
    ['recipients', 'remove', '89161239999', '--yes'],
    ['districts'],
    ['districts', '--plain'],
    ['districts', 'edit', `D${SLY}`, '--zone', 'UTC', '--also', `E${SLY}`],
    ['districts', 'edit', `D${SLY}`, '--name', `F${SLY}`],
    ['districts', 'edit', `no${SLY}`, '--zone', 'UTC'],
    ['block', `x${SLY}`],
    ['block', 'z@example.com', '--reason', SLY],
    ['block', `none${SLY}.txt`],
    ['blocklist'],
    ['blocklist', '--plain'],
    ['unblock', SLY],
  ]
  const leaks: string[] = []
  const codes: number[] = []
  for (const args of commands) {
    const { code, out, err } = await desk.run(...args)
    codes.push(code)
    if (UNSAFE.test(out + err)) leaks.push(`${JSON.stringify(args)}: ${JSON.stringify((out + err).slice(0, 600))}`)
  }
  expect(leaks).toEqual([])
  expect(codes).not.toContain(1)
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(15) // they did their work
})
