import { expect, test } from 'vitest'
import { limitsOf, overruledShare, sameLimits } from './limits.ts'

test('a rule of one number and a rule of several are tried alike', () => {
  expect(limitsOf(40)).toEqual({ value: 40 })
  expect(limitsOf({ percent: 200, overCcf: 10, note: 'words' })).toEqual({ percent: 200, overCcf: 10 })
  expect(limitsOf(['a'])).toEqual({})
})

test('limits may be set only as they were tried', () => {
  expect(sameLimits({ percent: 250 }, { percent: 250 })).toBe(true)
  expect(sameLimits({ percent: 250 }, { percent: 200 })).toBe(false)
  expect(sameLimits({ percent: 250 }, null)).toBe(false)
})

test('a rule that nobody decided about has no share of overruled ones', () => {
  expect(overruledShare({ overruled: 0, upheld: 0 })).toBeNull()
  expect(overruledShare({ overruled: 3, upheld: 1 })).toBe(0.75)
})
