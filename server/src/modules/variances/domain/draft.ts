/** What is asked, as figures. The same shape travels, is judged and is kept. */
import { formatDay, type LocalDate } from '@curbstop/kernel/dates'
import type { z } from 'zod'
import type { draft } from '../contract/words.ts'
import type { EvidenceKind, VarianceKind } from './words.ts'

export type Draft = z.output<typeof draft>
type Figure = Exclude<keyof Draft, 'kind' | 'evidence'>

/** Figures without which nothing can be said about a request of the kind. */
export const neededFigures: Readonly<Record<VarianceKind, readonly Figure[]>> = {
  household: ['persons'],
  medical: ['gallonsPerDay'],
  care: ['persons', 'licenseNumber', 'licenseExpiresOn'],
  animals: ['count', 'poundsEach'],
  landscape: ['irrigatedSqft'],
  'new-landscape': ['plantedOn'],
  'pool-fill': ['poolGallons', 'filledOn'],
  disaster: ['gallonsPerDay', 'untilOn'],
  leak: ['gallonsPerDay', 'untilOn'],
  other: ['gallonsPerDay', 'untilOn'],
}

const figureNames: Readonly<Record<Figure, string>> = {
  persons: 'the number of people',
  gallonsPerDay: 'the gallons a day',
  count: 'the number of animals',
  poundsEach: 'the weight of each animal',
  irrigatedSqft: 'the whole watered area',
  poolGallons: 'the gallons of the pool',
  filledOn: 'the day of the fill',
  plantedOn: 'the day of the planting',
  licenseNumber: 'the number of the license',
  licenseExpiresOn: 'the day on which the license expires',
  fromOn: 'the first day',
  untilOn: 'the day on which it ends',
}

/** The sentence that names what is not told yet, or null. */
export function missingFigures(draft: Draft): string | null {
  const missing = neededFigures[draft.kind].filter(name => draft[name] === undefined)
  return missing.length === 0 ? null : `Tell ${missing.map(name => figureNames[name]).join(' and ')}.`
}

/** Only what the kind asks for is kept: a figure typed for another kind does not slip in. */
export function tidyDraft(draft: Draft): Draft {
  const wanted = new Set<string>([...neededFigures[draft.kind], 'fromOn', 'untilOn'])
  if (draft.kind === 'pool-fill' || draft.kind === 'landscape' || draft.kind === 'new-landscape') {
    wanted.delete('fromOn')
    wanted.delete('untilOn')
  }
  const kept = Object.entries(draft).filter(
    ([name, value]) => name === 'kind' || name === 'evidence' || (wanted.has(name) && value !== undefined),
  )
  return Object.fromEntries(kept) as Draft
}

export const shownCount = ({ evidence }: Draft, ...kinds: readonly EvidenceKind[]): number =>
  evidence.filter(one => kinds.includes(one.kind)).reduce((sum, one) => sum + one.count, 0)

const number = (value: number): string => value.toLocaleString('en-US')
const people = (count: number): string => `${number(count)} ${count === 1 ? 'person' : 'people'}`

/** What is asked, in a few words for a list. */
export function asksText(draft: Draft, today: LocalDate): string {
  switch (draft.kind) {
    case 'household':
      return people(draft.persons ?? 0)
    case 'care':
      return `${people(draft.persons ?? 0)} in care`
    case 'animals':
      return `${number(draft.count ?? 0)} animals of ${number(draft.poundsEach ?? 0)} lb`
    case 'landscape':
      return `${number(draft.irrigatedSqft ?? 0)} sq ft watered`
    case 'new-landscape':
      return `planted ${draft.plantedOn ? formatDay(draft.plantedOn, today) : ''}`.trim()
    case 'pool-fill':
      return `${number(draft.poolGallons ?? 0)} gal on ${draft.filledOn ? formatDay(draft.filledOn, today) : ''}`
    default:
      return `${number(draft.gallonsPerDay ?? 0)} gal a day`
  }
}
