import { localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { describe, expect, test } from 'vitest'
import { accountNumber, isAccountNumber } from './domain/account-number.ts'
import { householdHint, nextDates, statusOf } from './domain/card.ts'
import { checkHandOver, decideOrder } from './domain/hand-over.ts'
import { decideStart, decideStop, type Stay, standingOn, whyNotCancel } from './domain/occupancy.ts'
import { chooseWords, planSearch, slipsBetween, slipsOf } from './domain/search-plan.ts'
import { searchRows } from './domain/search-rows.ts'

const day = localDate
const today = day('2026-11-23')
const code = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

describe('account numbers', () => {
  test('a misheard digit or two swapped ones never find somebody else', () => {
    const number = accountNumber(123_456n)
    expect(isAccountNumber(number)).toBe(true)
    for (let at = 0; at < number.length; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const wrong = number.slice(0, at) + digit + number.slice(at + 1)
        if (wrong !== number) expect(isAccountNumber(wrong)).toBe(false)
      }
      const swapped = number.slice(0, at) + (number[at + 1] ?? '') + number[at] + number.slice(at + 2)
      if (swapped !== number) expect(isAccountNumber(swapped)).toBe(false)
    }
  })

  test('numbers differ for every account and every attempt', () => {
    const all = Array.from({ length: 500 }, (_, id) => accountNumber(BigInt(id)))
    expect(new Set(all).size).toBe(500)
    expect(accountNumber(7n, 1)).not.toBe(accountNumber(7n))
    expect(isAccountNumber(accountNumber(7n, 1))).toBe(true)
  })
})

describe('search', () => {
  const facts = {
    number: '10000017',
    oldNumbers: ['A-301-22'],
    name: 'María de la Peña-O’Hara',
    phones: ['+19515550142'],
    emails: ['Maria@Mail.Example'],
    addresses: [{ houseNumber: '118', street: 'N Alder Ct', unit: '4', city: 'Las Palmas', zip: '92000' }],
    meterSerials: ['B-7004512'],
  }

  test('a person is findable by every way callers say things', () => {
    const { haystack, terms, address } = searchRows(facts)
    for (const word of ['maria', 'pena', 'ohara', 'delapena', 'north', 'n', 'court', 'ct', '118', '4']) {
      expect(haystack).toContain(` ${word} `)
    }
    expect(haystack).not.toMatch(/palmas|92000/) // half of all accounts share them
    const has = (kind: string, term: string) => terms.some(t => t.kind === kind && t.term === term)
    expect(has('number', 'a30122')).toBe(true)
    for (const term of ['9515550142', '5550142', '0142']) expect(has('phone', term)).toBe(true)
    expect(has('meter', 'b7004512') && has('meter', '7004512')).toBe(true)
    expect(has('email', 'maria@mail.example')).toBe(true)
    expect(has('street', 'alder') && !has('street', 'ct')).toBe(true)
    expect(address).toBe('118 N Alder Ct, Unit 4, Las Palmas')
  })

  test('the query is read before the database is asked', () => {
    expect(planSearch('(951) 555-0142')).toEqual({ kind: 'digits', digits: '9515550142' })
    expect(planSearch('+1 951 555 0142')).toEqual({ kind: 'digits', digits: '9515550142' })
    expect(planSearch('maria@mail')).toEqual({ kind: 'email', begins: 'maria@mail' })
    expect(planSearch("  O'Hara  Peña ")).toEqual({ kind: 'words', words: ['ohara', 'pena'], code: null })
    expect(planSearch('B-70045')).toEqual({ kind: 'words', words: ['b', '70045'], code: 'b70045' })
    for (const nothing of ['', '   ', '%', '🙂', '\u0000', '---'])
      expect(planSearch(nothing).kind).toBe('nothing')
    expect(planSearch(`${'a b c d e f g h i j '.repeat(20)}`)).toMatchObject({ kind: 'words' })
  })

  test('slips of the finger still find the name, other names do not', () => {
    expect(slipsBetween('garsia', 'garcia')).toBe(1)
    expect(slipsBetween('jhon', 'john')).toBe(1)
    expect(slipsBetween('garci', 'garcia')).toBe(0) // not finished yet
    expect(slipsOf('jhon').some(slip => slipsOf('john').includes(slip))).toBe(true)
    expect(chooseWords('garsia', ['garcia', 'garza', 'garner', 'gonzalez'])[0]).toBe('garcia')
    expect(chooseWords('oak', ['oat', 'elk'])).toEqual([])
    expect(chooseWords('ana', ['anna', 'ann', 'dana', 'ida'])).toEqual(['anna', 'dana'])
    expect(chooseWords('anna', ['ana', 'ant'])).toEqual(['ana'])
  })
})

