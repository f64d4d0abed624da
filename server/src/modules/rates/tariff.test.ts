import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '@curbstop/kernel/errors'
import { describe, expect, test } from 'vitest'
import {
  compileClass,
  evaluate,
  type Finding,
  parseTariff,
  validateTariff,
  writeTariff,
} from './domain/index.ts'
import { readDate } from './domain/tariff.ts'

const own = join(import.meta.dirname, 'tariffs')
const ownFiles = readdirSync(own).filter(name => name.endsWith('.owrs'))

function reasonOf(text: string): string {
  try {
    parseTariff(text, 'bad.owrs')
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError)
    expect((error as DomainError).code).toBe('rates.malformed-file')
    return (error as DomainError).message
  }
  throw new Error('it was accepted')
}

const withClass = (...lines: string[]) =>
  ['metadata:', '  effective_date: 2026-07-01', '  bill_frequency: Monthly', '  bill_unit: ccf']
    .concat('rate_structure:', '  HOME:')
    .concat(lines.map(line => line.replace(/^/gm, '    ')))
    .join('\n')

describe('a file that cannot be read is refused with its line', () => {
  test.each([
    ['rate_structure:\n  A:\n    x: 1\n    y: 2\n    x: 3\n', '(line 5): the key "x" stands twice'],
    ['rate_structure:\n  A:\n    1.5: 1\n    1.50: 3\n', '(line 4)'],
    ['rate_structure:\n  A: b: c\n', '(line 2)'],
    ['rate_structure:\n  A:\n    bill: 1\n   x: 2\n', '(line 4)'],
    ['rate_structure:\n\tA:\n', '(line 2)'],
    ['rate_structure: "A\n', 'bad.owrs cannot be read'],
    ['a: 1\n---\nb: 2\n', 'more than one'],
    ['', 'it'],
    ['just text', 'no mapping'],
    ['- 1\n- 2\n', 'no mapping'],
    ['metadata: {}\n', 'rate_structure is missing'],
    ['rate_structure: 3\n', 'not a mapping of customer classes'],
    ['rate_structure:\n  A: 3\n', 'the class A is not a mapping'],
    ['rate_structure:\n  ? [a, b]\n  : 3\n', 'a mapping key is a list'],
  ])('%j', (text, reason) => expect(reasonOf(text)).toContain(reason))

  test('ten megabytes, deep nesting, many keys and alias bombs are refused within the second', () => {
    expect(reasonOf(`rate_structure:\n  A:\n    bill: "${'x'.repeat(10_000_000)}"\n`)).toContain(
      'larger than',
    )
    expect(reasonOf(`rate_structure: ${'['.repeat(20_000)}`)).toContain('nested')
    expect(reasonOf(`rate_structure: ${'{a: '.repeat(60)}1${'}'.repeat(60)}`)).toContain('nested')
    const bomb = ['a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]']
    for (let i = 1; i < 9; i += 1) bomb.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]`)
    expect(reasonOf(`${bomb.join('\n')}\nrate_structure: {}\n`)).toContain('more than')
    expect(reasonOf('rate_structure: &a\n  A: *a\n')).toContain('nested')
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`)
    expect(
      parseTariff(`rate_structure: {A: {${keys.join(', ')}}}`, 'wide.owrs').classes.get('A')!.parts.size,
    ).toBe(20_000)
  })

  test('names from JavaScript itself are classes and parts like any other', () => {
    const tariff = parseTariff(
      'rate_structure: {__proto__: {bill: constructor, constructor: 3}}',
      'names.owrs',
    )
    expect(evaluate(compileClass(tariff, '__proto__'), {}).total.toNumber()).toBe(3)
  })
})

describe('the head of a tariff', () => {
  test.each([
    ['07/01/2017', '2017-07-01'],
    ['7/1/2017', '2017-07-01'],
    ['07-01-2017', '2017-07-01'],
    ['2017-07-01', '2017-07-01'],
    ['2016-07-1', '2016-07-01'],
    ['2017-13-01', null],
    ['soon', null],
  ])('the date %s is %s', (text, date) => expect(readDate(text)).toBe(date))

  test('unit and frequency are read in every spelling of the published files', () => {
    const head = (frequency: string, unit: string) =>
      parseTariff(`metadata: {bill_frequency: ${frequency}, bill_unit: ${unit}}\nrate_structure: {}`, 'a')
    expect(head('Bi-Monthly', 'kgal')).toMatchObject({ billFrequency: 'bimonthly', billUnit: 'kgal' })
    expect(head('bimonthly', 'kilolitre')).toMatchObject({ billFrequency: 'bimonthly', billUnit: 'kl' })
    expect(head('Annually', '""')).toMatchObject({ billFrequency: 'annually', billUnit: 'ccf' })
    expect(head('sometimes', 'bucket')).toMatchObject({ billFrequency: null, billUnit: 'ccf' })
  })
})

