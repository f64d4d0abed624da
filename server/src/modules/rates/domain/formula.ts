/**
 * The formula grammar of tariffs, ours and closed: names, numbers, `+ - * / ^` and parentheses. There is no call,
 * no member access and no `eval`, so tariff text can do nothing but arithmetic.
 *
 *     sum     = product { (+|-) product }
 *     product = signed { (*|/) signed }
 *     signed  = (-|+) signed | power
 *     power   = atom [ ^ signed ]           right associative, tighter than a sign: -2^2 is -4
 *     atom    = number | name | ( sum )
 *
 * Names are case-sensitive and hold no hyphen (`turn-on_charge` is a subtraction), as in the format's peer.
 */
import { D, type Decimal } from './decimal.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '^'

export type Expr =
  | { readonly op: 'number'; readonly value: Decimal; readonly text: string }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'negate'; readonly of: Expr }
  | { readonly op: BinaryOperator; readonly left: Expr; readonly right: Expr }

/** Why a text is not a formula; `at` counts characters from 1. The caller knows file, class and part. */
export class FormulaError extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.name = 'FormulaError'
    this.at = at
  }
}

/** No real formula comes near; beyond them a text is an attack or an accident. */
export const maxFormulaLength = 4000
const maxNesting = 100

type Token = { readonly kind: 'number' | 'name' | 'sign' | 'end'; readonly text: string; readonly at: number }

const tokenPattern =
  /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2}(?![\w.]))?)|([\p{L}_][\p{L}\p{N}_.]*)|([-+*/^()])|(\S))/uy

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(tokenPattern)
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, number, name, sign, stranger] = match
    const at = match.index + whole.length - whole.trimStart().length + 1
    if (stranger !== undefined) throw new FormulaError(`"${stranger}" is not part of a formula`, at)
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at })
    else tokens.push({ kind: 'sign', text: sign!, at })
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 })
  return tokens
}

/** Parses a formula. Throws {@link FormulaError}. */
export function parseFormula(text: string): Expr {
  if (text.length > maxFormulaLength) {
    throw new FormulaError(`the formula is longer than ${maxFormulaLength} characters`, maxFormulaLength)
  }
  const tokens = tokenize(text)
  let next = 0
  let nesting = 0

  const is = (...signs: string[]) => tokens[next]!.kind === 'sign' && signs.includes(tokens[next]!.text)

  function nested<T>(parse: () => T): T {
    nesting += 1
    if (nesting > maxNesting) {
      throw new FormulaError(`the formula is nested more than ${maxNesting} deep`, tokens[next]!.at)
    }
    const result = parse()
    nesting -= 1
    return result
  }

  function sum(): Expr {
    let left = product()
    while (is('+', '-')) {
      const op = tokens[next++]!.text as '+' | '-'
      left = { op, left, right: product() }
    }
    return left
  }

  function product(): Expr {
    let left = signed()
    while (is('*', '/')) {
      const op = tokens[next++]!.text as '*' | '/'
      left = { op, left, right: signed() }
    }
    return left
  }

  function signed(): Expr {
    if (!is('-', '+')) return power()
    const minus = tokens[next++]!.text === '-'
    const of = nested(signed)
    return minus ? { op: 'negate', of } : of
  }

  function power(): Expr {
    const left = atom()
    if (!is('^')) return left
    next += 1
    return { op: '^', left, right: nested(signed) }
  }

  function atom(): Expr {
    const token = tokens[next]!
    if (token.kind === 'number') {
      next += 1
      return { op: 'number', value: new D(token.text), text: token.text }
    }
    if (token.kind === 'name') {
      next += 1
      return { op: 'name', name: token.text }
    }
    if (is('(')) {
      next += 1
      const inner = nested(sum)
      if (!is(')')) throw new FormulaError('a closing parenthesis is missing', tokens[next]!.at)
      next += 1
      return inner
    }
    throw new FormulaError(
      token.kind === 'end'
        ? 'the formula ends where a name or a number is expected'
        : `"${token.text}" stands where a name or a number is expected`,
      token.at,
    )
  }

  const expr = sum()
  const rest = tokens[next]!
  if (rest.kind !== 'end') {
    throw new FormulaError(`an operator is expected before "${rest.text}"`, rest.at)
  }
  return expr
}

/** The names a formula uses, each once, in order of appearance. */
export function namesIn(expr: Expr, found: Set<string> = new Set()): Set<string> {
  if (expr.op === 'name') found.add(expr.name)
  else if (expr.op === 'negate') namesIn(expr.of, found)
  else if (expr.op !== 'number') {
    namesIn(expr.left, found)
    namesIn(expr.right, found)
  }
  return found
}
