/**
 * Formulas to closures. Constants are folded once; a closure asks slots for their memoised values. Two readings
 * of a formula exist besides the plain one:
 *
 * - `budget`: a part whose name contains "budget" is, under whole-unit rounding, cut at `+`, `*` and `^`, and every
 *   operand is rounded to whole units, halves to even. This is the rule of the format's reference program (the
 *   published text is silent), numbers included: `budget*0.93` counts the budget in full there. Parentheses keep
 *   their arithmetic meaning here, and an operand with `-` or `/` is rounded as a whole. The validator warns where
 *   the rule bites; `budgetRounding: 'none'` (our own billing, policy WB-017) does plain arithmetic.
 * - `scaled`: for part of a billing period, whatever does not already follow real days is cut by the share.
 */
import { D, type Decimal, roundWhole } from './decimal.ts'
import { badFormula } from './errors.ts'
import type { BinaryOperator, Expr } from './formula.ts'
import { type Code, placeOf, type RateClass, type Run, type Slot, slotFor } from './model.ts'

export type Reading = { readonly budget: boolean; readonly scaled: boolean }
export const plainly: Reading = { budget: false, scaled: false }

export type Context = {
  readonly rateClass: RateClass
  /** The part whose text this is: for messages and for the dialect's lookup. */
  readonly part: string
  readonly numberOf: (run: Run, slot: Slot, user: string) => Decimal
  /** Whether it follows the days of the period by itself (`days_in_period`, `et_amount`). */
  readonly followsDays: (slot: Slot) => boolean
  /** The value of a slot that follows days in part, with the other part scaled. */
  readonly scaledSlot: (slot: Slot) => Code
}

/** `factor` remembers a product's constant factor, so that `x*0.62*(1/748)` multiplies once. */
type Compiled = {
  readonly code: Code
  readonly constant: Decimal | null
  readonly factor?: { readonly of: Code; readonly by: Decimal }
}

export function compileExpr(context: Context, expr: Expr, reading: Reading): Code {
  return compile(context, expr, reading).code
}

function compile(context: Context, expr: Expr, reading: Reading): Compiled {
  if (reading.scaled && !exprFollowsDays(context, expr)) return scaled(context, expr, reading)
  if (reading.budget) return compileBudget(context, expr, reading)
  switch (expr.op) {
    case 'number':
      return constant(expr.value)
    case 'name':
      return named(context, expr.name, reading)
    case 'negate': {
      const of = compile(context, expr.of, reading)
      return of.constant ? constant(of.constant.negated()) : closure(run => of.code(run).negated())
    }
    default: {
      // Only a sum can be scaled summand by summand; in a product the factor that follows days is enough.
      const inner = expr.op === '+' || expr.op === '-' ? reading : { ...reading, scaled: false }
      return binary(context, expr.op, compile(context, expr.left, inner), compile(context, expr.right, inner))
    }
  }
}

function compileBudget(context: Context, expr: Expr, reading: Reading): Compiled {
  if (expr.op === '+' || expr.op === '*' || expr.op === '^') {
    const inner = expr.op === '+' ? reading : { ...reading, scaled: false }
    return binary(context, expr.op, compile(context, expr.left, inner), compile(context, expr.right, inner))
  }
  if (expr.op === 'negate' && hasCut(expr.of)) {
    const of = compile(context, expr.of, reading)
    return closure(run => of.code(run).negated())
  }
  if ((expr.op === '-' || expr.op === '/') && hasCut(expr)) {
    const inner = expr.op === '-' ? reading : { ...reading, scaled: false }
    return binary(context, expr.op, compile(context, expr.left, inner), compile(context, expr.right, inner))
  }
  return rounded(compile(context, expr, { ...reading, budget: false }))
}

