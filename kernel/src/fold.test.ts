import { expect, test } from 'vitest'
import { foldDigits, foldText, foldWords } from './fold.ts'

test('a caller is found however the name is spelt: accents, case, hyphens, apostrophes', () => {
  expect(foldText('PEÑA-O’Hara')).toBe('pena ohara')
  expect(foldText("D'Angelo, José  María")).toBe('dangelo jose maria')
  expect(foldText('Straße Łódź Ørsted')).toBe('strasse lodz orsted')
  expect(foldText('  ')).toBe('')
  expect(foldText('plain words')).toBe('plain words')
})

test('other scripts keep their letters, emoji and signs are no letters', () => {
  expect(foldText('李 小龙 🙂')).toBe('李 小龙')
  expect(foldText('½ Main № 5')).toBe('1 2 main no 5')
  expect(foldText('%_\\')).toBe('')
})

test('words and digits for the index', () => {
  expect(foldWords('12 1/2 Peña St.')).toEqual(['12', '1', '2', 'pena', 'st'])
  expect(foldWords('…')).toEqual([])
  expect(foldDigits('(951) 555-0142 x7')).toBe('95155501427')
})
