/**
 * What is wrong or doubtful in a tariff, before a customer finds out. `error`: the class cannot be billed, whatever
 * the customer's data say. `warning`: it bills, but probably not what its author meant, or not for every customer.
 * `note`: worth knowing.
 */
import { DomainError } from '@curbstop/kernel/errors'
import { checkTiers, keyCoverage } from './checks.ts'
import { compileClass, formulaOf } from './compile.ts'
import { hasCut } from './expression.ts'
import type { Finding, Report } from './finding.ts'
import type { Expr } from './formula.ts'
import { isPart, placeOf, type RateClass, slotFor } from './model.ts'
import { findCycle, formulaOrNull, reachableFrom, referencesOf } from './references.ts'
import { readDate, readFrequency, readUnit, type Tariff } from './tariff.ts'
import { keywordOf, single, type Value } from './value.ts'

/** All findings, the file's own first, then class by class. */
export function validateTariff(tariff: Tariff): Finding[] {
  const findings: Finding[] = []
  const reportFor =
    (className?: string): Report =>
    (severity, code, part, message) => {
      const place = { ...(className === undefined ? {} : { class: className }), ...(part ? { part } : {}) }
      findings.push({ severity, ...place, code, message })
    }
  checkMetadata(tariff, reportFor())
  checkClassNames(tariff, reportFor())
  for (const name of tariff.classes.keys()) checkClass(compileClass(tariff, name), reportFor(name))
  return findings
}

function checkMetadata(tariff: Tariff, report: Report): void {
  const { metadata } = tariff
  if (metadata.size === 0) report('warning', 'no-metadata', 'metadata', 'There is no metadata.')
  if (tariff.effectiveOn === null) {
    const given = metadata.get('effective_date')
    const message = given
      ? `"${given}" is not a date such as 07/01/2026.`
      : 'The tariff has no effective date.'
    report('warning', 'effective-date', 'effective_date', message)
  }
  const named = dateInFileName(tariff.file)
  if (named && tariff.effectiveOn && named !== tariff.effectiveOn) {
    const message = `The file is named for ${named}, but says it takes effect on ${tariff.effectiveOn}.`
    report('warning', 'date-differs', 'effective_date', message)
  }
  const unit = metadata.get('bill_unit') ?? ''
  if (readUnit(unit) === null) report('warning', 'bill-unit', 'bill_unit', `"${unit}" is read as ccf.`)
  else if (unit === '') report('note', 'bill-unit', 'bill_unit', 'No unit is given; ccf is meant then.')
  const frequency = metadata.get('bill_frequency') ?? ''
  if (readFrequency(frequency) === null) {
    report('warning', 'bill-frequency', 'bill_frequency', `"${frequency}" is not a known billing frequency.`)
  }
  if (tariff.classes.size === 0) {
    report('error', 'no-classes', 'rate_structure', 'The tariff has no customer class.')
  }
  const known = new Set(['author_info', 'capacity_charge'])
  for (const name of tariff.others.keys()) {
    if (known.has(name)) continue
    const message = `"${name}" stands beside rate_structure and is not used. If it is a class, indent it.`
    report('warning', 'stray-section', name, message)
  }
}

function dateInFileName(file: string): string | null {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  const found = /(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{4})/.exec(name)
  return found ? readDate(found[1]!) : null
}

function checkClassNames(tariff: Tariff, report: Report): void {
  const seen = new Map<string, string>()
  for (const name of tariff.classes.keys()) {
    const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '')
    const other = seen.get(plain)
    if (other)
      report('warning', 'similar-classes', undefined, `"${other}" and "${name}" look like one class.`)
    seen.set(plain, name)
    if (/RESIDENTAL|RESCYCLED|COMERCIAL|IRIGATION/i.test(name)) {
      report('note', 'class-spelling', undefined, `"${name}" looks misspelt.`)
    }
  }
}

function checkClass(rateClass: RateClass, report: Report): void {
  const bill = isPart(rateClass, 'bill')
  if (!bill) {
    report('error', 'no-bill', 'bill', 'The class has no "bill", so nothing says which parts are charged.')
  }
  const reached = bill ? reachableFrom(rateClass, 'bill') : new Map<string, string>()
  for (const [part, value] of rateClass.parts) {
    const used = reached.has(part)
    checkValue({ rateClass, report, part, used }, value)
    checkNames({ rateClass, report, part, used })
    if (bill && !used && /(?:_charge|_surcharge)$/.test(part) && !isZero(value)) {
      report('note', 'not-billed', part, '"bill" does not reach this charge, so nobody pays it.')
    }
  }
  if (bill) checkCycles(rateClass, reached, report)
  checkTiers(rateClass, reached, report)
  keyCoverage(rateClass, reached, report)
  checkUnit(rateClass, reached, report)
}

type Place = {
  readonly rateClass: RateClass
  readonly report: Report
  readonly part: string
  /** Whether `bill` reaches the part: an unused part harms nobody. */
  readonly used: boolean
}

const isZero = (value: Value): boolean => {
  const found = single(value)
  return (found.kind === 'number' && found.value.isZero()) || found.kind === 'empty'
}

