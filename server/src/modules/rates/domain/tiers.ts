/**
 * Tiers. The format counts units: `tier_starts[i]` is the first unit billed at `tier_prices[i]`, so under `Tiered`
 * a tier ends one unit before the next begins, and fractional use flows over continuously. Under `Budget` a start is
 * the end of the tier before it, without the minus one. Both are the format's rules; both are kept.
 */
import { D, type Decimal, hundred, one, roundWhole, zero } from './decimal.ts'
import { badFormula, badTiers } from './errors.ts'
import {
  type Code,
  isPart,
  placeOf,
  type RateClass,
  type Run,
  type Slot,
  slotFor,
  type TierLine,
} from './model.ts'
import type { Keyword, Value } from './value.ts'

/** The names one charge takes its tiers from. */
export type TierNames = { readonly starts: string; readonly prices: string; readonly budget: string }

/** Only these two parts may be `Tiered` or `Budget`. */
export function tierNames(rateClass: RateClass, part: string): TierNames | null {
  if (part !== 'commodity_charge' && part !== 'sewer_charge') return null
  const prefix = part === 'sewer_charge' ? 'sewer_' : ''
  const dialect = (name: string) => {
    const suffixed = `${prefix}${name}_commodity`
    return !isPart(rateClass, prefix + name) && isPart(rateClass, suffixed) ? suffixed : prefix + name
  }
  return { starts: dialect('tier_starts'), prices: dialect('tier_prices'), budget: dialect('budget') }
}

/** A tier start as compiled. `share` is a percentage of the budget over 100. */
export type Start =
  | { readonly kind: 'number'; readonly value: Decimal }
  | { readonly kind: 'share'; readonly share: Decimal }
  | { readonly kind: 'allocation'; readonly code: Code; readonly scaledCode: Code }
  | { readonly kind: 'formula'; readonly code: Code; readonly scaledCode: Code }

/** What compiling tiers needs of the class compiler. */
export type TierCompiler = {
  readonly rateClass: RateClass
  readonly numberOf: (run: Run, slot: Slot, user: string) => Decimal
  /** A number or formula in a list. */
  readonly itemCode: (part: string, item: Value, scaled: boolean) => Code
  /** The list a part gives, by key when it is a map; each list is converted once. */
  readonly listOf: <T>(part: string, value: Value, convert: (items: readonly Value[]) => T) => (run: Run) => T
  readonly scaledSlot: (slot: Slot) => Code
  readonly slotCode: (slot: Slot, user: string) => Code
}

export function compileTiers(compiler: TierCompiler, part: string, keyword: Keyword): Code {
  const { rateClass } = compiler
  const place = placeOf(rateClass, part)
  const names = tierNames(rateClass, part)
  if (!names) {
    throw badTiers(place, `only commodity_charge and sewer_charge may be ${keyword}, not ${part}`)
  }
  for (const name of [names.starts, names.prices]) {
    if (!isPart(rateClass, name)) throw badTiers(place, `${name} is missing`, name)
  }
  const starts = compiler.listOf(names.starts, rateClass.parts.get(names.starts)!, items =>
    items.map(item => compileStart(compiler, names.starts, item, keyword)),
  )
  const prices = compiler.listOf(names.prices, rateClass.parts.get(names.prices)!, items =>
    items.map(item => compiler.itemCode(names.prices, item, false)),
  )
  const self = slotFor(rateClass, part, part)
  const usage = slotFor(rateClass, 'usage_ccf', part)
  const budget = slotFor(rateClass, names.budget, part)
  const uppers: Bounds = keyword === 'Tiered' ? tieredBounds() : budgetBounds(compiler, budget, part)

  return run => {
    const from = starts(run)
    const at = prices(run)
    if (from.length !== at.length) {
      const reason = `there are ${from.length} tier starts and ${at.length} tier prices`
      throw badTiers(place, reason, names.prices)
    }
    if (from.length === 0) throw badTiers(place, 'there is no tier', names.starts)
    const lines = fill(compiler.numberOf(run, usage, part), from, at, uppers(run), run)
    run.tiers[self.index] = lines
    let total = lines[0]!.charge
    for (let i = 1; i < lines.length; i += 1) {
      const { charge } = lines[i]!
      if (!charge.isZero()) total = total.plus(charge)
    }
    return total
  }
}

