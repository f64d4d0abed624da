import { addDays, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type Ctx, once } from '../../platform/context.ts'
import type { policy } from './contract.ts'
import { type Calendar, type District, errors, type Rule, type RuleBook } from './domain.ts'
import * as store from './store.ts'

export async function getDistrict(ctx: Ctx): Promise<District> {
  const district = await once(ctx, 'policy.district', () => store.findDistrict(ctx.tx))
  if (!district) throw refuse(errors, 'policy.no-district')
  return district
}

/** The rules in force on a date (today unless told), for decisions; `codes` keeps pages from reading all of them. */
export async function getRuleBook(
  ctx: Ctx,
  on: LocalDate = ctx.today,
  codes: readonly string[] | null = null,
): Promise<RuleBook> {
  const rules = await once(ctx, `policy.rules ${on} ${codes}`, () => store.listRules(ctx.tx, on, codes))
  return { on, byCode: new Map(rules.map(rule => [rule.code, rule])) }
}

/** The versions of one rule over `[from, to)`, oldest first: what changes in the middle of a bill is counted by day. */
export function getRuleVersions(
  ctx: Ctx,
  code: string,
  days: { from: LocalDate; to: LocalDate },
): Promise<Rule[]> {
  return store.listVersions(ctx.tx, code, days)
}

/** The district's calendar for the days from `from`, two years ahead unless told. */
export async function getCalendar(ctx: Ctx, from: LocalDate = ctx.today, days = 730): Promise<Calendar> {
  const [hours, special] = await Promise.all([
    store.listOfficeHours(ctx.tx),
    store.listCalendarDays(ctx.tx, from, addDays(from, days)),
  ])
  const week = Array.from({ length: 7 }, (_, weekday) => hours.find(h => h.weekday === weekday) ?? null)
  const daysByDate = special.map(day => {
    const open = day.opensAt !== null && day.closesAt !== null
    return [
      day.on,
      { name: day.name, hours: open ? { opensAt: day.opensAt!, closesAt: day.closesAt! } : null },
    ] as const
  })
  return { week, days: new Map(daysByDate) }
}

export async function findRules(
  ctx: Ctx,
  input: Input<typeof policy.findRules>,
): Promise<Output<typeof policy.findRules>> {
  const rules = await store.findRules(ctx.tx, input.on ?? ctx.today, input.words ?? '')
  return rules.map(({ ruleId: _, ...rule }) => rule)
}

export async function listClosedDays(
  ctx: Ctx,
  { year }: Input<typeof policy.listClosedDays>,
): Promise<Output<typeof policy.listClosedDays>> {
  const days = await store.listCalendarDays(
    ctx.tx,
    localDate(`${year}-01-01`),
    localDate(`${year + 1}-01-01`),
  )
  return days.filter(day => day.opensAt === null).map(({ on, name, citation }) => ({ on, name, citation }))
}
