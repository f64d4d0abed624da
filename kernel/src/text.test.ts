import { expect, test } from 'vitest'
import { lineSchema, paragraphsSchema } from './text.ts'

const name = lineSchema({ max: 12 })

test('names keep their quotes, accents and emoji', () => {
  for (const text of ["O'Brien", '“Bo” Núñez', 'Zoë 🌵', '李小龍']) expect(name.parse(text)).toBe(text)
  expect(name.parse('  José\t García ')).toBe('José García') // decomposed accents are composed
})

test('what no record can hold or no eye can see is refused with a sentence, not a fault', () => {
  for (const text of ['a\u0000b', 'half \ud83d', 'abc\u202ecba', '   ', 'x'.repeat(13)]) {
    expect(name.safeParse(text).success).toBe(false)
  }
  expect(name.safeParse('🌵'.repeat(12)).success).toBe(true) // twelve characters, not twenty-four
})

test('a note keeps its paragraphs', () => {
  expect(paragraphsSchema({ max: 100 }).parse(' one \r\ntwo\n\n\n\nthree ')).toBe('one\ntwo\n\nthree')
})

test('a card number typed into a note never reaches a record (PCI DSS 3.2)', () => {
  const parsed = paragraphsSchema({ max: 200 }).safeParse('paid with 4111 1111 1111 1111 today')
  expect(parsed.error?.issues[0]?.message).toMatch(/Card numbers may not be written here/)
})