describe('what is written reads back the same', () => {
  test.each(ownFiles)('%s', name => {
    const first = parseTariff(readFileSync(join(own, name), 'utf8'), name)
    const second = parseTariff(writeTariff(first), name)
    expect(second).toEqual(first)
  })

  test('odd corners survive: quoted numbers, yes and no, text with colons, empty parts, strange sections', () => {
    const text = withClass(
      'a: {depends_on: x, values: {1.50: .7, "1.50": 2, Yes: 3, True: 4, "a: b": 5, "#": 6, "": 7}}',
      'b:',
      'c: [0, 100%, "indoor"]',
      'd: {depends_on: [irrigated_area], area_starts: [1, 30000], values: [0.75, 0.6]}',
      'e: true',
      'f: "its: #1"',
      'bill: [{depends_on: m, values: {Yes: a+1, No: a}}]',
    )
    const first = parseTariff(`author_info:\n  author:\n${text}`, 'odd.owrs')
    expect(parseTariff(writeTariff(first), 'odd.owrs')).toEqual(first)
  })
})

describe('the validator says what is wrong or doubtful', () => {
  const find = (...lines: string[]): Finding[] =>
    validateTariff(parseTariff(withClass(...lines), 'x-2026-07-01.owrs'))

  test.each(ownFiles)('our own %s is without a finding', name => {
    expect(validateTariff(parseTariff(readFileSync(join(own, name), 'utf8'), name))).toEqual([])
  })

  test.each<[string, string, string, string[]]>([
    ['error', 'no-bill', 'bill', ['service_charge: 1']],
    ['error', 'unknown-name', 'bill', ['bill: IR_Charge', 'IR_charge: 1']],
    ['warning', 'unknown-name', 'bill', ['bill: surprise']],
    ['error', 'bad-formula', 'bill', ['bill: 1 +']],
    ['error', 'cycle', 'a', ['bill: a', 'a: b', 'b: a']],
    ['error', 'keyword', 'x_charge', ['bill: x_charge', 'x_charge: Tiered']],
    ['error', 'keyword', 'commodity_charge', ['bill: commodity_charge', 'commodity_charge: tiered']],
    ['note', 'not-billed', 'pump_charge', ['bill: 1', 'pump_charge: 2']],
    ['error', 'odd-value', 'bill', ['bill: {a: 1}']],
    ['error', 'tiers-missing', 'commodity_charge', ['bill: commodity_charge', 'commodity_charge: Tiered']],
  ])('%s %s in %s', (severity, code, part, lines) => {
    expect(find(...lines)).toContainEqual(expect.objectContaining({ severity, code, part, class: 'HOME' }))
  })

  test('a chain of very many parts is checked to its end, and the way round is told part by part', () => {
    const chain = Array.from({ length: 4_000 }, (_, i) => `p${i}: p${i + 1}+1`)
    expect(find('bill: p0', ...chain, 'p4000: 1')).toEqual([])
    const [cycle] = find('bill: p0', ...chain, 'p4000: p3998')
    expect(cycle).toMatchObject({ code: 'cycle', part: 'p3998' })
    expect(cycle!.message).toBe('It depends on itself: p3998 → p3999 → p4000 → p3998.')
  })

  const tiers = (starts: string, prices: string, keyword = 'Tiered') =>
    find(
      `tier_starts: ${starts}`,
      `tier_prices: ${prices}`,
      `commodity_charge: ${keyword}`,
      'bill: commodity_charge',
    )

  test.each<[string, string, string, Finding[]]>([
    ['error', 'tier-lengths', 'lists of different length', tiers('[0, 10]', '[1]')],
    ['error', 'percent', 'a percentage without a budget', tiers('[0, 100%]', '[1, 2]')],
    ['warning', 'not-ascending', 'starts that fall', tiers('[0, 50, 13]', '[1, 2, 3]')],
    ['warning', 'fractional-start', 'a start inside a unit', tiers('[0, 14.062]', '[1, 2]')],
    ['note', 'round-start', 'a start that looks like a last unit', tiers('[0, 10]', '[1, 2]')],
    ['note', 'percent-101', '101 %', tiers('[0, 101%]', '[1, 2]', 'Budget')],
  ])('%s %s: %s', (severity, code, _, findings) => {
    expect(findings).toContainEqual(expect.objectContaining({ severity, code }))
  })

  test('a meter with tiers but without a service charge is seen before it is billed', () => {
    const found = find(
      'a: {depends_on: meter_size, values: {1": 1, 1|1/2": 2}}',
      'b: {depends_on: meter_size, values: {1 1/2": 2, 2": 3}}',
      'bill: a+b',
    )
    const coverage = found.find(f => f.code === 'map-coverage')!
    expect(coverage.message).toContain('lacks 1"')
    expect(coverage.message).toContain('has 2" in addition')
  })

  test('a factor in a budget, which whole-unit rounding would swallow, is pointed out', () => {
    const found = find(
      'budget: commercial_budget*0.93',
      'tier_starts: [0, 100%]',
      'tier_prices: [1, 2]',
      'commodity_charge: Budget',
      'bill: commodity_charge',
    )
    expect(found).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'budget-rounding' }))
  })

  test('a date that differs from the file name, a unit that contradicts 748, a stray class', () => {
    const text = `metadata: {effective_date: 2026-01-01, bill_frequency: Monthly, bill_unit: kgal}
rate_structure: {HOME: {bill: hhsize*(1/748)}, home: {bill: 1}}
IRRIGATION: {bill: 1}`
    const codes = validateTariff(parseTariff(text, 'dir/x-2026-07-01.owrs')).map(f => f.code)
    expect(codes).toEqual(
      expect.arrayContaining(['date-differs', 'unit-748', 'stray-section', 'similar-classes']),
    )
  })
})
