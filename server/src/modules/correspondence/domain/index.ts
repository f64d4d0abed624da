import type { LocalDate } from '@curbstop/kernel/dates'
import type { District } from '../../policy/domain.ts'
import { writeHtml, writeText } from './blocks.ts'
import { draftLetter, type Letter } from './letters.ts'
import { type Language, wordsOf } from './words.ts'

export { errors } from './errors.ts'
export type { Letter } from './letters.ts'
export { type Language, wordsOf } from './words.ts'

/** To whom and about which account; all of it is bound, nothing is guessed. */
export type Addressee = {
  readonly customer: string
  readonly account: string
  /** Lines of the postal address for a letter, with the name first; none for an e-mail. */
  readonly address: readonly string[]
}
export type Rendered = {
  readonly language: Language
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Data → message. The same data give the same message, byte for byte. */
export function renderLetter(
  letter: Letter,
  language: Language,
  bound: { addressee: Addressee; district: District; today: LocalDate },
): Rendered {
  const { addressee, district, today } = bound
  const words = wordsOf(language)
  const draft = draftLetter(letter, words, { unit: district.billUnit, phone: district.phone, today })
  const blocks = [
    { kind: 'paragraph' as const, text: words.say('greeting', { customer: addressee.customer }) },
    { kind: 'paragraph' as const, text: words.say('account', { account: addressee.account }) },
    ...draft.blocks,
  ]
  const frame = {
    language,
    subject: draft.subject,
    district: district.name,
    office: district.address,
    address: addressee.address,
    date: words.date(today),
    foot: [
      words.say('closing', { phone: district.phone, website: district.website }),
      words.say('signature', { district: district.name }),
    ],
  }
  return { language, subject: draft.subject, text: writeText(blocks, frame), html: writeHtml(blocks, frame) }
}
