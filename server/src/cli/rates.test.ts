import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { ratesCommand } from './rates.ts'

const folder = mkdtempSync(join(tmpdir(), 'curbstop-rates-'))
afterAll(() => rmSync(folder, { recursive: true }))

function save(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function run(args: string[], input = ''): Promise<{ code: number; out: string; err: string }> {
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
  const io = {
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: out.stream,
    stderr: err.stream,
  }
  const code = await ratesCommand(args, io)
  return { code, out: out.text(), err: err.text() }
}

const head = 'metadata: {effective_date: 2026-07-01, bill_frequency: Monthly, bill_unit: ccf}\n'
const good = save(
  'good.owrs',
  `${head}rate_structure:
  HOME:
    service_charge: {depends_on: meter_size, values: {3/4": 10.25}}
    tier_starts: [0, 11]
    tier_prices: [1.5, 3]
    commodity_charge: Tiered
    bill: service_charge+commodity_charge
  LOOP: {bill: a, a: b, b: a}
`,
)
const twins = save('twins.owrs', 'rate_structure:\n  A:\n    bill: 1\n    bill: 2\n')
const useless = save('useless.owrs', `${head}rate_structure: {A: {x: 1}}\n`)

describe('rates check', () => {
  test('a file that bills is let through, with what is wrong in it', async () => {
    const { code, out } = await run(['check', good])
    expect(code).toBe(0)
    expect(out).toContain(`${good}: ok, 2 classes`)
    expect(out).toContain('error: LOOP, a: It depends on itself: a → b → a.')
  })

  test('a malformed file, a missing file and a file without a class that bills are refused', async () => {
    for (const file of [twins, useless, join(folder, 'none.owrs')]) {
      const { code, out } = await run(['check', good, file])
      expect(code).toBe(1)
      expect(out).toContain(`${file}: REFUSED`)
    }
    expect((await run(['check', '--strict', good])).code).toBe(1)
  })

  test('--json gives one finding a line and one summary a file', async () => {
    const { out } = await run(['check', '--json', twins, good])
    const lines = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines[0]).toMatchObject({
      file: twins,
      class: null,
      part: null,
      severity: 'error',
      code: 'malformed-file',
    })
    expect(lines[1]).toMatchObject({ file: twins, refused: true, errors: 1 })
    expect(lines).toContainEqual(
      expect.objectContaining({ file: good, class: 'LOOP', part: 'a', code: 'cycle' }),
    )
    expect(lines.at(-1)).toMatchObject({ file: good, refused: false, classes: 2, errors: 1 })
  })

  test('wrong usage is told', async () => {
    for (const args of [[], ['check'], ['check', '--wrong', good], ['rate']]) {
      const { code, err } = await run(args)
      expect(code).toBe(2)
      expect(err).toContain('curbstop rates check')
    }
  })
})

describe('rates evaluate', () => {
  const ask = async (...questions: unknown[]) => {
    const lines = questions.map(q => (typeof q === 'string' ? q : JSON.stringify(q))).join('\n')
    const { code, out } = await run(['evaluate'], `${lines}\n`)
    expect(code).toBe(0)
    return out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  }
  const home = (inputs: unknown) => ({ file: good, class: 'HOME', inputs })

  test('answers unrounded numbers, components and tiers', async () => {
    const [answer] = await ask(home({ meter_size: '3/4"', usage_ccf: 12.3456 }))
    expect(answer).toEqual({
      total: 32.2868,
      components: { service_charge: 10.25, commodity_charge: 22.0368 },
      tiers: {
        commodity_charge: [
          { from: 0, to: 10, quantity: 10, price: 1.5, charge: 15 },
          { from: 10, to: null, quantity: 2.3456, price: 3, charge: 7.0368 },
        ],
      },
    })
  })

  test('every refusal has its code, and a bad line never ends the run', async () => {
    const answers = await ask(
      'garbage',
      '[1]',
      'null',
      '"x"',
      { file: 3 },
      { file: good },
      { file: good, class: 'HOME', inputs: [] },
      { file: twins, class: 'A' },
      { file: join(folder, 'none.owrs'), class: 'A' },
      { file: good, class: '__proto__' },
      home({ meter_size: '3/4"' }),
      home({ meter_size: '3/4"', usage_ccf: { a: 1 } }),
      home({ meter_size: '9"', usage_ccf: 1 }),
      { file: good, class: 'LOOP', inputs: {} },
      '{"__proto__": {"file": 1}}',
      home({ meter_size: '3/4"', usage_ccf: 1 }),
    )
    expect(answers.map(a => a.error?.code ?? a.total)).toEqual([
      'missing_input',
      'missing_input',
      'missing_input',
      'missing_input',
      'malformed_file',
      'unknown_class',
      'missing_input',
      'malformed_file',
      'malformed_file',
      'unknown_class',
      'missing_input',
      'missing_input',
      'unknown_map_key',
      'cycle',
      'malformed_file',
      11.75,
    ])
    expect(answers[10].error).toMatchObject({ field: 'usage_ccf' })
    expect(answers[10].error.message).toContain('class HOME: commodity_charge needs "usage_ccf"')
  })
})
