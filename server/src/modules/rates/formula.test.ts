import { describe, expect, test } from 'vitest'
import { namesIn, parseFormula } from './domain/formula.ts'
import { compileClass, evaluate, parseTariff } from './domain/index.ts'

/** Calculates one formula through a one-part tariff, so that grammar and arithmetic are tried together. */
function calculate(formula: string, inputs: Record<string, string | number> = {}): number {
  const text = `rate_structure:\n  C:\n    bill: ${JSON.stringify(formula)}\n`
  return evaluate(compileClass(parseTariff(text, 'formula.owrs'), 'C'), inputs).total.toNumber()
}

describe('a formula means what a rate clerk learned at school', () => {
  test.each([
    ['1+2*3', 7],
    ['(1+2)*3', 9],
    ['10-4-3', 3],
    ['24/4/2', 3],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['--3', 3],
    ['+3 - -2', 5],
    ['.7*10', 7],
    ['5.*2', 10],
    ['0.1+0.2', 0.3],
    ['1e3/8', 125],
    [' 1.0204 * ( 10 + 5 ) ', 15.306],
    ['0.62*(1/748)*748', 0.62],
  ])('%s = %d', (formula, value) => expect(calculate(formula)).toBe(value))

  test('names hold letters, digits, dots and underscores, and their case counts', () => {
    expect(calculate('IR_Charge + rate.2', { IR_Charge: 2, 'rate.2': '3.5' })).toBe(5.5)
    expect(() => calculate('IR_Charge', { IR_charge: 2 })).toThrow('"IR_Charge"')
  })

  test('a hyphen is a minus, so that turn-on_charge is never taken for a name', () => {
    expect([...namesIn(parseFormula('turn-on_charge'))]).toEqual(['turn', 'on_charge'])
  })
})

describe('a text that is no formula is refused with its place, never guessed at', () => {
  test.each([
    ['', 'ends where a name or a number is expected'],
    ['1+', 'ends where'],
    ['(1+2', 'closing parenthesis is missing (at character 5'],
    ['1+2)', 'operator is expected before ")"'],
    ['2 3', 'operator is expected before "3"'],
    ['flat_rate*usage_ccf flat_rate:4.1165', '":" is not part of a formula'],
    ['133%', '"%" is not part'],
    ['max(1,2)', '"," is not part'],
    ['a[0]', '"[" is not part'],
    ['1,000', '"," is not part'],
    ['1..2', 'operator is expected'],
    ['*2', '"*" stands where'],
    ['1/0', 'divides by zero'],
    ['0^-1', 'no usable value'],
    ['(0-8)^0.5', 'no usable value'],
    ['10^(10^5)', 'no usable value'],
    ['9^999*9^999', 'not a finite number'],
    ['2^9999', 'no usable value'],
  ])('%s', (formula, reason) => expect(() => calculate(formula)).toThrow(reason))

  test('a text times a number names the input that is no number', () => {
    expect(() => calculate('2*meter_size', { meter_size: '3/4"' })).toThrow('"meter_size" is "3/4\\""')
  })
})

describe('tariff text can do nothing but arithmetic', () => {
  test.each(['constructor', '__proto__', 'toString', 'process', 'globalThis', 'c', 't'])(
    'the name %s is only a name',
    name => {
      expect(() => calculate(name)).toThrow(`"${name}"`)
      const own = JSON.parse(`{${JSON.stringify(name)}: 4}`) as Record<string, number>
      expect(calculate(`${name}*2`, own)).toBe(8)
    },
  )

  test.each(['process.exit()', 'x=1', 'a;b', '`ls`', 'require("fs")', 'a=>b', '$(x)'])(
    '%s is refused',
    formula => {
      expect(() => calculate(formula)).toThrow()
    },
  )

  test('a tower of parentheses, signs or powers is refused before it exhausts the machine', () => {
    expect(() => calculate(`${'('.repeat(1500)}1${')'.repeat(1500)}`)).toThrow('nested more than')
    expect(() => calculate(`${'-'.repeat(3000)}1`)).toThrow('nested more than')
    expect(() => calculate(`2${'^2'.repeat(1500)}`)).toThrow('nested more than')
    expect(() => calculate('1+'.repeat(5000))).toThrow('longer than')
    expect(calculate(`0${'+1'.repeat(1900)}`)).toBe(1900)
  })
})
