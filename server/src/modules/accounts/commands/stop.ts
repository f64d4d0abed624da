/** Somebody stops, or moves to another address: then the stop and the start are one change. */
import { formatDay } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { requestReview } from '../../desk/index.ts'
import { addBusinessDays, getCalendar, numberOf } from '../../policy/index.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { accounts } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { checkHandOver, decideOrder } from '../domain/hand-over.ts'
import { type AfterStop, decideStop, type StopWish, standingOn } from '../domain/occupancy.ts'
import { type AccountRow, listServices } from '../store/cards.ts'
import { type ChangeId, insertChange, nextChangeId } from '../store/occupancy.ts'
import { closeService } from './close.ts'
import type { Warning } from './duplicates.ts'
import { changedMeanwhile, checkMayEstimate, lockOpenAccount } from './guard.ts'
import { nameOfNew, openAccount } from './open.ts'
import { lockPlace, type Place, pointIdsOf } from './place.ts'
import {
  type Done,
  orderSteps,
  type Start,
  type Step,
  startService,
  stopSteps,
  storedHandOver,
  tellHandOver,
} from './start.ts'

type ChangeInput = Input<typeof accounts.changeOccupancy>

const titles = { start: 'Start', stop: 'Stop', transfer: 'Transfer' } as const

/** One change, one review when an Assistant made it (AUTH-027). */
export async function changeOccupancy(ctx: Ctx, input: ChangeInput): Promise<Done> {
  const done = await makeChange(ctx, input)
  const { accountId, number } = done
  await requestReview(ctx, { title: `${titles[input.kind]} of service, account ${number}`, accountId })
  return done
}

async function makeChange(ctx: Ctx, input: ChangeInput): Promise<Done> {
  if (input.kind === 'start') return startService(ctx, input)
  if (input.kind === 'stop') {
    const account = await lockVersion(ctx, input)
    const { premiseId: _, ...done } = await stopService(ctx, {
      ...input,
      account,
      premiseId: input.premiseId,
    })
    return done
  }
  return transferService(ctx, input)
}

async function transferService(ctx: Ctx, input: Extract<ChangeInput, { kind: 'transfer' }>): Promise<Done> {
  const account = await lockVersion(ctx, input)
  const stopped = await stopService(ctx, {
    kind: 'transfer',
    account,
    premiseId: input.fromPremiseId,
    onDate: input.stopOn,
    askedBy: 'customer',
    vacancyProof: undefined,
    afterStop: input.afterStop,
    handOver: input.handOver,
    note: input.note,
  })
  if (stopped.premiseId === input.toPremiseId)
    throw refuse(errors, 'accounts.same-premise', {}, 'toPremiseId')
  const started = await startService(ctx, {
    ...input,
    kind: 'transfer',
    premiseId: input.toPremiseId,
    onDate: input.startOn,
    who: { customerId: account.customerId },
    handOver: input.newHandOver,
    root: { changeId: stopped.changeId, accountId: account.accountId },
  })
  return {
    ...started,
    steps: [...stopped.steps, ...started.steps],
    warnings: [...stopped.warnings, ...started.warnings],
    orders: [...stopped.orders, ...started.orders],
  }
}

async function lockVersion(
  ctx: Ctx,
  input: { accountId: AccountRow['accountId']; version: number },
): Promise<AccountRow> {
  const account = await lockOpenAccount(ctx, input.accountId)
  if (account.version !== input.version) throw changedMeanwhile(ctx, account)
  return account
}

type Stop = StopWish & {
  readonly kind: 'stop' | 'transfer'
  readonly account: AccountRow
  readonly premiseId: PremiseId | undefined
  readonly handOver: Start['handOver']
}

/** The points the account is served at there; the only address when none is named. */
async function pointsServed(
  ctx: Ctx,
  { account, premiseId }: Pick<Stop, 'account' | 'premiseId'>,
): Promise<{ premiseId: PremiseId; points: ServicePointId[] }> {
  const now = (await listServices(ctx.tx, account.accountId)).filter(
    service => service.toOn === null || service.toOn > ctx.today,
  )
  const mine = premiseId ? now.filter(service => service.premiseId === premiseId) : now
  const premiseIds = new Set(mine.map(service => service.premiseId))
  if (premiseIds.size === 0) throw refuse(errors, 'accounts.not-served', {}, 'premiseId')
  if (premiseIds.size > 1) throw refuse(errors, 'accounts.which-address', {}, 'premiseId')
  return { premiseId: [...premiseIds][0]!, points: [...new Set(mine.map(service => service.servicePointId))] }
}

