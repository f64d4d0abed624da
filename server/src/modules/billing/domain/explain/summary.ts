/**
 * The explanation in two sentences that an advisor reads aloud: what the bill is and how far from the other one, then
 * the one thing that moved it most. Its dollars are bars of the waterfall; what is left out is named as a sum, so the
 * sentence adds up as the waterfall does. English for the desk, Spanish for the customer's sheet.
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { formatDollars } from '@curbstop/kernel/money'
import { unitNames, unitsText } from '../words.ts'
import type { BillSide } from './sides.ts'
import { english } from './summary-en.ts'
import { spanish } from './summary-es.ts'
import type { BillDelta, DeltaCode, Explained, Telling } from './told.ts'

/** What the words of a language are given; every amount is positive, its direction stands beside it. */
export type SummaryFacts = {
  readonly total: Amount
  readonly kind: BillSide['kind']
  readonly days: number
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  /** `9.2 CCF`; null where nothing is measured. */
  readonly used: string | null
  /** Null: there is nothing to compare it with. */
  readonly change: (Amount & { readonly against: Explained['against'] }) | null
  readonly reason: Reason | null
  /** What the other changes come to; null when there are none. */
  readonly rest: Amount | null
  readonly isProved: boolean
}

export type Amount = { readonly sign: -1 | 0 | 1; readonly dollars: string }

export type Reason = Amount & {
  readonly code: Exclude<DeltaCode, 'tier' | 'other'>
  /** A figure before and now, where the reason has one: days, gallons a day, units. */
  readonly before: string | null
  readonly now: string | null
  readonly unit: string
  /** `more` and `less` only when the figures say so. */
  readonly way: 'more' | 'less' | 'other'
  /** The other bill was an estimate and this one goes by the meter; or this one is an estimate. */
  readonly estimate: 'settled' | 'now' | null
  readonly since: LocalDate | null
}

export type Summary = { readonly en: string; readonly es: string }

/** A bill by itself: a first one, or one without another to lay beside it. */
export function sayBill(bill: BillSide, telling: Telling): Summary {
  return inWords({ ...headOf(bill, telling), change: null, reason: null, rest: null, isProved: true })
}

type Told = Pick<Explained, 'against' | 'changeCents' | 'deltas' | 'isProved'>

export function sayChange(told: Told, before: BillSide, now: BillSide, telling: Telling): Summary {
  const { against, changeCents, deltas, isProved } = told
  const top = topOf(deltas, changeCents)
  const restCents = top ? changeCents - top.cents : 0n
  return inWords({
    ...headOf(now, telling),
    change: { ...amount(changeCents), against },
    reason: top ? reasonOf(top, told, { before, now, telling }) : null,
    rest: restCents === 0n ? null : amount(restCents),
    isProved,
  })
}

const inWords = (facts: SummaryFacts): Summary => ({ en: english(facts), es: spanish(facts) })

const amount = (cents: bigint): Amount => ({
  sign: cents > 0n ? 1 : cents < 0n ? -1 : 0,
  dollars: formatDollars(cents < 0n ? -cents : cents),
})

function headOf({ totalCents, kind, fromOn, toOn, usageUnits, segments }: BillSide, { unit }: Telling) {
  const isMeasured = segments.some(one => one.service === 'water' || one.service === 'irrigation')
  const used = isMeasured ? `${unitsText(usageUnits)} ${unitNames[unit]}` : null
  return { total: amount(totalCents), kind, days: daysBetween(fromOn, toOn), fromOn, toOn, used }
}

type Group = { readonly code: Reason['code']; readonly cents: bigint; readonly delta: BillDelta }

/** Use and the tiers it reaches are one reason to a customer. The biggest that goes the way of the change. */
function topOf(deltas: readonly BillDelta[], changeCents: bigint): Group | null {
  const groups = new Map<Group['code'], Group>()
  for (const delta of deltas) {
    if (delta.code === 'other') continue
    const code = delta.code === 'tier' ? 'use' : delta.code
    const known = groups.get(code)
    groups.set(code, { code, cents: (known?.cents ?? 0n) + delta.cents, delta: known?.delta ?? delta })
  }
  const sign = changeCents > 0n ? 1n : -1n
  const pushing = [...groups.values()].filter(one => one.cents * sign > 0n)
  if (changeCents === 0n || pushing.length === 0) return null
  return pushing.reduce((top, one) => (one.cents * sign > top.cents * sign ? one : top))
}

type Ground = { readonly before: BillSide; readonly now: BillSide; readonly telling: Telling }

function reasonOf({ code, cents, delta }: Group, { against }: Told, ground: Ground): Reason {
  const { before, now, telling } = ground
  const unit = unitNames[telling.unit]
  const since = (delta.told.values.since || null) as LocalDate | null
  const plain = { ...amount(cents), code, unit, since, estimate: null, way: 'other' as const }
  switch (code) {
    case 'use':
      return { ...plain, ...dailyUse(cents, ground), unit: 'gallons', estimate: estimateOf(against, ground) }
    case 'days':
      return { ...plain, before: String(before.days), now: String(now.days) }
    case 'persons':
    case 'area':
    case 'weather':
      return { ...plain, ...moved(delta.figures.find(one => one.name === 'Water budget')?.value) }
    case 'sewer-average':
      return { ...plain, ...moved(`${delta.told.values.before} → ${delta.told.values.now}`) }
    default:
      return { ...plain, before: null, now: null }
  }
}

/** Gallons a day, whole; nothing where the two look the same or do not explain the money. */
function dailyUse(cents: bigint, { before, now }: Ground): Pick<Reason, 'before' | 'now' | 'way'> {
  const daily = ({ usageGallons, days }: BillSide) => Math.round(usageGallons / Math.max(1, days))
  const [was, is] = [daily(before), daily(now)]
  const fits = cents > 0n ? is > was : is < was
  if (!fits) return { before: null, now: null, way: 'other' }
  const text = (gallons: number) => gallons.toLocaleString('en-US')
  return { before: text(was), now: text(is), way: is > was ? 'more' : 'less' }
}

function estimateOf(against: Explained['against'], { before, now }: Ground): Reason['estimate'] {
  if (now.readKind === 'estimated') return before.readKind === 'estimated' ? null : 'now'
  return before.readKind === 'estimated' && against === 'last-bill' ? 'settled' : null
}

/** `18.1 → 15.2` as two figures; anything else says nothing. */
function moved(value: string | undefined): Pick<Reason, 'before' | 'now'> {
  const found = /^([\d.,]+) → ([\d.,]+)$/.exec(value ?? '')
  return found ? { before: found[1]!, now: found[2]! } : { before: null, now: null }
}