type Bounds = (run: Run) => (start: Start) => Decimal

/** Under `Tiered`: one unit below the next start, whole or not. */
function tieredBounds(): Bounds {
  const known = new Map<Start, Decimal>()
  const wide = (run: Run, start: Start): Decimal => {
    if (start.kind === 'formula') return start.code(run).minus(one)
    let upper = known.get(start)
    if (!upper) {
      upper = (start as Extract<Start, { kind: 'number' }>).value.minus(one)
      known.set(start, upper)
    }
    return upper
  }
  return run => {
    const { scale } = run
    return scale === null ? start => wide(run, start) : start => wide(run, start).times(scale)
  }
}

/** Under `Budget`: the next start itself; allocations and percentages in whole units where the policy rounds. */
function budgetBounds(compiler: TierCompiler, budget: Slot, part: string): Bounds {
  const fullBudget = compiler.slotCode(budget, part)
  const partBudget = compiler.scaledSlot(budget)
  return run => {
    const { scale, whole } = run
    let total: Decimal | null = null
    return start => {
      if (start.kind === 'number') return scale === null ? start.value : start.value.times(scale)
      if (start.kind === 'share') {
        total ??= scale === null ? fullBudget(run) : partBudget(run)
        const width = start.share.eq(one) ? total : total.times(start.share)
        return whole ? roundWhole(width) : width
      }
      const width = scale === null ? start.code(run) : start.scaledCode(run)
      return whole && start.kind === 'allocation' ? roundWhole(width) : width
    }
  }
}

function compileStart(compiler: TierCompiler, part: string, item: Value, keyword: Keyword): Start {
  const { rateClass } = compiler
  if (item.kind === 'number') return { kind: 'number', value: item.value }
  const place = placeOf(rateClass, part)
  if (item.kind !== 'text') throw badTiers(place, 'a tier start is a number, an allocation or a percentage')
  const percent = /^(\d{1,6}(?:\.\d{1,10})?|\.\d{1,10})%$/.exec(item.text)
  if (percent) {
    if (keyword === 'Tiered')
      throw badTiers(place, `${item.text} is a share of a budget, but the charge is Tiered`)
    return { kind: 'share', share: new D(percent[1]!).div(hundred) }
  }
  if (item.text.includes('%')) {
    throw badTiers(place, `"${item.text}" is not a percentage such as 133% (without a space)`)
  }
  const allocation = /^(indoor|outdoor)$/i.exec(item.text)?.[1]?.toLowerCase()
  if (keyword === 'Budget' && allocation) {
    const slot = slotFor(rateClass, allocation, part)
    const code: Code = compiler.slotCode(slot, part)
    return { kind: 'allocation', code, scaledCode: compiler.scaledSlot(slot) }
  }
  return {
    kind: 'formula',
    code: compiler.itemCode(part, item, false),
    scaledCode: compiler.itemCode(part, item, true),
  }
}

function fill(
  usage: Decimal,
  starts: readonly Start[],
  prices: readonly Code[],
  upper: (start: Start) => Decimal,
  run: Run,
): TierLine[] {
  const lines: TierLine[] = []
  const last = starts.length - 1
  let from = zero
  let used = zero
  let left = !usage.isNegative() && !usage.isZero()
  for (let i = 0; i <= last; i += 1) {
    const bound = i === last ? null : upper(starts[i + 1]!)
    const to = bound?.lt(from) ? from : bound
    let quantity = zero
    if (left) {
      const ends = to === null || usage.lte(to)
      quantity = ends ? usage.minus(used) : to!.minus(used)
      if (ends) left = false
      else used = to!
    }
    const price = prices[i]!(run)
    const charge = quantity.isZero() ? zero : quantity.times(price)
    lines.push({ tier: i + 1, from, to, quantity, price, charge })
    if (to !== null) from = to
  }
  return lines
}

/** A list where one number is needed is the author's slip. */
export function refuseList(rateClass: RateClass, part: string, length: number): Error {
  return badFormula(placeOf(rateClass, part), `it is a list of ${length} where one number is needed`)
}
