import { describe, expect, test } from 'vitest'
import { addressWordsOf, findPhone, mayFind } from './findable.ts'

describe('what in a note finds a protected person (PRV-019)', () => {
  test.each([
    ['lives at 118 Alder Ct now', [{ house: '118', word: 'alder' }]],
    ['2204 N. Quail Ridge', [{ house: '2204', word: 'quail' }]],
    ['12b Vía Alta', [{ house: '12B', word: 'via' }]],
    [
      'between 118 and 120, Alder',
      [
        { house: '118', word: 'and' },
        { house: '120', word: 'alder' },
      ],
    ],
  ])('an address is seen in “%s”', (text, found) => {
    expect(addressWordsOf(text)).toEqual(found)
  })

  test.each(['(619) 555-0134', '619.555.0134', '+1 619 555 0134', 'call 6195550134 back'])(
    'a phone number is seen in “%s”',
    text => {
      expect(findPhone(text)).not.toBeNull()
    },
  )

  test.each([
    'paid $118.40 on 11/23/2026',
    'account 10482331',
    'read 004821, 23 CCF',
    'Asked about the high bill.',
  ])('figures of everyday work are no address and no phone: “%s”', text => {
    expect(findPhone(text)).toBeNull()
  })

  test('a plain sentence may stay on the page', () => {
    expect(mayFind('Found the toilet running; told the customer.')).toBe(false)
  })
})
