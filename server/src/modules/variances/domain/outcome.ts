/** What an approval gives: dated inputs of the budget, and the area of a place. */
import { addDays, addMonths, type LocalDate, maxDate, minDate } from '@curbstop/kernel/dates'
import type { Draft } from './draft.ts'
import type { VariancePolicy } from './policy.ts'
import type { GrantInput, StartRule } from './words.ts'

export type NewGrant = {
  readonly input: GrantInput
  readonly amount: number
  readonly fromOn: LocalDate
  readonly untilOn: LocalDate | null
  readonly starts: StartRule
}

export type Outcome = {
  readonly grants: readonly NewGrant[]
  readonly area: { readonly sqft: number; readonly fromOn: LocalDate; readonly starts: StartRule } | null
}

export type Deciding = {
  readonly decidedOn: LocalDate
  readonly requestedOn: LocalDate
  readonly irrigatedSqft: number
  readonly policy: VariancePolicy
}

/** A wish for a later day counts by the day; everything else begins as the district's rule says (WB-033). */
function startOf({ fromOn }: Draft, { decidedOn, policy }: Deciding): Pick<NewGrant, 'fromOn' | 'starts'> {
  if (fromOn !== undefined && fromOn !== decidedOn) return { fromOn, starts: 'approval-date' }
  return { fromOn: decidedOn, starts: policy.starts }
}

export function outcomeOf(draft: Draft, deciding: Deciding): Outcome {
  const { policy, decidedOn } = deciding
  const start = startOf(draft, deciding)
  const yearly = addMonths(start.fromOn, policy.expiry.months)
  const grant = (input: GrantInput, amount: number, untilOn: LocalDate): Outcome => ({
    grants: [{ input, amount, ...start, untilOn }],
    area: null,
  })
  const least = addDays(start.fromOn, 1)
  const until = maxDate(draft.untilOn ?? yearly, least)
  switch (draft.kind) {
    case 'household':
      return grant('persons', draft.persons ?? 0, until)
    case 'medical':
      return grant('indoor-gpd', draft.gallonsPerDay ?? 0, until)
    case 'care': {
      const license = draft.licenseExpiresOn ?? yearly
      const ends = maxDate(minDate(license, until), least)
      return grant('indoor-gpd', (draft.persons ?? 0) * policy.careGallons, ends)
    }
    case 'animals':
      return grant('indoor-gpd', (draft.count ?? 0) * policy.animalGallons, until)
    case 'new-landscape': {
      const { percent, months } = policy.newLandscape
      return grant('outdoor-factor', 1 + percent / 100, addMonths(start.fromOn, months))
    }
    case 'pool-fill': {
      const filledOn = draft.filledOn ?? decidedOn
      const once = { fromOn: filledOn, untilOn: addDays(filledOn, 1), starts: 'approval-date' as const }
      return {
        grants: [{ input: 'over-budget-gallons', amount: draft.poolGallons ?? 0, ...once }],
        area: null,
      }
    }
    case 'landscape':
      return areaOutcome(draft.irrigatedSqft ?? 0, deciding)
    default:
      return grant('outdoor-gpd', draft.gallonsPerDay ?? 0, until)
  }
}

/** WB-030: the courtesy reaches back over bills, never beyond the fiscal year. */
function areaOutcome(sqft: number, { decidedOn, requestedOn, irrigatedSqft, policy }: Deciding): Outcome {
  const area = { sqft, fromOn: decidedOn, starts: policy.starts }
  const months = courtesyMonths({ sqft, irrigatedSqft, requestedOn, decidedOn }, policy)
  if (months === 0) return { grants: [], area }
  const fiscal = fiscalYearStart(decidedOn, policy.areaCredit.fiscalYearMonth)
  const fromOn = maxDate(addMonths(decidedOn, -months - 1), fiscal)
  if (fromOn >= decidedOn) return { grants: [], area }
  const courtesy = { amount: months, fromOn, untilOn: decidedOn, starts: 'approval-date' as const }
  return { grants: [{ input: 'courtesy-months', ...courtesy }], area }
}

type Areas = { sqft: number; irrigatedSqft: number; requestedOn: LocalDate; decidedOn: LocalDate }

/** More than 50 percent larger: one month, two when the district took longer than it should. */
export function courtesyMonths(
  { sqft, irrigatedSqft, requestedOn, decidedOn }: Areas,
  { areaCredit, clock }: Pick<VariancePolicy, 'areaCredit' | 'clock'>,
): number {
  if (sqft * 100 <= irrigatedSqft * (100 + areaCredit.overPercent)) return 0
  return decidedOn > addDays(requestedOn, clock.days) ? areaCredit.monthsIfSlow : areaCredit.months
}

export function fiscalYearStart(on: LocalDate, month: number): LocalDate {
  const year = Number(on.slice(0, 4)) - (Number(on.slice(5, 7)) < month ? 1 : 0)
  return `${year}-${String(month).padStart(2, '0')}-01` as LocalDate
}

/** `6 people`, `40 gallons a day indoors`: a grant as a person reads it. */
export function grantText(input: GrantInput, amount: number): string {
  const figure = amount.toLocaleString('en-US', { maximumFractionDigits: 2 })
  switch (input) {
    case 'persons':
      return `${figure} people`
    case 'indoor-gpd':
      return `${figure} gallons a day indoors`
    case 'outdoor-gpd':
      return `${figure} gallons a day outdoors`
    case 'outdoor-factor':
      return `${Math.round((amount - 1) * 100)} % more for the landscape`
    case 'over-budget-gallons':
      return `up to ${figure} gallons over the budget at tier 2, once`
    case 'courtesy-months':
      return amount === 1
        ? 'tiers 3 and 4 of the last month at tier 2'
        : `tiers 3 and 4 of the last ${figure} months at tier 2`
  }
}

export const outcomeText = ({ grants, area }: Outcome): string =>
  [
    area ? `${area.sqft.toLocaleString('en-US')} sq ft watered` : null,
    ...grants.map(one => grantText(one.input, one.amount)),
  ]
    .filter(text => text !== null)
    .join('; ')
