import { describe, expect, test } from 'vitest'
import { cardNumberSays, freeText, holdsCardNumber, passesLuhn } from './card-numbers.ts'

describe('a card number never reaches a note', () => {
  test.each([
    '4111111111111111',
    'card 4111 1111 1111 1111 exp 12/27',
    '4111-1111-1111-1111',
    '4111.1111.1111.1111',
    '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
    'mc 5555555555554444.',
    '2223003122003222',
    'amex 3782 822463 10005',
    '378282246310005',
    'diners 3056 930902 5904',
    '6011111111111117',
    'visa of thirteen 4222222222222',
    'nineteen 6304000000000000000',
    'full width ４１１１ １１１１ １１１１ １１１１',
    'paid on 2026-11-23 with 4012888888881881 at the counter',
  ])('%s', text => expect(holdsCardNumber(text)).toBe(true))
})

describe('what advisors really write stays writable', () => {
  test.each([
    'call back 415 555 0134 or 415 555 0198',
    '(415) 555-0134, 4155550134',
    'meter 60123456 read 4111 on 2026-11-23, then 4187 on 2026-12-22',
    'account 1000234-01, bill of $212.44',
    'order 4111111111111112 is no card: its check digit is wrong',
    'apn 123-456-78-90',
    '',
  ])('%s', text => expect(holdsCardNumber(text)).toBe(false))
})

test('the check digit is that of ISO/IEC 7812', () => {
  expect(passesLuhn('79927398713')).toBe(true)
  expect(passesLuhn('79927398710')).toBe(false)
})

test('free text says why it is refused', () => {
  expect(freeText(100).safeParse('4111 1111 1111 1111').error?.issues[0]?.message).toBe(cardNumberSays)
  expect(freeText(100).parse('  José "Pepe" O’Neil 💧 ')).toBe('José "Pepe" O’Neil 💧')
})
