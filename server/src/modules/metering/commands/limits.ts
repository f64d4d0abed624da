import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../../platform/context.ts'
import { getRuleBook, ruleOf, supersedeRule } from '../../policy/index.ts'
import type { metering } from '../contract/index.ts'
import { withValue } from '../domain/validation/tuning.ts'

/** New limits of a rule from a day on, as dated policy. Throws metering.limits-unlike and the errors of policy. */
export async function setLimits(
  ctx: Ctx,
  { rule, value, from, reason }: Input<typeof metering.setLimits>,
): Promise<Output<typeof metering.setLimits>> {
  const now = ruleOf(await getRuleBook(ctx, from), rule)
  await supersedeRule(ctx, { code: rule, value: withValue(rule, now.value, value), from, reason })
  return { rule, from }
}
