import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { refuseFindable } from '../../premises/index.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { desk } from '../contract/index.ts'
import { checkPeriod, errors } from '../domain/index.ts'
import * as store from '../store/on-accounts.ts'

/** A hold keeps the water on and the fee away: nobody gives it to themselves (AUTH-023). */
export async function refuseOwnAccount(ctx: Ctx, accountId: AccountId): Promise<void> {
  await refuseOwn(ctx, [await store.findCustomer(ctx.tx, accountId)])
}

/** What is typed on a protected customer's account holds nothing that finds them (PRV-019). */
export async function refuseFindableOn(
  ctx: Ctx,
  accountId: AccountId | null | undefined,
  texts: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  if (accountId) await refuseFindable(ctx, [await store.findCustomer(ctx.tx, accountId)], texts)
}

export async function placeAlert(ctx: Ctx, input: Input<typeof desk.placeAlert>): Promise<store.Alert> {
  const { accountId, tone, text, fromOn = ctx.today, untilOn = null } = input
  checkPeriod(fromOn, untilOn)
  await refuseOwnAccount(ctx, accountId)
  await refuseFindableOn(ctx, accountId, { text })
  const by = ctx.actor.personId
  const alertId = await store.insertAlert(ctx.tx, { accountId, tone, text, fromOn, untilOn, by })
  ctx.audit({ subject: `alert:${alertId}`, account: accountId, after: { tone, text, fromOn, untilOn } })
  ctx.tell({ name: 'desk.alert-placed', account: accountId, subject: { alert: alertId } })
  return (await store.findAlert(ctx.tx, accountId, alertId))!
}

export async function clearAlert(ctx: Ctx, input: Input<typeof desk.clearAlert>): Promise<store.Alert> {
  const { accountId, alertId, reason } = input
  const find = () => store.findAlert(ctx.tx, accountId, alertId)
  const alert = await find()
  if (!alert) throw refuse(errors, 'desk.no-alert')
  await refuseOwnAccount(ctx, accountId)
  const ending = { by: ctx.actor.personId, at: ctx.now, reason }
  if (alert.clearedBy || !(await store.updateCleared(ctx.tx, alert, ending))) {
    throw refuse(errors, 'desk.alert-cleared', { who: (await find())!.clearedBy!.name })
  }
  ctx.audit({ subject: `alert:${alertId}`, account: accountId, reason, before: { text: alert.text } })
  ctx.tell({ name: 'desk.alert-cleared', account: accountId, subject: { alert: alertId } })
  return (await find())!
}

export async function placeHold(ctx: Ctx, input: Input<typeof desk.placeHold>): Promise<store.Hold> {
  const { accountId, what, reasonCode, reason, fromOn = ctx.today, untilOn = null } = input
  checkPeriod(fromOn, untilOn)
  await refuseOwnAccount(ctx, accountId)
  await refuseFindableOn(ctx, accountId, { reason: input.reason })
  const inForce = await store.listHolds(ctx.tx, accountId, { on: fromOn, timeZone: ctx.timeZone })
  const same = inForce.find(hold => hold.what === what && hold.reasonCode === reasonCode)
  if (same) throw refuse(errors, 'desk.hold-there', { who: same.placedBy.name })
  const by = ctx.actor.personId
  const holdId = await store.insertHold(ctx.tx, { accountId, what, reasonCode, reason, fromOn, untilOn, by })
  ctx.audit({
    subject: `hold:${holdId}`,
    account: accountId,
    reason,
    after: { what, reasonCode, fromOn, untilOn },
  })
  ctx.tell({ name: 'desk.hold-placed', account: accountId, subject: { hold: holdId } })
  return (await store.findHold(ctx.tx, accountId, holdId))!
}

export async function liftHold(ctx: Ctx, input: Input<typeof desk.liftHold>): Promise<store.Hold> {
  const { accountId, holdId, reason } = input
  const find = () => store.findHold(ctx.tx, accountId, holdId)
  const hold = await find()
  if (!hold) throw refuse(errors, 'desk.no-hold')
  await refuseOwnAccount(ctx, accountId)
  const ending = { by: ctx.actor.personId, at: ctx.now, reason }
  if (hold.liftedBy || !(await store.updateLifted(ctx.tx, hold, ending))) {
    throw refuse(errors, 'desk.hold-lifted', { who: (await find())!.liftedBy!.name })
  }
  ctx.audit({ subject: `hold:${holdId}`, account: accountId, reason, before: { what: hold.what } })
  ctx.tell({ name: 'desk.hold-lifted', account: accountId, subject: { hold: holdId } })
  return (await find())!
}
