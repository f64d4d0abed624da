/** Somebody starts at an address. Whoever is there stops on the same date and at the same read. */
import { formatDay, type LocalDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/context.ts'
import type { customers } from '../../customers/contract.ts'
import { listCustomerNames, makeCustomer } from '../../customers/index.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { handOver as handOverSchema } from '../contract/occupancy.ts'
import { errors } from '../domain/errors.ts'
import { checkHandOver, decideOrder, type HandOverOrder } from '../domain/hand-over.ts'
import { decideStart, type GapChoice, type StartPlan } from '../domain/occupancy.ts'
import { insertHousehold } from '../store/accounts.ts'
import { lockAccount } from '../store/cards.ts'
import { type ChangeId, insertChange, nextChangeId, type StoredHandOver } from '../store/occupancy.ts'
import { closeService } from './close.ts'
import { findDuplicates, reviewReturning, type Warning } from './duplicates.ts'
import { checkMayEstimate } from './guard.ts'
import { nameOfNew, openAccount } from './open.ts'
import { lockPlace, type Place, pointIdsOf } from './place.ts'

export type Step = { code: string; says: string }
export type Done = {
  accountId: AccountId
  number: string
  changeId: ChangeId
  steps: Step[]
  warnings: Warning[]
  orders: HandOverOrder[]
}

export type Start = {
  readonly kind: 'start' | 'transfer'
  readonly premiseId: PremiseId
  readonly servicePointIds?: readonly ServicePointId[] | undefined
  readonly onDate: LocalDate
  readonly who: { customerId: CustomerId } | { newCustomer: Input<typeof customers.makeCustomer> }
  readonly priorStop?: { evidence: string } | undefined
  readonly gap?: GapChoice | undefined
  readonly persons?: number | undefined
  readonly handOver: z.output<typeof handOverSchema>
  readonly note?: string | undefined
  /** The stop at the old address that this start belongs to. */
  readonly root?: { readonly changeId: ChangeId; readonly accountId: AccountId }
}

export async function startService(ctx: Ctx, start: Start): Promise<Done> {
  const known = 'customerId' in start.who ? start.who.customerId : null
  const place = await lockPlace(ctx, start.premiseId, start.servicePointIds)
  const plan = decideStart(
    {
      onDate: start.onDate,
      customerId: known,
      priorStops: start.priorStop !== undefined,
      gap: start.gap,
      note: start.note,
    },
    place.stays,
    place,
  )
  checkHandOver(start.handOver, { ...place, on: plan.startOn, today: ctx.today })
  await checkMayEstimate(ctx, start.handOver.how)
  await refuseOwn(ctx, [known, plan.stops?.customerId ?? null, plan.ownerGap?.customerId ?? null])
  const { customerId, warnings } = await settleCustomer(ctx, start)
  const changeId = await nextChangeId(ctx.tx)
  const undoId = start.root?.changeId ?? changeId
  const steps: Step[] = []
  await stopPrior(ctx, { start, place, plan, undoId, changeId, steps })
  if (plan.ownerGap)
    await openAccount(ctx, place, {
      customerId: plan.ownerGap.customerId,
      from: plan.ownerGap.from,
      to: plan.startOn,
      changeId: undoId,
    })
  const opened = await openAccount(ctx, place, { customerId, from: plan.startOn, to: null, changeId: undoId })
  await noteHousehold(ctx, opened.accountId, plan.startOn, start.persons)
  const isOff = place.points.some(point => point.service !== 'sewer' && point.state !== 'on')
  const order = decideOrder({ what: 'start', isOff, follows: null, handOver: start.handOver.how })
  await insertChange(ctx.tx, {
    accountId: opened.accountId,
    changeId,
    kind: start.kind,
    premiseId: start.premiseId,
    onDate: plan.startOn,
    otherAccountId: plan.stops?.accountId ?? start.root?.accountId ?? null,
    partOf: start.root?.changeId ?? null,
    handOver: storedHandOver(start, place, order),
    note: start.note ?? null,
    madeById: ctx.actor.personId,
    at: ctx.now,
  })
  tellHandOver(ctx, opened.accountId, changeId, order)
  return {
    ...opened,
    changeId,
    steps: [...startSteps(ctx, place, plan, opened.number), ...steps, ...orderSteps(order)],
    warnings,
    orders: order ? [order] : [],
  }
}

/** Metering takes the read (or marks the estimate); fieldwork makes the order. Both hear of it, neither is asked. */
export function tellHandOver(
  ctx: Ctx,
  account: AccountId,
  changeId: ChangeId,
  order: HandOverOrder | null,
): void {
  ctx.tell({ name: 'accounts.occupancy-changed', account, subject: { changeId } })
  if (order) ctx.tell({ name: 'accounts.order-wanted', account, subject: { changeId, kind: order } })
}

export function storedHandOver(
  change: { handOver: Start['handOver']; priorStop?: Start['priorStop'] },
  place: Place,
  order: HandOverOrder | null,
): StoredHandOver {
  const { handOver, priorStop } = change
  const common = {
    order,
    servicePointIds: pointIdsOf(place).map(String),
    ...(priorStop && { evidence: priorStop.evidence }),
  }
  if (handOver.how !== 'read') return { ...handOver, ...common }
  const reads = handOver.reads.map(read => ({
    servicePointId: String(read.servicePointId),
    registerNo: read.registerNo,
    value: String(read.value),
  }))
  return { ...handOver, reads, ...common }
}

async function settleCustomer(
  ctx: Ctx,
  start: Start,
): Promise<{ customerId: CustomerId; warnings: Warning[] }> {
  if ('newCustomer' in start.who) {
    const warnings = await findDuplicates(ctx, start.who.newCustomer)
    return { customerId: (await makeCustomer(ctx, start.who.newCustomer)).customerId, warnings }
  }
  const { customerId } = start.who
  if (!(await listCustomerNames(ctx, [customerId])).has(customerId))
    throw refuse(errors, 'accounts.no-customer', {}, 'who')
  return { customerId, warnings: start.root ? [] : await reviewReturning(ctx, customerId) }
}

type PriorStop = {
  readonly start: Start
  readonly place: Place
  readonly plan: StartPlan
  readonly undoId: ChangeId
  readonly changeId: ChangeId
  readonly steps: Step[]
}

async function stopPrior(ctx: Ctx, { start, place, plan, undoId, steps }: PriorStop): Promise<void> {
  if (!plan.stops) return
  const prior = await lockAccount(ctx.tx, plan.stops.accountId)
  if (!prior) throw new Error('an occupancy without an account')
  const { closes, enrolledUntil } = await closeService(ctx, prior, {
    points: pointIdsOf(place),
    on: plan.startOn,
    changeId: undoId,
    reason: start.priorStop!.evidence,
  })
  await insertChange(ctx.tx, {
    accountId: prior.accountId,
    changeId: await nextChangeId(ctx.tx),
    kind: 'stop',
    premiseId: start.premiseId,
    onDate: plan.startOn,
    otherAccountId: start.root?.accountId ?? null,
    partOf: undoId,
    handOver: storedHandOver(start, place, null),
    note: start.priorStop!.evidence,
    madeById: ctx.actor.personId,
    at: ctx.now,
  })
  steps.push(...stopSteps(ctx, { on: plan.startOn, closes, enrolledUntil, isPrior: true }))
}

async function noteHousehold(
  ctx: Ctx,
  accountId: AccountId,
  fromOn: LocalDate,
  persons: number | undefined,
): Promise<void> {
  if (persons === undefined) return
  const personId = ctx.actor.personId
  await insertHousehold(ctx.tx, {
    accountId,
    fromOn,
    persons,
    evidence: 'Stated at the start of service',
    personId,
  })
}

function startSteps(ctx: Ctx, place: Place, plan: StartPlan, number: string): Step[] {
  const day = (date: LocalDate) => formatDay(date, ctx.today)
  const steps: Step[] = [
    {
      code: 'starts',
      says: `Service at ${place.premise.line} starts on ${day(plan.startOn)} under ${nameOfNew(ctx, number)}.`,
    },
  ]
  if (plan.ownerGap)
    steps.push({
      code: 'owner-gap',
      says: `The owner has the time from ${day(plan.ownerGap.from)} to ${day(plan.startOn)} on an account of their own.`,
    })
  if (plan.vacantFrom)
    steps.push({
      code: 'vacant',
      says: `Nobody is charged from ${day(plan.vacantFrom)} to ${day(plan.startOn)}; use in that time is looked into.`,
    })
  return steps
}

export function stopSteps(
  ctx: Ctx,
  stop: { on: LocalDate; closes: boolean; enrolledUntil: LocalDate | null; isPrior: boolean },
): Step[] {
  const whose = stop.isPrior ? 'The present customer’s service' : 'Service'
  const steps: Step[] = [
    {
      code: 'stops',
      says: `${whose} stops on ${formatDay(stop.on, ctx.today)}${stop.closes ? '; the account closes with a final bill' : ''}.`,
    },
  ]
  if (stop.enrolledUntil)
    steps.push({
      code: 'enrolled-until',
      says: `Autopay and e-bill serve the final bill and end on ${formatDay(stop.enrolledUntil, ctx.today)}.`,
    })
  return steps
}

const orderWords: Readonly<Record<HandOverOrder, string>> = {
  TON: 'A turn-on order (TON) with a read will be made.',
  TOFF: 'A turn-off order (TOFF) with the final read will be made.',
  XFER: 'An order for the hand-over read (XFER) will be made; the water stays on.',
}
export const orderSteps = (order: HandOverOrder | null): Step[] =>
  order ? [{ code: `order-${order}`, says: orderWords[order] }] : []
