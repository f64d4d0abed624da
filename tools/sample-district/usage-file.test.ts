import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readUsageFile } from './usage-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'usage-'))
afterAll(() => rmSync(folder, { recursive: true }))

function reading(text: string) {
  const path = join(folder, 'use.csv')
  writeFileSync(path, text)
  return readUsageFile(path)
}
const refusal = (text: string): Promise<string> =>
  reading(text).then(
    () => '',
    (error: Error) => error.message,
  )

const bins = `cust_class,usage_ccf,n
COMMERCIAL,0,37
COMMERCIAL,1,59
RESIDENTIAL_SINGLE,22,118
`
const monthOf = (id: number, month: number, units = id + month) =>
  `${id},2015,${month},${units},RESIDENTIAL_SINGLE\n`
const header = 'cust_id,bill_year,bill_month,usage_ccf,cust_class\n'
const months = [1, 2, 3].flatMap(id => [1, 3, 5].map(month => monthOf(id, month))).join('')

test('a whole histogram is read, every bill of it', async () => {
  const { rows, units } = await reading(bins)
  expect({ rows, units }).toEqual({ rows: 3, units: 59 + 22 * 118 })
})

test('a file cut in its last number is not taken for a smaller one', async () => {
  const said = await refusal(bins.slice(0, -2)) // 118 became 11
  expect(said).toContain('ends in line 4 (“RESIDENTIAL_SINGLE,22,11”) without a line end')
  expect(said).toContain('Nothing was imported.')
  expect(await refusal((header + months).slice(0, -1))).toContain('ends in line 10')
  expect(await refusal(bins.slice(0, bins.lastIndexOf(',')))).toContain('Nothing was imported.')
})

test('data pasted twice are not billed twice', async () => {
  const body = bins.slice(bins.indexOf('\n') + 1)
  expect(await refusal(bins + body)).toMatch(
    /^Lines 5 to 7 say again what the lines from 2 say: the same data/,
  )
  expect(await refusal(`${bins}COMMERCIAL,1,59\n`)).toMatch(/^Line 5 says again what line 3 says/)
  expect(await refusal(header + months + months)).toMatch(
    /^Lines 11 to 19 say again what the lines from 2 say/,
  )
  expect(await refusal(header + months + monthOf(4, 1) + months)).toMatch(/^Lines 12 to 20 say again/)
})

test('a second count of the same use is asked about, not added', async () => {
  expect(await refusal(`${bins}COMMERCIAL,1,60\n`)).toContain('COMMERCIAL with 1 CCF')
})

test('two meters of one customer with the same use are added up, as before', async () => {
  const two = [1, 3].map(month => monthOf(7, month, 10)).join('')
  const { added, units } = await reading(header + months + two + two)
  expect(added).toBe(2)
  expect(units).toBe(15 + 18 + 21 - 9 + 40)
})
