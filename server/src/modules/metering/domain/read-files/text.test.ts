import { expect, test } from 'vitest'
import { inPieces, inspectText } from '../../../../../../tools/testing/meter-files.ts'
import { inspectReadFile } from './inspect.ts'
import { readFileFormats } from './kinds.ts'

const line = 'MEPMD01,20080501,S,H:1,1300,B1,202606031515,B1,OK,W,CF,1.0,00000100,2,202606010100,R0,3,,R0,4'
const csv = 'meter_id,read_date,reading,note\nA1,2026-03-04,5,Peña\nA2,2026-03-04,6,\n'
const utf16 = (text: string, order: 'le' | 'be', mark: boolean) => {
  const bytes = new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'))
  if (order === 'be') for (let at = 0; at < bytes.length; at += 2) bytes.subarray(at, at + 2).reverse()
  return bytes
}

test.each([
  ['CR LF', `${line}\r\n`],
  ['CR alone', `${line}\r${line.replaceAll('B1', 'B2').replace('1300', '1301')}\r`],
  ['a byte order mark', `\ufeff${line}\n`],
  ['blank lines and a DOS end mark', `\n${line}\n\n\x1a`],
  ['UTF-16 with a mark', utf16(`${line}\n`, 'le', true)],
  ['UTF-16 the other way round', utf16(`${line}\n`, 'be', true)],
  ['UTF-16 without a mark', utf16(`${line}\n`, 'le', false)],
])('%s changes nothing of what the file says', async (_, content) => {
  expect(await inspectText('cmep', content)).toMatchObject({ verdict: 'accepted', errors: [] })
})

test('letters of a Windows file are read, whatever piece of the file they lie in', async () => {
  const latin = Uint8Array.from(csv, letter => letter.charCodeAt(0))
  for (const content of [csv, latin]) expect((await inspectText('csv', content)).verdict).toBe('accepted')
})

test('how the bytes were cut into pieces does not matter', async () => {
  const content = new TextEncoder().encode(
    csv + csv.slice(csv.indexOf('\n') + 1).replaceAll('03-04', '04-04'),
  )
  const whole = await inspectText('csv', content)
  for (const length of [1, 2, 3, 7, 64]) {
    expect(await inspectReadFile('csv', inPieces(content, length))).toEqual(whole)
  }
})

test.each([
  ['empty', ''],
  ['a line end', '\n'],
  ['blanks', '   \n  \n'],
  ['NUL bytes', new Uint8Array(5000)],
  ['a ZIP archive', new Uint8Array([0x50, 0x4b, 3, 4, ...new Array(100).fill(7)])],
  ['a gzip archive', new Uint8Array([0x1f, 0x8b, 8, 0])],
  ['a PDF document', '%PDF-1.7\n'],
  ['every byte there is', Uint8Array.from({ length: 8192 }, (_, at) => (at * 7919) % 256)],
  ['only a byte order mark', new Uint8Array([0xff, 0xfe])],
  ['half a character', new Uint8Array([0xff, 0xfe, 0x41])],
  ['quotes', '"'.repeat(5000)],
  ['tags', '<'.repeat(5000)],
  ['a poem', 'Whose woods these are I think I know.\nHis house is in the village though;\n'],
])('%s is refused in words by every reader', async (_, content) => {
  for (const format of readFileFormats) {
    const found = await inspectText(format, content)
    expect(found.verdict, format).toBe('rejected')
    expect(found.errors[0]?.message, format).toMatch(/^[A-Z‘].*[.]$/)
  }
})

test('a line without end does not fill the memory', async () => {
  const longest = async function* () {
    const piece = new Uint8Array(65_536).fill(65)
    for (let sent = 0; sent < 100_000; sent++) yield piece
  }
  for (const format of readFileFormats) {
    const found = await inspectReadFile(format, longest())
    expect(found.verdict, format).toBe('rejected')
  }
})

test('a file of nothing but wrong rows is given up early', async () => {
  let sent = 0
  const endless = async function* () {
    const piece = new TextEncoder().encode('this,is,no,reading\n'.repeat(1000))
    while (sent < 100_000) {
      sent += 1
      yield piece
    }
  }
  const found = await inspectReadFile('cmep', endless())
  expect(found.errors.map(error => error.message).join('\n')).toContain('the rest was not looked at')
  expect(sent).toBeLessThan(100)
})
