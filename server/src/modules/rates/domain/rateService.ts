/**
 * The one function that previews, bills and answers what-ifs: a service's facts and the tariff versions in force
 * give the lines of a bill. Pure: the same facts give the same bill for ever.
 *
 * **Rounding.** `charge` is unrounded. Money is rounded once per line, halves away from zero (`half-up`). Where one
 * charge stands on several lines (a rate change, or the days before an opening bill), the running total is rounded
 * instead (`half-up, running`), so that fixed and flat charges cut into parts add up to the uncut charge at the same
 * rate: the residue is in the last line. Two bills for the two parts of a cycle agree to the cent for fixed charges
 * (`partOf.daysBefore`), and within one cent for flat charges, whose use the other bill alone knows. Tiers are not
 * additive: two bills of half a month give other tier quantities than one bill, which `notes` says.
 */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Cents } from '@curbstop/kernel/money'
import { numberOf } from './compile.ts'
import { type Decimal, one, toCents, zero } from './decimal.ts'
import { componentsOf, guarded, startRun, tiersOf } from './evaluate.ts'
import { type Inputs, type Run, slotFor, type TierLine } from './model.ts'
import { notesOf, type RatingNote } from './notes.ts'
import {
  cutPeriod,
  type Piece,
  type ProrationPolicy,
  type ServiceFacts,
  type TariffVersion,
} from './periods.ts'
import { billTerms, type ChargeTerm, type FactorTerm, type Term } from './terms.ts'
import { type TraceStep, traceOf } from './trace.ts'
import { keywordOf } from './value.ts'

export type LineKind = 'fixed' | 'tier' | 'budget-tier' | 'flat' | 'other'

export type RatedLine = {
  readonly kind: LineKind
  /** Stable name of the charge: the part of the tariff it comes from. */
  readonly code: string
  /** As written in the tariff. */
  readonly formula: string
  readonly versionId: string
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: number
  /** Tier number from 1 and its bounds in bill units, on tier lines. */
  readonly tier: number | null
  readonly tierFrom: Decimal | null
  readonly tierTo: Decimal | null
  /** Units of use, or the share of a full fixed charge. */
  readonly quantity: Decimal | null
  /** Dollars per unit, or the full fixed charge. */
  readonly price: Decimal | null
  /** Dollars, unrounded. */
  readonly charge: Decimal
  readonly cents: Cents
  readonly rounding: 'half-up' | 'half-up, running'
}

/** What one piece of the period was calculated with, and how. */
export type RatedPiece = {
  readonly versionId: string
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: number
  readonly usage: Decimal
  readonly inputs: Inputs
  /** Every part reached (budget, indoor, rates …), fixed charges as prorated. */
  readonly components: Readonly<Record<string, Decimal>>
  readonly tiers: Readonly<Record<string, readonly TierLine[]>>
  readonly trace?: readonly TraceStep[]
}

export type RatedService = {
  readonly lines: readonly RatedLine[]
  readonly totalCents: Cents
  /** Sum of the lines before rounding, in dollars. */
  readonly charge: Decimal
  readonly pieces: readonly RatedPiece[]
  readonly notes: readonly RatingNote[]
}

export type RateServiceOptions = { readonly trace?: boolean }

/** Rates a service. Throws the refusals of `evaluate` and of `cutPeriod`. */
export function rateService(
  facts: ServiceFacts,
  versions: readonly TariffVersion[],
  policy: ProrationPolicy,
  options: RateServiceOptions = {},
): RatedService {
  const cut = cutPeriod(facts, versions, policy)
  const ledger: Ledger = { lines: [], running: new Map(), cents: 0n }
  const pieces = cut.pieces.map((piece, i) => {
    const before = i === 0 ? cut.shareBefore : zero
    return ratePiece({ facts, policy, piece, before, running: cut.pieces.length > 1, ledger }, options)
  })
  const { lines, cents: totalCents } = ledger
  return {
    lines,
    totalCents,
    get charge() {
      return lines.reduce((sum, line) => sum.plus(line.charge), zero)
    },
    pieces,
    notes: notesOf(facts, policy, cut.pieces, cut.fullDays),
  }
}

type Ledger = {
  readonly lines: RatedLine[]
  /** Unrounded running total by charge. */
  readonly running: Map<string, Decimal>
  cents: Cents
}

type Work = {
  readonly facts: ServiceFacts
  readonly policy: ProrationPolicy
  readonly piece: Piece
  readonly before: Decimal
  readonly running: boolean
  readonly ledger: Ledger
}

function inputsOf({ facts, piece }: Work): Inputs {
  const { volume } = piece
  const days = volume?.days ?? piece.days
  const inputs = { ...facts.inputs, usage_ccf: volume?.usage ?? zero, days_in_period: days }
  return volume?.et ? { ...inputs, et_amount: volume.et } : inputs
}

function ratePiece(work: Work, options: RateServiceOptions): RatedPiece {
  const { piece, policy } = work
  const { version, from, to, days, volume } = piece
  const { rateClass } = version
  const inputs = inputsOf(work)
  const { budgetRounding } = policy
  const run = startRun(rateClass, inputs, { budgetRounding, scale: volume?.scale ?? null })
  return guarded(run, () => {
    const terms = billTerms(rateClass)
    // Fixed charges are cut first, so that whatever is calculated from them (a tax, a surcharge) follows.
    const whole = piece.fixedShare.eq(one) ? run : startRun(rateClass, inputs, { budgetRounding })
    const full = fullCharges(terms, whole)
    if (whole !== run) {
      for (const [term, value] of full) {
        if (term.slot) run.memo[term.slot.index] = value.times(piece.fixedShare)
      }
    }
    for (const term of terms) addTerm({ ...work, run, full }, term)
    const rated = {
      versionId: version.id,
      from,
      to,
      days,
      usage: volume?.usage ?? zero,
      inputs,
      components: componentsOf(run),
      tiers: tiersOf(run),
    }
    if (!options.trace) return rated
    return { ...rated, trace: traceWith(run, whole, full) }
  })
}

