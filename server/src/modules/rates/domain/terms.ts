/**
 * A bill's lines come from its own formula. `bill: service_charge + commodity_charge + wrap_charge` has three terms;
 * `1.01*(service_charge + commodity_charge)` has two and a factor line of 1 % on their sum, so that every line keeps
 * its own price and the lines still add up to the bill.
 */
import { contextOf, formulaOf, numberOf } from './compile.ts'
import { one } from './decimal.ts'
import { compileExpr, plainly } from './expression.ts'
import { type Expr, namesIn } from './formula.ts'
import { type Code, type RateClass, type Slot, slotFor } from './model.ts'
import { followsDays, followsUsage, formulaOrNull, reachableFrom } from './references.ts'
import { keywordOf, single } from './value.ts'

/**
 * `flat` is a price times the use. `usage` depends in another way on the use or on the days of the period (a daily
 * rate), and so follows a part of a period without being cut by its share.
 */
export type Nature = 'fixed' | 'flat' | 'tiers' | 'usage'

export type ChargeTerm = {
  readonly kind: 'charge'
  /** Stable name of the line: the part's name, or `bill` for arithmetic written into `bill` itself. */
  readonly code: string
  readonly formula: string
  readonly nature: Nature
  readonly negative: boolean
  readonly value: Code
  /** Price per unit of a flat charge. */
  readonly price: Code | null
  readonly slot: Slot | null
}

export type FactorTerm = {
  readonly kind: 'factor'
  readonly code: string
  readonly formula: string
  readonly factor: Code
  readonly inner: readonly Term[]
}

export type Term = ChargeTerm | FactorTerm

type Site = {
  readonly rateClass: RateClass
  readonly part: string
  readonly negative: boolean
  readonly path: readonly string[]
}

/** The terms of `bill`, worked out once per class. */
export function billTerms(rateClass: RateClass): readonly Term[] {
  const kept = rateClass.kept.get('terms') as readonly Term[] | undefined
  if (kept) return kept
  const terms = partTerms({ rateClass, part: 'bill', negative: false, path: [] }, 'bill', true)
  const named = withDistinctCodes(terms)
  rateClass.kept.set('terms', named)
  return named
}

function partTerms(site: Site, name: string, open: boolean): Term[] {
  const { rateClass } = site
  const slot = slotFor(rateClass, name, site.part)
  const value = slot.value && single(slot.value)
  const part = slot.part
  if (part !== null && value?.kind === 'text' && !keywordOf(value) && !site.path.includes(part)) {
    const expr = formulaOf(rateClass, part, value.text)
    if (open || hasTiers(rateClass, part)) {
      return exprTerms({ ...site, part, path: [...site.path, part] }, expr, value.text)
    }
  }
  return [chargeOf(site, slot, value?.kind === 'text' ? value.text : null)]
}

function exprTerms(site: Site, expr: Expr, text: string): Term[] {
  switch (expr.op) {
    case '+':
      return [...exprTerms(site, expr.left, text), ...exprTerms(site, expr.right, text)]
    case '-':
      return [...exprTerms(site, expr.left, text), ...exprTerms(turned(site), expr.right, text)]
    case 'negate':
      return exprTerms(turned(site), expr.of, text)
    case 'name':
      return partTerms(site, expr.name, false)
    case '*':
      if (isFactored(site, expr.right, expr.left)) return factored(site, expr.right, expr.left, text)
      if (isFactored(site, expr.left, expr.right)) return factored(site, expr.left, expr.right, text)
      return [arithmetic(site, expr, text)]
    case '/': {
      const factor: Expr = { op: '/', left: oneExpr, right: expr.right }
      if (isFactored(site, expr.left, factor)) return factored(site, expr.left, factor, text)
      return [arithmetic(site, expr, text)]
    }
    default:
      return [arithmetic(site, expr, text)]
  }
}

const oneExpr: Expr = { op: 'number', value: one, text: '1' }
const turned = (site: Site): Site => ({ ...site, negative: !site.negative })

/** Charges with lines of their own times something that is not use: a tax, a multiplier for outside the city. */
function isFactored(site: Site, sum: Expr, factor: Expr): boolean {
  const { rateClass, part } = site
  if (namesOfUsage(rateClass, part, factor)) return false
  if (sum.op === '+' || sum.op === '-') {
    return namesOfUsage(rateClass, part, sum) || (namesIn(factor).size === 0 && namesIn(sum).size > 0)
  }
  if (sum.op !== 'name') return false
  const slot = slotFor(rateClass, sum.name, part)
  return slot.part !== null && hasTiers(rateClass, slot.part)
}

