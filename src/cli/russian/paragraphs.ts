// Paragraphs of help: lines that are one phrase together, wrapped anew in the other language.

export type Piece = { readonly line: string } | { readonly said: string }

/** Lines that are one phrase together become that phrase, as wide as text is. */
export const paragraphs = (
  lines: readonly string[],
  known: (joined: string) => string | undefined,
): readonly Piece[] => {
  const pieces: Piece[] = []
  for (let i = 0; i < lines.length; i += 1) {
    const blank = lines.indexOf('', i)
    let end = blank === -1 ? lines.length : blank
    const joined = (): string =>
      lines
        .slice(i, end)
        .map((line) => line.trim())
        .join(' ')
    while (end > i + 1 && known(joined()) === undefined) end -= 1
    const said = end > i + 1 ? known(joined()) : undefined
    if (said === undefined) pieces.push({ line: lines[i] ?? '' })
    else {
      pieces.push({ said: wrapped(said, indentOf(lines[i]), indentOf(lines[i + 1])) })
      i = end - 1
    }
  }
  return pieces
}

const indentOf = (line = ''): string => /^ */.exec(line)?.[0] ?? ''

const WIDTH = 80

const wrapped = (text: string, first: string, others: string): string => {
  const lines: string[] = []
  let current = first
  for (const word of text.split(' ')) {
    const longer = current.trim() === '' ? `${current}${word}` : `${current} ${word}`
    if (longer.length <= WIDTH || current.trim() === '') current = longer
    else {
      lines.push(current)
      current = `${others}${word}`
    }
  }
  return [...lines, current].join('\n')
}