const ana = { accountId: asId<'account'>(1), customerId: asId<'customer'>(1) }
const stay = (from: string, to: string | null): Stay => ({ ...ana, from: day(from), to: to ? day(to) : null })
const limits = { today, back: 90, ahead: 90 }
const owner = { customerId: asId<'customer'>(9), onTenantStop: 'revert' as const }
const start = (onDate: string, more: object = {}) => ({
  onDate: day(onDate),
  customerId: asId<'customer'>(2),
  priorStops: false,
  gap: undefined,
  ...more,
})

describe('starting', () => {
  test('the one before stops on the day the next one starts, on purpose', () => {
    const stays = [stay('2024-05-01', null)]
    const place = { owner: null, limits }
    expect(code(() => decideStart(start('2026-12-01'), stays, place))).toBe('accounts.overlap')
    const plan = decideStart(start('2026-12-01', { priorStops: true }), stays, place)
    expect(plan).toMatchObject({ startOn: '2026-12-01', stops: stays[0] })
  })

  test('nobody is placed on top of a stop or a start that is booked already', () => {
    const place = { owner: null, limits }
    const leaving = [stay('2024-05-01', '2026-12-10')]
    expect(code(() => decideStart(start('2026-12-01', { priorStops: true }), leaving, place))).toBe(
      'accounts.overlap-until',
    )
    const coming = [stay('2026-12-10', null)]
    expect(code(() => decideStart(start('2026-12-01'), coming, place))).toBe('accounts.next-occupant')
  })

  test('days nobody pays for are a decision, never an accident', () => {
    const stays = [stay('2024-05-01', '2026-11-01')]
    const place = { owner, limits }
    expect(code(() => decideStart(start('2026-11-25'), stays, place))).toBe('accounts.gap')
    expect(decideStart(start('2026-11-25', { gap: 'vacant' }), stays, place).vacantFrom).toBe('2026-11-01')
    expect(decideStart(start('2026-11-25', { gap: 'owner' }), stays, place).ownerGap).toEqual({
      customerId: 9n,
      from: '2026-11-01',
    })
    expect(
      code(() => decideStart(start('2026-11-25', { gap: 'owner' }), stays, { owner: null, limits })),
    ).toBe('accounts.no-owner')
    expect(code(() => decideStart(start('2026-11-25', { gap: 'back-date' }), stays, place))).toBe(
      'accounts.back-date-note',
    )
    const proof = { gap: 'back-date', note: 'lease from Nov 1' }
    expect(decideStart(start('2026-11-25', proof), stays, place).startOn).toBe('2026-11-01')
    expect(code(() => decideStart(start('2026-11-01', { gap: 'vacant', note: 'lease' }), stays, place))).toBe(
      'accounts.no-gap',
    )
  })

  test('dates far back or ahead are refused with the limit', () => {
    const place = { owner: null, limits }
    expect(code(() => decideStart(start('2026-08-01', { note: 'x' }), [], place))).toBe(
      'accounts.date-too-far-back',
    )
    expect(code(() => decideStart(start('2027-08-01'), [], place))).toBe('accounts.date-too-far-ahead')
    expect(code(() => decideStart(start('2026-11-20'), [], place))).toBe('accounts.back-date-note')
    expect(decideStart(start('2026-11-20', { note: 'deed' }), [], place).startOn).toBe('2026-11-20')
  })

  test('a customer is not started twice at one address', () => {
    const stays = [stay('2024-05-01', null)]
    const twice = start('2026-12-01', { customerId: ana.customerId, priorStops: true })
    expect(code(() => decideStart(twice, stays, { owner: null, limits }))).toBe('accounts.same-customer')
  })
})

