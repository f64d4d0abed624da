/** Dated rules and the district's calendar, as pure questions. */
import { addDays, dayOfWeek, type LocalDate } from '@curbstop/kernel/dates'
import { declareErrors, refuse } from '@curbstop/kernel/errors'

export const errors = declareErrors({
  'policy.no-rule': {
    kind: 'refused',
    says: 'Policy {code} has no version in force on {on}. Ask the supervisor to add one before deciding by it.',
  },
  'policy.no-district': {
    kind: 'refused',
    says: 'This database holds no district yet. Run: npx curbstop seed',
  },
  'policy.rule-in-past': {
    kind: 'refused',
    says: 'A rule changes from tomorrow on at the earliest: what is decided today is decided by the one in force.',
  },
})

export type District = {
  name: string
  shortName: string
  timeZone: string
  billUnit: 'ccf' | 'kgal' | 'kl'
  phone: string
  address: string
  website: string
  isSample: boolean
}

/** One version of a rule. `value` is a number, a text, a list or an object, as the rule's text says. */
export type Rule = {
  ruleId: bigint
  code: string
  name: string
  text: string
  value: unknown
  unit: string | null
  authority: 'LAW' | 'NET' | 'STD' | 'DIST' | 'PROD'
  citation: string
  effectiveFrom: LocalDate
  effectiveTo: LocalDate | null // half-open
}

/** Rules by code as of one date; decisions keep the `ruleId` they used. */
export type RuleBook = { readonly on: LocalDate; readonly byCode: ReadonlyMap<string, Rule> }

export function ruleOf(book: RuleBook, code: string): Rule {
  const rule = book.byCode.get(code)
  if (!rule) throw refuse(errors, 'policy.no-rule', { code, on: book.on })
  return rule
}

export function numberOf(book: RuleBook, code: string): number {
  const { value } = ruleOf(book, code)
  if (typeof value !== 'number') throw new Error(`policy ${code} is not a number`)
  return value
}

export type Hours = { opensAt: string; closesAt: string } // '08:00', '17:00'
export type Calendar = {
  /** Usual hours by weekday, 0 = Sunday; null = closed. */
  readonly week: readonly (Hours | null)[]
  /** Days that differ from the week: null = closed. */
  readonly days: ReadonlyMap<LocalDate, { name: string; hours: Hours | null }>
}

export function hoursOn(calendar: Calendar, on: LocalDate): Hours | null {
  const special = calendar.days.get(on)
  return special ? special.hours : (calendar.week[dayOfWeek(on)] ?? null)
}

export function isOpen(calendar: Calendar, on: LocalDate): boolean {
  return hoursOn(calendar, on) !== null
}

/** The date itself when the office is open on it, otherwise the next open one (at most a year ahead). */
export function nextOpenDay(calendar: Calendar, from: LocalDate): LocalDate {
  for (let day = from, tries = 0; tries < 366; day = addDays(day, 1), tries += 1) {
    if (isOpen(calendar, day)) return day
  }
  throw new Error(`the calendar has no open day within a year of ${from}`)
}

/** The date `count` open days after `from`; `from` itself is not counted. Negative counts go back. */
export function addBusinessDays(calendar: Calendar, from: LocalDate, count: number): LocalDate {
  const step = count < 0 ? -1 : 1
  let day = from
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step)
    if (isOpen(calendar, day)) left -= 1
  }
  return day
}
