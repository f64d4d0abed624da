import { describe, expect, test } from 'vitest'
import { decideVerification, type VerificationFacts } from './verification.ts'

const facts = (some: Partial<VerificationFacts>): VerificationFacts => ({
  caller: 'customer',
  authorized: null,
  proven: [],
  failed: [],
  isProtected: false,
  available: ['account-number', 'service-address', 'name', 'phone', 'last-payment', 'pin'],
  needed: 2,
  wrongSecrets: 0,
  ...some,
})
const decide = (some: Partial<VerificationFacts>) => decideVerification(facts(some))
const daughter = { name: 'Rosa Ruiz', scopes: ['pay'] as const, isInForce: true }

describe('who is calling (PRV-010)', () => {
  test('nothing of the account is told before the account and two matching items are proven', () => {
    for (const proven of [
      [],
      ['account-number'],
      ['account-number', 'name'],
      ['name', 'phone', 'last-payment'],
    ]) {
      const decision = decide({ proven: proven as never })
      expect(decision.outcome).toBe('unverified')
      expect(decision.may).toEqual(['general', 'report-problem', 'pay'])
      expect(decision.mayNot).toContain('balance')
    }
  })

  test('the account number or the address, and two items, open everything', () => {
    for (const anchor of ['account-number', 'service-address'] as const) {
      const decision = decide({ proven: [anchor, 'name', 'last-payment'] })
      expect(decision.outcome).toBe('verified')
      expect(decision.mayNot).toEqual([])
      expect(decision.ask).toBeNull()
    }
    expect(decide({ proven: ['account-number', 'name', 'last-payment'] }).why).toBe(
      'Proven: account number, name on the account and amount of the last payment (PRV-010, 2 matching items needed).',
    )
  })

  test('the next question is the easiest one still open, and only what is on file is asked', () => {
    expect(decide({}).ask).toBe('account-number')
    expect(decide({ failed: ['account-number'] }).ask).toBe('service-address')
    expect(decide({ proven: ['account-number'] }).ask).toBe('name')
    expect(decide({ proven: ['account-number', 'name'], available: ['name', 'pin'] }).ask).toBe('pin')
    const stuck = decide({ proven: ['account-number', 'name'], available: ['name'] })
    expect([stuck.ask, stuck.askSays]).toEqual([
      null,
      'Nothing is left to ask. Offer to call back the number on file, or a visit with an id.',
    ])
  })

  test('an item that was wrong does not count, even when it is ticked as right as well', () => {
    expect(decide({ proven: ['account-number', 'name', 'phone'], failed: ['phone'] }).outcome).toBe(
      'unverified',
    )
  })

  test('guessing a PIN costs one more proof, and never locks the customer out (PRV-013)', () => {
    const guessed = decide({ proven: ['account-number', 'name', 'phone'], failed: ['pin'], wrongSecrets: 1 })
    expect([guessed.outcome, guessed.ask]).toEqual(['unverified', 'last-payment'])
    const proven = ['account-number', 'name', 'phone', 'last-payment'] as const
    expect(decide({ proven, wrongSecrets: 9 }).outcome).toBe('verified')
  })
})

describe('who may speak for a customer (ACC-016)', () => {
  const proven = ['account-number', 'name', 'phone'] as const

  test('a pay-only caller hears the amount and cannot close the account', () => {
    const decision = decide({ caller: 'authorized', authorized: daughter, proven })
    expect(decision.outcome).toBe('authorized')
    expect(decision.may).toEqual(['general', 'report-problem', 'pay', 'balance'])
    expect(decision.mayNot).toContain('close')
    expect(decision.why).toMatch(/^Rosa Ruiz, authorised to pay \(ACC-016\)\./)
  })

  test('an authorisation that ended opens nothing, however much is known', () => {
    const decision = decide({ caller: 'authorized', authorized: { ...daughter, isInForce: false }, proven })
    expect([decision.outcome, decision.ask]).toEqual(['unverified', null])
    expect(decision.may).not.toContain('balance')
  })

  test('a stranger who knows everything is still a stranger (PRV-001)', () => {
    const decision = decide({ caller: 'other', proven: ['account-number', 'name', 'phone', 'pin'] })
    expect([decision.outcome, decision.ask]).toEqual(['unverified', null])
    expect(decision.may).toEqual(['general', 'report-problem', 'pay'])
  })
})

describe('protected customers (PRV-019)', () => {
  const hidden = { isProtected: true, available: ['name', 'phone', 'passphrase'] as const }

  test('an ex-partner who knows name, phone and address learns nothing, not even that there is an account', () => {
    const decision = decide({ ...hidden, proven: ['service-address', 'account-number', 'name', 'phone'] })
    expect([decision.outcome, decision.ask]).toEqual(['unverified', 'passphrase'])
    expect(decision.may).toEqual(['general', 'report-problem'])
    expect(decision.why).toMatch(/do not even confirm/)
  })

  test('the passphrase with the account number and one item more opens the account', () => {
    expect(decide({ ...hidden, proven: ['account-number', 'passphrase', 'name'] }).outcome).toBe('verified')
    expect(decide({ ...hidden, proven: ['service-address', 'passphrase', 'name'] }).outcome).toBe(
      'unverified',
    )
  })

  test('without a passphrase on file, or with a wrong one, it goes to a Senior', () => {
    const none = decide({ isProtected: true, proven: ['account-number', 'name', 'phone'] })
    expect(none.askSays).toMatch(/refer to a Senior/)
    const wrong = decide({ ...hidden, failed: ['passphrase'], wrongSecrets: 1, proven: ['account-number'] })
    expect([wrong.ask, wrong.outcome]).toEqual([null, 'unverified'])
  })
})
