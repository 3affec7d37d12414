// --json=lines: one object a line, for lists.
import { Option } from 'commander'
import { type Cli, jsonText, print } from '../cli.ts'

/** An option of its own, not `--json [form]`: that one would swallow the MAILING in `--json MAILING`. */
export const jsonLines = (): Option =>
  new Option('--json=lines', 'print JSON, one object a line').implies({ json: 'lines' })

/** Objects as they come: a document that is an array, or one a line. Flat in memory. */
export const printJsonList = async (
  cli: Cli,
  form: boolean | string,
  pages: AsyncIterable<readonly unknown[]>,
): Promise<void> => {
  const isLines = form === 'lines'
  let printed = 0
  for await (const page of pages) {
    const rows = page.map((value, i) =>
      isLines ? jsonText(value) : `${printed + i === 0 ? '' : ',\n'}${jsonText(value)}`,
    )
    if (rows.length > 0)
      cli.out.write(isLines ? `${rows.join('\n')}\n` : `${printed === 0 ? '[\n' : ''}${rows.join('')}`)
    printed += rows.length
  }
  if (!isLines) print(cli.out, printed === 0 ? '[]' : '\n]')
}
