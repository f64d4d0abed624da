/** How a bill's names and figures read. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { formatDollars } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import { type Decimal, type Num, readDecimal } from '../../rates/domain/index.ts'
import type { Service } from './facts.ts'

export const unitNames: Readonly<Record<BillUnit, string>> = { ccf: 'CCF', kgal: 'kgal', kl: 'kL' }

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
/** `Jul 1 2026`. */
export const dateText = (on: LocalDate): string =>
  `${months[Number(on.slice(5, 7)) - 1]} ${Number(on.slice(8, 10))} ${on.slice(0, 4)}`

/** Units as a bill shows them: one decimal, more only where one would hide it. */
export function unitsText(value: Num): string {
  const units = readDecimal(value)!
  const short = units.toDecimalPlaces(1)
  if (short.eq(units) || units.abs().gte(1)) return short.toFixed()
  return units.toDecimalPlaces(3).toFixed()
}

export const plain = (value: Num): string => readDecimal(value)!.toDecimalPlaces(4).toFixed()

/** A price as in the tariff: at least cents, as many decimals as it has. */
export function priceText(price: Decimal): string {
  const text = price.abs().toFixed(Math.max(2, price.decimalPlaces()))
  return `${price.isNegative() ? '-' : ''}$${text}`
}

/** `+$3.20`, `-$1.15`. */
export const signedDollars = (cents: bigint): string => `${cents > 0n ? '+' : ''}${formatDollars(cents)}`

const lineNames: Readonly<Record<string, string>> = {
  service_charge: 'Service charge',
  fixed_sewer_charge: 'Sewer service charge',
  commodity_charge: 'Water used',
  sewer_charge: 'Sewer use',
  bill: 'Charge',
}

const serviceNames: Readonly<Record<Service, string>> = {
  water: 'Water',
  irrigation: 'Irrigation',
  fire: 'Fire service',
  sewer: 'Sewer',
}
export const serviceName = (service: Service): string => serviceNames[service]

/** `commodity_charge`, tier 3 → `Water used, tier 3`; other parts by their own name. */
export function lineName(code: string, tier: number | null, service: Service): string {
  const part = code.replace(/#\d+$/, '')
  const known = service === 'irrigation' && part === 'commodity_charge' ? 'Irrigation water' : lineNames[part]
  const name = known ?? (part.charAt(0).toUpperCase() + part.slice(1)).replaceAll('_', ' ')
  return tier === null ? name : `${name}, tier ${tier}`
}

const inputNames: Readonly<Record<string, readonly [string, string | null]>> = {
  hhsize: ['People', null],
  irr_area: ['Irrigated area', 'sq ft'],
  irrigated_area: ['Irrigated area', 'sq ft'],
  lot_area: ['Lot', 'sq ft'],
  number_dwelling_units: ['Homes', null],
  dwelling_units: ['Homes', null],
  et_amount: ['ET', 'inches'],
  days_in_period: ['Days', null],
  usage_ccf: ['Use', null],
  meter_size: ['Meter size', null],
  winter_average: ['Winter average', null],
  sewer_strength: ['Strength of waste water', null],
  gpcd: ['Gallons a person and day', 'gal'],
  persons_per_unit: ['People a home', null],
  indoor_extra_gpd: ['Granted indoors, a day', 'gal'],
  indoor_factor: ['Drought stage, indoors', null],
  outdoor_extra_gpd: ['Granted outdoors, a day', 'gal'],
  outdoor_factor: ['Granted or drought share, outdoors', null],
  landscape_factor: ['Landscape factor', null],
  indoor: ['Indoor budget', null],
  outdoor: ['Outdoor budget', null],
  budget: ['Water budget', null],
}

const inUnits = ['usage_ccf', 'winter_average', 'indoor', 'outdoor', 'budget', 'sewer_budget']

/** A name of the tariff as a figure for people. */
export function figureOf(name: string, value: string, unit: BillUnit) {
  const known = inputNames[name]
  const label = known?.[0] ?? name.replaceAll('_', ' ')
  const own = inUnits.includes(name) ? unitNames[unit] : (known?.[1] ?? null)
  return { name: label, value, unit: own }
}

/** A number with four decimals at most, none without need. */
export const trimmed = (value: number): string => String(Math.round(value * 10_000) / 10_000)