async function stopService(ctx: Ctx, stop: Stop): Promise<Done & { premiseId: PremiseId }> {
  const { account } = stop
  const { premiseId, points } = await pointsServed(ctx, stop)
  const place = await lockPlace(ctx, premiseId, points)
  const stay = place.stays.find(one => one.accountId === account.accountId)
  if (!stay) throw refuse(errors, 'accounts.not-served', {}, 'premiseId')
  const plan = decideStop(stop, stay, place)
  if (plan.follows === 'owner') await refuseOwn(ctx, [place.owner?.customerId ?? null])
  checkHandOver(stop.handOver, { ...place, on: plan.stopOn, today: ctx.today })
  await checkMayEstimate(ctx, stop.handOver.how)
  const changeId = await nextChangeId(ctx.tx)
  const closed = await closeService(ctx, account, {
    points: pointIdsOf(place),
    on: plan.stopOn,
    changeId,
    reason: stop.note ?? `asked by the ${stop.askedBy}`,
  })
  const after = await followStop(ctx, { place, plan, changeId })
  const order = decideOrder({
    what: 'stop',
    isOff: false,
    follows: plan.follows,
    handOver: stop.handOver.how,
  })
  const record = storedHandOver(stop, place, order)
  await insertChange(ctx.tx, {
    accountId: account.accountId,
    changeId,
    kind: stop.kind,
    premiseId,
    onDate: plan.stopOn,
    otherAccountId: after.accountId,
    partOf: null,
    handOver: stop.vacancyProof ? { ...record, evidence: stop.vacancyProof } : record,
    note: stop.note ?? null,
    madeById: ctx.actor.personId,
    at: ctx.now,
  })
  tellHandOver(ctx, account.accountId, changeId, order)
  return {
    premiseId,
    accountId: account.accountId,
    number: account.number,
    changeId,
    steps: [
      ...stopSteps(ctx, { on: plan.stopOn, ...closed, isPrior: false }),
      ...after.steps,
      ...orderSteps(order),
    ],
    warnings: await noticeWarnings(ctx, place, plan.stopOn, order === 'TOFF'),
    orders: order ? [order] : [],
  }
}

type Follow = {
  readonly place: Place
  readonly plan: { stopOn: Start['onDate']; follows: AfterStop }
  readonly changeId: ChangeId
}

/** The owner takes over on the same day (ACC-015), or nobody does and the meter is watched. */
async function followStop(
  ctx: Ctx,
  { place, plan, changeId }: Follow,
): Promise<{ accountId: AccountRow['accountId'] | null; steps: Step[] }> {
  const { next } = standingOn(place.stays, plan.stopOn)
  if (plan.follows === 'owner' && next === null) {
    const opened = await openAccount(ctx, place, {
      customerId: place.owner!.customerId,
      from: plan.stopOn,
      to: null,
      changeId,
    })
    await insertChange(ctx.tx, {
      accountId: opened.accountId,
      changeId: await nextChangeId(ctx.tx),
      kind: 'start',
      premiseId: place.premise.premiseId,
      onDate: plan.stopOn,
      otherAccountId: null,
      partOf: changeId,
      handOver: { how: 'estimate', servicePointIds: pointIdsOf(place).map(String), order: null },
      note: 'Owner takes over (ACC-015)',
      madeById: ctx.actor.personId,
      at: ctx.now,
    })
    const says = `The owner takes over on the same day under ${nameOfNew(ctx, opened.number)} (ACC-015).`
    return { accountId: opened.accountId, steps: [{ code: 'owner-takes-over', says }] }
  }
  if (plan.follows === 'turn-off')
    return { accountId: null, steps: [{ code: 'turned-off', says: 'The water is turned off.' }] }
  const says = 'The water stays on and nobody is charged; use after that day is looked into.'
  return { accountId: null, steps: [{ code: 'vacant', says }] }
}

/** SO-027: a turn-off wants notice; a shorter one is taken, and the customer is told that the truck may come later. */
async function noticeWarnings(
  ctx: Ctx,
  place: Place,
  stopOn: Start['onDate'],
  isTurnOff: boolean,
): Promise<Warning[]> {
  if (!isTurnOff) return []
  const days = numberOf(place.book, 'SO-027')
  const earliest = addBusinessDays(await getCalendar(ctx), ctx.today, days)
  if (stopOn >= earliest) return []
  const says = `A turn-off wants ${days} working days of notice (SO-027): the water may stay on until ${formatDay(earliest, ctx.today)}.`
  return [{ code: 'accounts.short-notice', says, customerId: null }]
}
