/** Free text that may hold no card number; what such a number looks like stands in `card-pattern.ts`. */
import { cardNumberSays, holdsCardNumber, passesLuhn } from './card-pattern.ts'
import { lineSchema, paragraphsSchema } from './text.ts'

export { cardNumberSays, holdsCardNumber, passesLuhn }

/** What a person types into a note: several lines, bounded, and no card number. `freeText(2000)`, `freeText(500, 4)`. */
export const freeText = (max: number, min = 1) =>
  paragraphsSchema({ min, max }).refine(text => !holdsCardNumber(text), cardNumberSays)

/** The same on one line, for titles and names. */
export const freeLine = (max: number, min = 1) =>
  lineSchema({ min, max }).refine(text => !holdsCardNumber(text), cardNumberSays)
