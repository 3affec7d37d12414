// A workbook that takes for ever, or more memory than there is: told, stopped, and nothing is left running.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runNotify, startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { until } from '../support/until.ts'
import { partsOf, sheetRow, workbookOf, zipOf } from '../support/workbook.ts'

const childOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'))

const HEADER = sheetRow(1, 'phone', 'name')

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  '%s ends the program, and the reader with it, which hears nothing',
  async (signal) => {
    const cwd = temporaryFolder()
    const rows = Array.from({ length: 100_000 }, (_, i) => sheetRow(i + 2, `+7916${1_000_000 + i}`, `Supplier ${i}`))
    writeFileSync(join(cwd, 'list.xlsx'), workbookOf({ Sheet: [HEADER, ...rows].join('') }))
    const importing = startNotify(['import', 'suppliers', 'list.xlsx', '--dry-run'], { cwd })
    await until(() => childOf(importing.pid) > 0)
    const reader = childOf(importing.pid)
    if (signal !== 'SIGKILL') process.kill(reader, 'SIGSTOP')
    importing.kill(signal)
    const { code, stderr } = await importing.exit
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: 137 }[signal])
    if (signal !== 'SIGKILL') expect(stderr).toContain('stopped: nothing was imported')
    await until(() => !existsSync(`/proc/${reader}`))
  },
  30_000,
)

test('one text that thousands of rows share is no table without end', async () => {
  const cwd = temporaryFolder()
  const rows = Array.from(
    { length: 700 },
    (_, i) => `<row r="${i + 2}"><c r="A${i + 2}" t="s"><v>0</v></c><c r="B${i + 2}" t="s"><v>0</v></c></row>`,
  )
  const parts = partsOf({ Sheet: [HEADER, ...rows].join('') })
  const text = Array.from({ length: 85_000 }, (_, i) => i).join(' ') // 494 KB
  const strings = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>${text}</t></si></sst>`
  writeFileSync(join(cwd, 'list.xlsx'), zipOf({ ...parts, 'xl/sharedStrings.xml': strings }))
  const { code, stderr } = await runNotify(['import', 'suppliers', 'list.xlsx', '--dry-run'], { cwd })
  expect({ code, stderr }).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/would unpack to 66\d MiB/),
  })
})
