import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { inspectCommand } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'curbstop-inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))

function save(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const sink = () => {
    const chunks: string[] = []
    const stream = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk))
        done()
      },
    })
    return { stream, text: () => chunks.join('') }
  }
  const [out, err] = [sink(), sink()]
  const code = await inspectCommand(args, { stdout: out.stream, stderr: err.stream })
  return { code, out: out.text(), err: err.text() }
}

const text = 'meter,read_date,reading\nM1,2026-03-04,12\nM2,2026-03-05,30\n'
const good = save('good.csv', text)

test('the answer for machines has its keys in the order that is documented', async () => {
  const { code, out } = await run('--format', 'csv', good, '--json')
  expect(code).toBe(0)
  expect(out).toBe(
    '{"format":"csv","verdict":"accepted","rows":2,"meters":2,"reads":2,"intervals":0,' +
      '"first":"2026-03-04","last":"2026-03-05","sum":42,"unit":null,"skipped":{},"errors":[]}\n',
  )
})

test('the answer for people has the same figures in words', async () => {
  const { out } = await run('--format=csv', good)
  expect(out).toContain(
    'accepted\n  2 rows, 2 meters, 2 register values, 0 intervals\n  from 2026-03-04 to 2026-03-05',
  )
})

test('a gzipped file is unpacked whatever it is called; a cut archive is refused', async () => {
  const packed = gzipSync(text)
  expect((await run('--format', 'csv', save('packed.csv', packed), '--json')).out).toContain('"sum":42')
  const { code, out } = await run('--format', 'csv', save('cut.csv.gz', packed.subarray(0, 30)), '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    verdict: 'rejected',
    errors: [{ message: expect.stringContaining('gzip') }],
  })
})

test('exceptions leave the exit code at 0, a refusal makes it 1', async () => {
  const some = save('some.csv', `${text.replace('12', 'twelve')}M3,2026-03-05,31\n`)
  expect((await run('--format', 'csv', some)).code).toBe(0)
  expect((await run('--format', 'cmep', good)).code).toBe(1)
  expect((await run('--format', 'csv', save('empty.csv', ''))).code).toBe(1)
})

test('a file is refused and stays closed however often it is looked at', async () => {
  for (let no = 0; no < 50; no++) expect((await run('--format', 'greenbutton', good)).code).toBe(1)
})

test.each([
  [[], 'Say which format'],
  [['--format'], 'wants a value'],
  [['--format', 'pdf', good], 'no format'],
  [['--format', 'csv'], 'Name the file'],
  [['--format', 'csv', good, good], 'Name one file'],
  [['--format', 'csv', join(folder, 'none')], 'There is no file'],
  [['--format', 'csv', folder], 'is no file'],
  [['--format', 'csv', good, '--zone', 'Mars/Dome'], 'no time zone'],
  [['--format', 'csv', good, '--on', 'today'], 'a date like'],
  [['--format', 'csv', good, '--label', 'middle'], 'start or end'],
  [['--format', 'csv', good, '--fast'], 'no option'],
  [['--format', 'csv', good, '--mapping', good], 'no JSON'],
])('%j is not understood, says why, and ends with 2', async (args, why) => {
  const { code, out, err } = await run(...args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(why)
  expect(err).toContain('Usage: npx curbstop inspect')
})

test('a district’s own positions and columns are given as files', async () => {
  const layout = save(
    'layout.json',
    JSON.stringify({
      name: 'own',
      length: 20,
      records: [
        {
          is: 'reading',
          required: ['meter'],
          fields: {
            meter: { from: 1, to: 6 },
            reading: { from: 7, to: 12, decimals: 1 },
            date: { from: 13, to: 20, picture: 'YYYYMMDD' },
          },
        },
      ],
    }),
  )
  const fixed = save('fixed.txt', 'M1    00123420260304\nM2    00000520260304\n')
  const { out } = await run('--format', 'autoread', fixed, '--layout', layout, '--json')
  expect(JSON.parse(out)).toMatchObject({ verdict: 'accepted', reads: 2, sum: 123.9 })
})
