/** What the rules caught and what people made of it; readers beside each other. */
import { addDays, localDateAt } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountLines } from '../../accounts/index.ts'
import { listLastContacts } from '../../contacts/index.ts'
import { getRuleBook, ruleOf } from '../../policy/index.ts'
import type { metering } from '../contract/index.ts'
import { type DigitLimits, evennessOf } from '../domain/validation/across.ts'
import * as store from '../store/exceptions.ts'
import { linesOf } from './exceptions.ts'

export async function listRuleOutcomes(
  ctx: Ctx,
  { from, to }: Input<typeof metering.listRuleOutcomes>,
): Promise<Output<typeof metering.listRuleOutcomes>> {
  const { byCode } = await getRuleBook(ctx)
  return (await store.sumOutcomes(ctx.tx, from, to)).map(outcome => {
    const rule = byCode.get(outcome.rule)
    return {
      ...outcome,
      name: rule?.name ?? outcome.rule,
      citation: rule?.citation ?? '',
      value: (rule?.value ?? null) as never,
      unit: rule?.unit ?? null,
    }
  })
}

export async function listReaders(
  ctx: Ctx,
  { from, to }: Input<typeof metering.listReaders>,
): Promise<Output<typeof metering.listReaders>> {
  const limits = ruleOf(await getRuleBook(ctx, ctx.today, ['VEE-040']), 'VEE-040').value as DigitLimits
  return (await store.sumReaders(ctx.tx, from, to)).map(({ lastDigits, ...sum }) => ({
    ...sum,
    digitsStrange: sum.reads >= limits.leastReads && evennessOf(lastDigits).chance < limits.chance,
  }))
}

/** Homes far above their usual whose bill is still to come, the dearest first, and whether anybody has called. */
export async function listHighUse(
  ctx: Ctx,
  { days = 30 }: Input<typeof metering.listHighUse>,
): Promise<Output<typeof metering.listHighUse>> {
  const from = addDays(ctx.today, -days)
  const rows = await store.listHighUse(ctx.tx, from)
  const lines = await linesOf(ctx, rows)
  const accountIds = lines.flatMap(line => line.accountId ?? [])
  const accounts = await listAccountLines(ctx, accountIds)
  const contacted = await listLastContacts(ctx, accountIds, from)
  const leaking = await store.listFlowing(
    ctx.tx,
    rows.map(row => row.meterId),
  )
  return lines.map((line, at) => {
    const { gallons, expectedGallons, meterId } = rows[at]!
    const last = line.accountId === null ? undefined : contacted.get(line.accountId)
    const contact = last && localDateAt(new Date(last.at), ctx.timeZone) >= line.onDate ? last : undefined
    return {
      ...line,
      name: (line.accountId !== null && accounts.get(line.accountId)?.name) || null,
      times: gallons !== null && expectedGallons ? gallons / expectedGallons : null,
      looksLikeLeak: leaking.has(meterId),
      contactedAt: contact?.at ?? null,
      contactedBy: contact?.by ?? null,
    }
  })
}
