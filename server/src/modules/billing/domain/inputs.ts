/** Names under which tariffs ask for a customer's data, and how the district's records answer them (OWRS 4.2). */
import type { LocalDate } from '@curbstop/kernel/dates'
import { type Inputs, type RateClass, requiredInputs } from '../../rates/domain/index.ts'
import type { BudgetInputs } from '../../variances/domain/compose.ts'
import { trimmed } from './words.ts'

/** What records know of an account over a period. */
export type KnownFacts = {
  readonly meterSize: string | null
  /** Person-days over days: exact for a budget of persons × gallons × days (WB-001). */
  readonly persons: string | null
  readonly irrigatedSqft: number
  /** What variances and drought stages change of the budget; a tariff's own defaults stand where it is null. */
  readonly granted?: Pick<
    BudgetInputs,
    'grantedPersons' | 'indoorExtraGpd' | 'indoorFactor' | 'outdoorExtraGpd' | 'outdoorFactor'
  >
  readonly lotSqft: number | null
  readonly dwellingUnits: number
  readonly winterAverage: string | null
  /** LOW, MEDIUM or HIGH: how strong a firm's waste water is. */
  readonly sewerStrength: string | null
  readonly toOn: LocalDate
}

const summerMonths = [4, 5, 6, 7, 8, 9]

/** Every name we can answer, and the group of reasons it belongs to when a bill is explained. */
export const inputGroups: Readonly<
  Record<string, 'persons' | 'area' | 'weather' | 'sewer-average' | 'service'>
> = {
  hhsize: 'persons',
  number_dwelling_units: 'persons',
  dwelling_units: 'persons',
  persons_per_unit: 'persons',
  indoor_extra_gpd: 'persons',
  indoor_factor: 'persons',
  irr_area: 'area',
  irrigated_area: 'area',
  lot_area: 'area',
  outdoor_extra_gpd: 'area',
  outdoor_factor: 'area',
  et_amount: 'weather',
  season: 'weather',
  usage_month: 'weather',
  winter_average: 'sewer-average',
  meter_size: 'service',
  sewer_strength: 'service',
}

/** Names that stand in a bill only when a variance or a stage gave them; otherwise the tariff's default counts. */
export const grantedNames: ReadonlySet<string> = new Set([
  'persons_per_unit',
  'indoor_extra_gpd',
  'indoor_factor',
  'outdoor_extra_gpd',
  'outdoor_factor',
])

function personsPerUnit({ granted, dwellingUnits }: KnownFacts): string | null {
  if (!granted?.grantedPersons) return null
  return trimmed(Number(granted.grantedPersons) / dwellingUnits)
}

function answer(name: string, known: KnownFacts): string | number | null {
  switch (name) {
    case 'meter_size':
      return known.meterSize
    case 'hhsize':
      return known.persons
    case 'persons_per_unit':
      return personsPerUnit(known)
    case 'indoor_extra_gpd':
      return known.granted?.indoorExtraGpd ?? null
    case 'indoor_factor':
      return known.granted?.indoorFactor ?? null
    case 'outdoor_extra_gpd':
      return known.granted?.outdoorExtraGpd ?? null
    case 'outdoor_factor':
      return known.granted?.outdoorFactor ?? null
    case 'irr_area':
    case 'irrigated_area':
      return known.irrigatedSqft
    case 'lot_area':
      return known.lotSqft
    case 'number_dwelling_units':
    case 'dwelling_units':
      return known.dwellingUnits
    case 'winter_average':
      return known.winterAverage
    case 'sewer_strength':
      return known.sewerStrength
    case 'usage_month':
      return Number(known.toOn.slice(5, 7))
    case 'season':
      return summerMonths.includes(Number(known.toOn.slice(5, 7))) ? 'Summer' : 'Winter'
    default:
      return null
  }
}

/** The names this class wants from records; a name it also defines is a default that the records replace. */
export function wantedNames(rateClass: RateClass): readonly string[] {
  const kept = rateClass.kept.get('billing.wanted') as readonly string[] | undefined
  if (kept) return kept
  const asked = requiredInputs(rateClass).map(input => input.name)
  const defaults = Object.keys(inputGroups).filter(name => rateClass.parts.has(name))
  const wanted = [...new Set([...asked, ...defaults])]
  rateClass.kept.set('billing.wanted', wanted)
  return wanted
}

export const wantsWeather = (rateClass: RateClass): boolean => wantedNames(rateClass).includes('et_amount')

/** Exactly what the class asks for and the records know; what is missing is refused by the engine, by name. */
export function ratingInputs(rateClass: RateClass, known: KnownFacts): Inputs {
  const inputs: Record<string, string | number> = {}
  for (const name of wantedNames(rateClass)) {
    const value = answer(name, known)
    if (value !== null) inputs[name] = value
  }
  return inputs
}