/** The value times the share; a budget's operand is rounded after it is cut. */
function scaled(context: Context, expr: Expr, reading: Reading): Compiled {
  const operand = reading.budget && !hasCut(expr)
  const inner = compile(context, expr, { budget: reading.budget && !operand, scaled: false })
  const cut = closure(run => (run.scale === null ? inner.code(run) : inner.code(run).times(run.scale)))
  return operand ? rounded(cut) : cut
}

function rounded(of: Compiled): Compiled {
  const { code } = of
  return closure(run => (run.whole ? roundWhole(code(run)) : code(run)))
}

/** Whether a budget's text would be cut inside this expression. */
export function hasCut(expr: Expr): boolean {
  if (expr.op === 'number' || expr.op === 'name') return false
  if (expr.op === 'negate') return hasCut(expr.of)
  if (expr.op === '+' || expr.op === '*' || expr.op === '^') return true
  return hasCut(expr.left) || hasCut(expr.right)
}

function exprFollowsDays(context: Context, expr: Expr): boolean {
  if (expr.op === 'number') return false
  if (expr.op === 'name') return context.followsDays(slotFor(context.rateClass, expr.name, context.part))
  if (expr.op === 'negate') return exprFollowsDays(context, expr.of)
  return exprFollowsDays(context, expr.left) || exprFollowsDays(context, expr.right)
}

const constant = (value: Decimal): Compiled => ({ code: () => value, constant: value })
const closure = (code: Code): Compiled => ({ code, constant: null })

function named(context: Context, name: string, reading: Reading): Compiled {
  const slot = slotFor(context.rateClass, name, context.part)
  if (reading.scaled) return closure(context.scaledSlot(slot))
  const { numberOf, part } = context
  const { index } = slot
  return closure(run => {
    const known = run.memo[index]
    return known instanceof D ? known : numberOf(run, slot, part)
  })
}

function binary(context: Context, op: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  const l = left.code
  const r = right.code
  const both = left.constant !== null && right.constant !== null
  switch (op) {
    case '+':
      return both ? constant(left.constant!.plus(right.constant!)) : closure(run => add(l(run), r(run)))
    case '-':
      return both ? constant(left.constant!.minus(right.constant!)) : closure(run => l(run).minus(r(run)))
    case '*':
      return both ? constant(left.constant!.times(right.constant!)) : product(left, right)
    case '/': {
      const code: Code = run => divide(context, l(run), r(run))
      return both && !right.constant!.isZero() ? constant(left.constant!.div(right.constant!)) : closure(code)
    }
    case '^':
      return closure(run => power(context, l(run), r(run)))
  }
}

function product(left: Compiled, right: Compiled): Compiled {
  const l = left.code
  const r = right.code
  if (!right.constant) return closure(run => multiply(l(run), r(run)))
  const of = left.factor ? left.factor.of : l
  const by = left.factor ? left.factor.by.times(right.constant) : right.constant
  return { code: run => of(run).times(by), constant: null, factor: { of, by } }
}

/** Factors of one and summands of zero are how a tariff leaves room for exceptions: nearly nobody has any. */
const multiply = (a: Decimal, b: Decimal): Decimal => (isWhole(b, 1) ? a : isWhole(a, 1) ? b : a.times(b))
const add = (a: Decimal, b: Decimal): Decimal => (isWhole(b, 0) ? a : isWhole(a, 0) ? b : a.plus(b))

const isWhole = ({ d, e, s }: Decimal, value: 0 | 1): boolean =>
  d.length === 1 && d[0] === value && e === 0 && s === 1

function divide(context: Context, dividend: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw badFormula(placeOf(context.rateClass, context.part), 'it divides by zero')
  return dividend.div(divisor)
}

function power(context: Context, base: Decimal, exponent: Decimal): Decimal {
  const tooMuch = exponent.abs().gt(1000)
  const result = tooMuch ? null : base.pow(exponent)
  if (result?.isFinite()) return result
  throw badFormula(placeOf(context.rateClass, context.part), 'a power in it has no usable value')
}
