/** Household, enrolments, owner of record: dated facts, superseded and never edited. */
import { addDays, addMonths, formatDay } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type Ctx, systemActor } from '../../../platform/context.ts'
import { listCustomerNames } from '../../customers/index.ts'
import { getRuleBook, numberOf } from '../../policy/index.ts'
import { getPremiseCard } from '../../premises/index.ts'
import { getLimit, refuseOwn, withinAuthority } from '../../staff/index.ts'
import type { accounts } from '../contract/index.ts'
import { checkHouseholdDate, enrolmentNames, householdHint } from '../domain/card.ts'
import { errors } from '../domain/errors.ts'
import { endEnrolment, insertEnrolment, insertHousehold, listEnrolments } from '../store/accounts.ts'
import { findCard, stepVersion } from '../store/cards.ts'
import { findOwner, replaceOwner } from '../store/occupancy.ts'
import { lockOpenAccount } from './guard.ts'

export async function changeHousehold(
  ctx: Ctx,
  input: Input<typeof accounts.changeHousehold>,
): Promise<Output<typeof accounts.changeHousehold>> {
  const { accountId, fromOn, persons, evidenceKind } = input
  const account = await lockOpenAccount(ctx, accountId)
  checkHouseholdDate(fromOn, account, ctx.today)
  const before = (await findCard(ctx.tx, accountId, fromOn))?.household.find(row => row.fromOn <= fromOn)
  if (before?.persons === persons)
    throw refuse(errors, 'accounts.household-same', { persons, from: formatDay(before.fromOn, ctx.today) })
  const book = await getRuleBook(ctx)
  const usual = numberOf(book, 'WB-003')
  await refuseAboveLevel(ctx, { persons, usual: Math.max(usual, before?.persons ?? 0) })
  const evidence = `${evidenceKind === 'documents' ? 'Documents seen' : 'Stated'}: ${input.evidence}`
  await insertHousehold(ctx.tx, { accountId, fromOn, persons, evidence, personId: ctx.actor.personId })
  await stepVersion(ctx.tx, { accountId, personId: ctx.actor.personId, at: ctx.now, what: 'the household' })
  ctx.audit({
    subject: `account:${accountId}`,
    account: accountId,
    reason: evidence,
    before: { persons: before?.persons ?? null },
    after: { persons, fromOn },
  })
  ctx.tell({ name: 'accounts.household-changed', account: accountId, subject: { fromOn } })
  return {
    household: { fromOn, persons, evidence, notedAt: ctx.now, notedById: ctx.actor.personId },
    hint: householdHint({
      persons,
      usual,
      extra: numberOf(book, 'WB-023'),
      evidenceKind,
    }),
  }
}

/** A larger household is a larger budget: whoever may not decide that takes a variance instead (AUTH-015). */
async function refuseAboveLevel(
  ctx: Ctx,
  { persons, usual }: { persons: number; usual: number },
): Promise<void> {
  if (persons <= usual || ctx.actor.personId === systemActor.personId) return
  if (withinAuthority(await getLimit(ctx, 'variance-persons'), BigInt(persons)) === 'alone') return
  throw refuse(errors, 'accounts.household-variance', { persons, usual }, 'persons')
}

export async function changeEnrolment(
  ctx: Ctx,
  input: Input<typeof accounts.changeEnrolment>,
): Promise<Output<typeof accounts.changeEnrolment>> {
  const { accountId, kind, begin, onDate } = input
  const account = await lockOpenAccount(ctx, accountId)
  const what = enrolmentNames[kind]
  const earliest = ctx.today
  const latest = addMonths(ctx.today, 2)
  if (onDate < earliest || onDate > latest || onDate < account.openedOn)
    throw refuse(
      errors,
      'accounts.enrolment-date',
      { what, earliest: formatDay(earliest, ctx.today), latest: formatDay(latest, ctx.today) },
      'onDate',
    )
  const open = (await listEnrolments(ctx.tx, accountId)).find(row => row.kind === kind && row.toOn === null)
  if (begin && open)
    throw refuse(errors, 'accounts.already-enrolled', { what, from: formatDay(open.fromOn, ctx.today) })
  if (!begin && !open) throw refuse(errors, 'accounts.not-enrolled', { what })
  if (begin) await insertEnrolment(ctx.tx, { accountId, kind, fromOn: onDate })
  else await endEnrolment(ctx.tx, { accountId, kind, on: onDate, changeId: null })
  await stepVersion(ctx.tx, { accountId, personId: ctx.actor.personId, at: ctx.now, what })
  ctx.audit({
    subject: `account:${accountId}`,
    account: accountId,
    before: { [kind]: open !== undefined },
    after: { [kind]: begin, on: onDate },
  })
  ctx.tell({ name: 'accounts.enrolment-changed', account: accountId })
  return { enrolments: await listEnrolments(ctx.tx, accountId) }
}

export async function recordOwner(
  ctx: Ctx,
  input: Input<typeof accounts.recordOwner>,
): Promise<Output<typeof accounts.recordOwner>> {
  const { premiseId, customerId, fromOn, onTenantStop, evidence } = input
  await getPremiseCard(ctx, premiseId)
  if (!(await listCustomerNames(ctx, [customerId])).has(customerId))
    throw refuse(errors, 'accounts.no-customer', {}, 'customerId')
  const present = await findOwner(ctx.tx, premiseId, addDays(ctx.today, 3650))
  await refuseOwn(ctx, [customerId, present?.customerId ?? null])
  if (fromOn > ctx.today || (present && fromOn <= present.from))
    throw refuse(
      errors,
      'accounts.owner-date',
      { from: present ? formatDay(present.from, ctx.today) : 'never' },
      'fromOn',
    )
  if (present?.customerId === customerId && present.onTenantStop === onTenantStop)
    throw refuse(errors, 'accounts.owner-same')
  await replaceOwner(ctx.tx, { premiseId, customerId, from: fromOn, onTenantStop })
  ctx.audit({
    subject: `premise:${premiseId}`,
    reason: evidence,
    before: present
      ? { owner: present.customerId, onTenantStop: present.onTenantStop }
      : { owner: null, onTenantStop: null },
    after: { owner: customerId, onTenantStop, fromOn },
  })
  ctx.tell({ name: 'accounts.owner-changed', subject: { premise: premiseId } })
  return { premiseId, customerId, fromOn, onTenantStop }
}
