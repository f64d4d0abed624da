import type { Instant } from '@curbstop/kernel/dates'
import type { CustomerId } from '@curbstop/kernel/ids'
import { describe, expect, test } from 'vitest'
import {
  type Attempt,
  calculatePause,
  calculateWait,
  canApprove,
  decideWait,
  isSelfDealing,
  type Limit,
  whyWeak,
  withinAuthority,
} from './domain/index.ts'

const at = (seconds: number) => new Date(1_764_000_000_000 + seconds * 1000).toISOString() as Instant
const failure = (seconds: number, ip = '10.0.0.1'): Attempt => ({ succeeded: false, at: at(seconds), ip })
const success = (seconds: number, ip = '10.0.0.1'): Attempt => ({ succeeded: true, at: at(seconds), ip })

describe('guessing is slowed down, a person who mistypes is not', () => {
  test('five tries are free, then the pause doubles up to five minutes', () => {
    expect([0, 4, 5, 6, 7, 8, 12, 13, 14, 100].map(calculatePause)).toEqual([
      0, 0, 1, 2, 4, 8, 128, 256, 300, 300,
    ])
  })

  test('the pause counts from the last try and ends by itself', () => {
    const tries = [7, 6, 5, 4, 3, 2, 1].map(seconds => failure(seconds))
    expect(calculateWait(tries, at(7))).toBe(4)
    expect(calculateWait(tries, at(10))).toBe(1)
    expect(calculateWait(tries, at(11))).toBe(0)
    expect(calculateWait([], at(0))).toBe(0)
  })

  test('one good sign-in wipes the slate', () => {
    const tries = [failure(9), success(8), ...[7, 6, 5, 4, 3, 2].map(s => failure(s))]
    expect(calculateWait(tries, at(9))).toBe(0)
  })

  test('a stranger who guesses at my login does not keep me out of my office', () => {
    const strangers = Array.from({ length: 20 }, (_, i) => failure(20 - i, '203.0.113.9'))
    const tries = { ofLogin: strangers, ofAddress: [], ip: '10.0.0.1' }
    expect(decideWait({ ...tries, isKnownHere: true }, at(20))).toBe(0)
    expect(decideWait({ ...tries, isKnownHere: false }, at(20))).toBe(300)
    const fromThere = { ofLogin: strangers, ofAddress: strangers, ip: '203.0.113.9' }
    expect(decideWait({ ...fromThere, isKnownHere: true }, at(20))).toBe(300)
  })

  test('many logins tried from one address are slowed down by the address', () => {
    const ofAddress = Array.from({ length: 8 }, (_, i) => failure(8 - i))
    expect(decideWait({ ofLogin: [], ofAddress, isKnownHere: false, ip: '10.0.0.1' }, at(8))).toBe(8)
  })
})

describe('passwords: length counts, composition does not', () => {
  const about = { login: 'mchen', name: 'Maya Chen', hasSecondFactor: false }
  test.each([
    'cedar flat sample',
    'purple tractor sings',
    'ñandú café río verde',
    '              x',
    'kx91-mv02-pp73-aa',
  ])('takes %j', password => expect(whyWeak(password, about)).toBeNull())
  test.each([
    ['short one', /15 characters/],
    ['passwordpassword', /repeats/],
    ['abcabcabcabcabcab', /repeats/],
    ['1234567890123456', /counts up/],
    ['987654321098765', /counts up/],
    ['aaaaaaaaaaaaaaaa', /repeats/],
    ['correcthorsebatterystaple', /Many people/],
    ['Correct Horse Battery Staple', /Many people/],
    ['ThisIsMyPassword2026!!', /Many people/],
    ['mayachen-mayachen-1', /your name/],
    ['curbstop-mchen-2026', /your name/],
  ])('refuses %j', (password, why) => expect(whyWeak(password, about)).toMatch(why))

  test('with a second factor eight characters will do, but not what everybody has', () => {
    const withFactor = { ...about, hasSecondFactor: true }
    expect(whyWeak('kx91mv02', withFactor)).toBeNull()
    expect(whyWeak('kx91mv0', withFactor)).toMatch(/8 characters/)
    expect(whyWeak('P@ssw0rd', withFactor)).toMatch(/Many people/)
    expect(whyWeak('sunshine1', withFactor)).toMatch(/Many people/)
  })
})

describe('authority', () => {
  const limit = (value: bigint | null): Limit => ({
    action: 'adjustment',
    value,
    unit: 'cents',
    citation: 'AUTH-001',
  })

  test('AUTH-001: an Advisor adjusts 100.00 alone and proposes 100.01', () => {
    expect(withinAuthority(limit(10_000n), 10_000n)).toBe('alone')
    expect(withinAuthority(limit(10_000n), 10_001n)).toBe('propose')
    expect(withinAuthority(limit(10_000n), -10_001n)).toBe('propose')
  })

  test('AUTH-024: 60 and 60 in a month count as 120', () => {
    expect(withinAuthority(limit(10_000n), 6_000n + 6_000n)).toBe('propose')
  })

  test('nought means propose, nothing on record means no, null means without limit', () => {
    expect(withinAuthority(limit(0n), 1n)).toBe('propose')
    expect(withinAuthority(null, 1n)).toBe('not')
    expect(withinAuthority(limit(null), 10n ** 12n)).toBe('alone')
  })

  test('AUTH-025: nobody approves their own proposal, and no junior a senior’s', () => {
    const proposer = { personId: 12n, rank: 2 }
    expect(canApprove(proposer, { personId: 14n, rank: 3 })).toBe(true)
    expect(canApprove(proposer, { personId: 13n, rank: 2 })).toBe(true)
    expect(canApprove(proposer, { personId: 11n, rank: 1 })).toBe(false)
    expect(canApprove(proposer, proposer)).toBe(false)
    expect(canApprove({ personId: 30n, rank: 0 }, { personId: 31n, rank: 0 })).toBe(false)
  })

  test('AUTH-023: the own and relatives’ accounts are out of bounds', () => {
    const declared = new Set([5n as CustomerId])
    expect(isSelfDealing(declared, 5n as CustomerId)).toBe(true)
    expect(isSelfDealing(declared, 6n as CustomerId)).toBe(false)
  })
})