function hasTiers(rateClass: RateClass, part: string): boolean {
  for (const name of reachableFrom(rateClass, part).keys()) {
    const value = rateClass.parts.get(name)
    if (value && keywordOf(value)) return true
  }
  return false
}

function factored(site: Site, sum: Expr, factor: Expr, text: string): Term[] {
  const inner = exprTerms(site, sum, text)
  const code = compileExpr(contextOf(site.rateClass, site.part), factor, plainly)
  return [{ kind: 'factor', code: site.part, formula: text, factor: code, inner }]
}

function chargeOf(site: Site, slot: Slot, formula: string | null): ChargeTerm {
  const { rateClass, part, negative } = site
  const { nature, price } = natureOf(rateClass, slot, formula)
  return {
    kind: 'charge',
    code: slot.part ?? slot.name,
    formula: formula ?? (slot.value ? describe(slot) : slot.name),
    nature,
    negative,
    value: run => numberOf(run, slot, part),
    price,
    slot,
  }
}

function describe(slot: Slot): string {
  const value = single(slot.value!)
  if (value.kind === 'number') return value.text
  return value.kind === 'map' ? `by ${value.dependsOn.join(' and ')}` : slot.name
}

function natureOf(
  rateClass: RateClass,
  slot: Slot,
  formula: string | null,
): { nature: Nature; price: Code | null } {
  if (slot.value && keywordOf(slot.value)) return { nature: 'tiers', price: null }
  if (!followsUsage(rateClass, slot)) {
    return { nature: followsDays(rateClass, slot) ? 'usage' : 'fixed', price: null }
  }
  const expr = formula === null ? null : formulaOrNull(formula)
  const price = expr && slot.part !== null ? priceOf(rateClass, slot.part, expr) : null
  return { nature: price ? 'flat' : 'usage', price }
}

/** The other factors of a product with the use in it once: `flat_rate*usage_ccf` → `flat_rate`. */
function priceOf(rateClass: RateClass, part: string, expr: Expr): Code | null {
  const rest = withoutUsage(expr)
  if (rest === null || namesOfUsage(rateClass, part, rest)) return null
  return compileExpr(contextOf(rateClass, part), rest, plainly)
}

function withoutUsage(expr: Expr): Expr | null {
  if (expr.op === 'name') return expr.name === 'usage_ccf' ? oneExpr : null
  if (expr.op === '/') {
    const left = withoutUsage(expr.left)
    return left && { op: '/', left, right: expr.right }
  }
  if (expr.op !== '*') return null
  const left = withoutUsage(expr.left)
  if (left) return left === oneExpr ? expr.right : { op: '*', left, right: expr.right }
  const right = withoutUsage(expr.right)
  return right && (right === oneExpr ? expr.left : { op: '*', left: expr.left, right })
}

function namesOfUsage(rateClass: RateClass, part: string, expr: Expr): boolean {
  return [...namesIn(expr)].some(name => followsUsage(rateClass, slotFor(rateClass, name, part)))
}

function arithmetic(site: Site, expr: Expr, text: string): ChargeTerm {
  const { rateClass, part, negative } = site
  const usage = namesOfUsage(rateClass, part, expr)
  const days = [...namesIn(expr)].some(name => followsDays(rateClass, slotFor(rateClass, name, part)))
  const price = usage ? priceOf(rateClass, part, expr) : null
  return {
    kind: 'charge',
    code: part,
    formula: text,
    nature: price ? 'flat' : usage || days ? 'usage' : 'fixed',
    negative,
    value: compileExpr(contextOf(rateClass, part), expr, plainly),
    price,
    slot: null,
  }
}

/** Two terms of one name (a charge taken twice) are told apart, as running rounding goes by name. */
function withDistinctCodes(terms: readonly Term[], seen: Map<string, number> = new Map()): Term[] {
  return terms.map(term => {
    const inner = term.kind === 'factor' ? withDistinctCodes(term.inner, seen) : null
    const before = seen.get(term.code) ?? 0
    seen.set(term.code, before + 1)
    const code = before === 0 ? term.code : `${term.code}#${before + 1}`
    return term.kind === 'factor' ? { ...term, code, inner: inner! } : { ...term, code }
  })
}