describe('stopping', () => {
  const stop = (onDate: string, more: object = {}) => ({
    onDate: day(onDate),
    askedBy: 'customer' as const,
    ...more,
  })
  const here = stay('2024-05-01', null)

  test('ACC-045: a landlord cannot have the water of a tenant turned off', () => {
    const asks = { askedBy: 'owner', afterStop: 'turn-off' }
    expect(code(() => decideStop(stop('2026-12-01', asks), here, { owner, limits }))).toBe(
      'accounts.occupied-by-tenant',
    )
    const proven = { ...asks, vacancyProof: 'walk-through with photos' }
    expect(decideStop(stop('2026-12-01', proven), here, { owner, limits }).follows).toBe('turn-off')
    const unknownOwner = { owner: null, limits }
    expect(code(() => decideStop(stop('2026-12-01', asks), here, unknownOwner))).toBe(
      'accounts.occupied-by-tenant',
    )
  })

  test('ACC-015: what follows is the owner agreement, or is asked', () => {
    expect(decideStop(stop('2026-12-01'), here, { owner, limits }).follows).toBe('owner')
    const ask = { owner: { ...owner, onTenantStop: 'ask' as const }, limits }
    expect(code(() => decideStop(stop('2026-12-01'), here, ask))).toBe('accounts.say-what-follows')
    const none = { owner: null, limits }
    expect(code(() => decideStop(stop('2026-12-01', { afterStop: 'owner' }), here, none))).toBe(
      'accounts.no-owner',
    )
  })

  test('dates out of order and a second stop are refused', () => {
    const place = { owner, limits }
    expect(code(() => decideStop(stop('2024-05-01', { note: 'x' }), here, place))).toBe('accounts.date-order')
    expect(code(() => decideStop(stop('2026-12-01'), stay('2024-05-01', '2026-12-05'), place))).toBe(
      'accounts.already-stopping',
    )
  })

  test('what took effect is not cancelled, what is pending is', () => {
    const change = { onDate: day('2026-12-01'), isCancelled: false, isPart: false }
    expect(whyNotCancel(change, today)).toBeNull()
    expect(whyNotCancel({ ...change, onDate: day('2026-11-22') }, today)?.code).toBe('accounts.change-done')
    expect(whyNotCancel({ ...change, isPart: true }, today)?.code).toBe('accounts.change-part')
  })
})

test('standing: the day of the hand-over belongs to the next one', () => {
  const stays = [stay('2024-01-01', '2026-11-23')]
  expect(standingOn(stays, today)).toMatchObject({ prior: null, previous: stays[0], next: null })
})

describe('hand-over', () => {
  const points = [
    { servicePointId: asId<'service-point'>(1), service: 'water' },
    { servicePointId: asId<'service-point'>(2), service: 'sewer' },
  ]
  const place = { on: today, today, points, windowDays: 3 }
  const read = (point: number, readOn = '2026-11-23') => ({
    how: 'read' as const,
    by: 'customer' as const,
    readOn: day(readOn),
    reads: [{ servicePointId: asId<'service-point'>(point), registerNo: 1, value: 123n }],
  })

  test('a read of another house, of the future or of long ago is not a hand-over read', () => {
    expect(code(() => checkHandOver(read(1), place))).toBeUndefined()
    expect(code(() => checkHandOver(read(7), place))).toBe('accounts.foreign-point')
    expect(code(() => checkHandOver(read(2), place))).toBe('accounts.foreign-point')
    expect(code(() => checkHandOver(read(1, '2026-11-24'), place))).toBe('accounts.read-date')
    expect(code(() => checkHandOver(read(1, '2026-11-10'), place))).toBe('accounts.read-date')
    const twice = { ...read(1), reads: [...read(1).reads, ...read(1).reads] }
    expect(code(() => checkHandOver(twice, place))).toBe('accounts.read-twice')
  })

  test('water that is off is turned on, water nobody wants is turned off, else only a read is fetched', () => {
    const change = { isOff: false, follows: null, handOver: 'read' as const }
    expect(decideOrder({ ...change, what: 'start', isOff: true })).toBe('TON')
    expect(decideOrder({ ...change, what: 'stop', follows: 'turn-off' })).toBe('TOFF')
    expect(decideOrder({ ...change, what: 'stop', follows: 'owner', handOver: 'order' })).toBe('XFER')
    expect(decideOrder({ ...change, what: 'start' })).toBeNull()
  })
})

describe('the card', () => {
  test('the caller is told the next dates, and none of a closed account', () => {
    const cycle = { readDay: 9, billAfterDays: 3, dueAfterDays: 21 }
    const open = { openedOn: day('2024-01-01'), closedOn: null }
    expect(nextDates(cycle, open, today)).toEqual({
      readOn: '2026-12-09',
      billOn: '2026-12-12',
      dueOn: '2027-01-02',
    })
    const closing = { ...open, closedOn: day('2026-12-01') }
    expect(nextDates(cycle, closing, today)?.readOn).toBe('2026-12-01')
    expect(nextDates(cycle, { ...open, closedOn: today }, today)).toBeNull()
    expect(statusOf(closing, today)).toBe('closing')
    expect(statusOf({ openedOn: day('2026-12-01'), closedOn: null }, today)).toBe('pending')
  })

  test('WB-022, WB-023: two more persons need names, three need documents', () => {
    const change = { usual: 3, extra: 2, evidenceKind: 'stated' as const }
    expect(householdHint({ ...change, persons: 5 })).toBeNull()
    expect(householdHint({ ...change, persons: 6 })).toMatch(/document/)
    expect(householdHint({ ...change, persons: 6, evidenceKind: 'documents' })).toBeNull()
  })
})