/** Fixed charges are told in full, as the tariff has them; their share stands on the bill's line. */
function traceWith(run: Run, whole: Run, full: ReadonlyMap<ChargeTerm, Decimal>): TraceStep[] {
  const seen = new Set<string>()
  const fixed = [...full.keys()].flatMap(term => (term.slot ? traceOf(whole, term.slot.name, seen) : []))
  // `bill` may not have been asked for as a whole yet; the trace ends with it.
  numberOf(run, slotFor(run.rateClass, 'bill', 'bill'), 'bill')
  return [...fixed, ...traceOf(run, 'bill', seen)]
}

function fullCharges(terms: readonly Term[], run: Run): Map<ChargeTerm, Decimal> {
  const found = new Map<ChargeTerm, Decimal>()
  const visit = (term: Term): void => {
    if (term.kind === 'factor') term.inner.forEach(visit)
    else if (term.nature === 'fixed') found.set(term, term.value(run))
  }
  terms.forEach(visit)
  return found
}

type Adding = Work & { readonly run: Run; readonly full: ReadonlyMap<ChargeTerm, Decimal> }

/** Adds a term's lines and answers their sum. */
function addTerm(work: Adding, term: Term): Decimal {
  if (term.kind === 'factor') return addFactor(work, term)
  if (term.nature === 'fixed') return addFixed(work, term)
  const { volume } = work.piece
  if (volume === null) return zero
  if (term.nature === 'tiers') return addTiers(work, term)
  const charge = signed(term, term.value(work.run))
  const flat = term.nature === 'flat' && term.price !== null
  const rest = flat
    ? { kind: 'flat' as const, charge, quantity: volume.usage, price: signed(term, term.price(work.run)) }
    : { kind: 'other' as const, charge }
  return addLine(work, described(work, term, volume), rest)
}

const signed = (term: ChargeTerm, value: Decimal): Decimal => (term.negative ? value.negated() : value)

function addFixed(work: Adding, term: ChargeTerm): Decimal {
  const { fixedShare } = work.piece
  if (fixedShare.isZero()) return zero
  const price = signed(term, work.full.get(term)!)
  const charge = fixedShare.eq(one) ? price : price.times(fixedShare)
  const { ledger, before } = work
  if (!before.isZero()) ledger.running.set(term.code, price.times(before))
  const place = described(work, term, work.piece)
  return addLine(work, place, { kind: 'fixed', charge, quantity: fixedShare, price })
}

function addTiers(work: Adding, term: ChargeTerm): Decimal {
  const { run, piece } = work
  const charge = signed(term, term.value(run))
  const tiers = term.slot ? run.tiers[term.slot.index] : undefined
  const place = described(work, term, piece.volume!)
  // An input that takes the charge's place has no tiers.
  if (!tiers) return addLine(work, place, { kind: 'other', charge })
  const kind = keywordOf(term.slot!.value!) === 'Budget' ? 'budget-tier' : 'tier'
  for (const tier of tiers) {
    if (tier.quantity.isZero()) continue
    addLine(work, place, {
      kind,
      charge: signed(term, tier.charge),
      quantity: tier.quantity,
      price: signed(term, tier.price),
      tier: tier.tier,
      tierFrom: tier.from,
      tierTo: tier.to,
    })
  }
  return charge
}

/** `1.01*(a+b)`: the lines of a and b, and one line for the 0.01. */
function addFactor(work: Adding, term: FactorTerm): Decimal {
  let sum = zero
  for (const inner of term.inner) sum = sum.plus(addTerm(work, inner))
  const more = term.factor(work.run).minus(one)
  const charge = sum.times(more)
  if (charge.isZero()) return sum
  const amounts = { kind: 'other' as const, charge, quantity: sum, price: more }
  return sum.plus(addLine(work, described(work, term, work.piece), amounts))
}

/** Which charge a line belongs to, and which days it covers. */
type Place = Pick<RatedLine, 'code' | 'formula' | 'versionId' | 'from' | 'to' | 'days'>
type Amounts = Pick<RatedLine, 'kind' | 'charge'> &
  Partial<Pick<RatedLine, 'tier' | 'tierFrom' | 'tierTo' | 'quantity' | 'price'>>

function described({ piece }: Work, term: Term, span: Pick<Place, 'from' | 'to' | 'days'>): Place {
  const { from, to, days } = span
  return { code: term.code, formula: term.formula, versionId: piece.version.id, from, to, days }
}

function addLine(work: Work, place: Place, amounts: Amounts): Decimal {
  const { ledger } = work
  const { code, formula, versionId, from, to, days } = place
  const { kind, charge, tier = null, tierFrom = null, tierTo = null, quantity = null, price = null } = amounts
  const before = tier === null ? ledger.running.get(code) : undefined
  const after = before === undefined ? charge : before.plus(charge)
  const cents = before === undefined ? toCents(after) : toCents(after) - toCents(before)
  if (tier === null && work.running) ledger.running.set(code, after)
  const rounding = before === undefined ? 'half-up' : 'half-up, running'
  const line = { kind, code, formula, versionId, from, to, days, tier, tierFrom, tierTo, quantity, price }
  ledger.lines.push({ ...line, charge, cents, rounding })
  ledger.cents += cents
  return charge
}