function checkValue(place: Place, source: Value): void {
  const value = single(source)
  const severity = place.used ? 'error' : 'note'
  if (value.kind === 'odd')
    place.report(severity, 'odd-value', place.part, `This part makes no sense: ${value.reason}.`)
  if (value.kind === 'text') checkText(place, value.text)
  if (value.kind === 'list')
    for (const item of value.items) if (item.kind === 'text') checkText(place, item.text)
  if (value.kind !== 'map') return
  if (value.source && value.entries.length === 0) {
    const message = 'The values of this map have no keys, so no customer will ever find one.'
    place.report(place.used ? 'warning' : 'note', 'map-without-keys', place.part, message)
  }
  for (const entry of value.entries) {
    const found = single(entry.value)
    if (found.kind === 'text') checkText({ ...place, used: false }, found.text)
  }
  const spelled = value.entries.filter(({ key }) => /\d[_|]\d+\/\d/.test(key.text)).length
  const usual = value.entries.filter(({ key }) => /\d \d+\/\d/.test(key.text)).length
  if (spelled > 0 && usual > 0) {
    place.report('note', 'meter-spelling', place.part, 'The 1 1/2" meter is spelled in two ways in one map.')
  }
}

function checkText(place: Place, text: string): void {
  const { rateClass, report, part, used } = place
  if (/^tiered$|^budget$/i.test(text) && !formulaUses(rateClass, text)) {
    if (!/^(?:Tiered|Budget)$/.test(text)) {
      report(
        used ? 'error' : 'note',
        'keyword',
        part,
        `"${text}" is written "Tiered" or "Budget", in this case.`,
      )
    } else if (part !== 'commodity_charge' && part !== 'sewer_charge') {
      const message = `"${text}" is understood in commodity_charge and sewer_charge only.`
      report(used ? 'error' : 'note', 'keyword', part, message)
    }
    return
  }
  if (/^(?:[\d.]+%|indoor|outdoor)$/i.test(text)) return
  try {
    checkBudgetText(place, formulaOf(rateClass, part, text))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    report(used ? 'error' : 'note', 'bad-formula', part, `${String(error.facts.reason)}.`)
  }
}

const formulaUses = (rateClass: RateClass, text: string): boolean =>
  !/^(?:Tiered|Budget)$/.test(text) && isPart(rateClass, text)

/** Under the format's whole-unit rounding a factor in a budget counts as a whole number. */
function checkBudgetText({ rateClass, report, part, used }: Place, expr: Expr): void {
  if (!used || !part.toLowerCase().includes('budget') || expr.op === 'number') return
  const bites = (e: Expr): boolean => {
    if (e.op === '*' || e.op === '^') return true
    if (e.op === 'number' || e.op === 'name') return e.op === 'number' && !e.value.isInteger()
    if (e.op === 'negate') return bites(e.of)
    return bites(e.left) || bites(e.right)
  }
  if (!hasCut(expr) || !bites(expr)) return
  const place = placeOf(rateClass, part)
  const message =
    `The format rounds every operand of a budget to whole units, factors too (0.93 counts as 1). ` +
    `Put the product into a part whose name does not contain "budget" and name that part in ${place.part}.`
  report('warning', 'budget-rounding', part, message)
}

function checkNames({ rateClass, report, part, used }: Place): void {
  const { asNumber, asKey } = referencesOf(rateClass, part)
  const tiered = keywordOf(rateClass.parts.get(part)!) !== null
  for (const name of new Set([...asNumber, ...asKey])) {
    if (tiered || slotFor(rateClass, name, part).part !== null) continue
    const similar = partsInLowerCase(rateClass).get(name.toLowerCase())
    if (similar) {
      const message = `"${name}" is not defined, but "${similar}" is: names are case-sensitive.`
      report(used ? 'error' : 'note', 'unknown-name', part, message)
    } else if (!usualInputs.has(name)) {
      const message = `"${name}" is not defined here and must come with the customer’s data.`
      report(used ? 'warning' : 'note', 'unknown-name', part, message)
    }
  }
}

/** The first part of each spelling, whatever its case. */
function partsInLowerCase(rateClass: RateClass): ReadonlyMap<string, string> {
  const kept = rateClass.kept.get('parts in lower case') as ReadonlyMap<string, string> | undefined
  if (kept) return kept
  const found = new Map([...rateClass.parts.keys()].reverse().map(part => [part.toLowerCase(), part]))
  rateClass.kept.set('parts in lower case', found)
  return found
}

/** Names that customers' data give in the published files. */
const usualInputs: ReadonlySet<string> = new Set(
  `usage_ccf meter_size pressure_zone irr_area et_amount hhsize city_limits days_in_period season
  number_dwelling_units water_type elevation_zone meter_type lot_size_group usage_month usage_zone commercial_budget
  area irrigated_area lot_area land_area rate_class domestic_type rolling_average three_year_avg comm_budget
  dwelling_units floor_area lateral_size connection_size winter_average sewer_strength`.split(/\s+/),
)

function checkCycles(rateClass: RateClass, reached: ReadonlyMap<string, string>, report: Report): void {
  const parts = [...reached.keys()].filter(part => isPart(rateClass, part))
  const cycle = findCycle(rateClass, parts)
  if (cycle) report('error', 'cycle', cycle[0], `It depends on itself: ${cycle.join(' → ')}.`)
}

/** 748 gallons make a ccf; a tariff in thousands of gallons that divides by 748 mixes its units. */
function checkUnit(rateClass: RateClass, reached: ReadonlyMap<string, string>, report: Report): void {
  const { billUnit } = rateClass.tariff
  for (const [part, value] of rateClass.parts) {
    if (!reached.has(part) || value.kind !== 'text' || !formulaOrNull(value.text)) continue
    if (billUnit === 'ccf' || !/\b748\b/.test(value.text)) continue
    const message = `It divides by 748 gallons, which make a ccf, but the tariff bills in ${billUnit}.`
    report('warning', 'unit-748', part, message)
  }
}
