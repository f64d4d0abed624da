import { formatInstant } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { getRuleBook, numberOf } from '../policy/index.ts'
import { refuseOwn } from '../staff/index.ts'
import type { premises } from './contract.ts'
import { errors } from './domain/errors.ts'
import {
  type AreaFacts,
  areaFactNames,
  checkTurn,
  checkTurnOffPoints,
  decideAreaChange,
  hazardEnd,
} from './domain/premise.ts'
import type { PointState } from './domain/words.ts'
import { getPremiseCard, type PremiseCard, readPremise } from './queries.ts'
import * as store from './store.ts'

async function lockPremise(ctx: Ctx, premiseId: PremiseId): Promise<store.PremiseRow> {
  if (!(await store.lockPremise(ctx.tx, premiseId))) throw refuse(errors, 'premises.unknown')
  const row = await readPremise(ctx, premiseId)
  await refuseOwn(ctx, await store.listCustomers(ctx.tx, premiseId, ctx.today)) // AUTH-023
  return row
}

type LastChange = Pick<store.PremiseRow, 'changedAt' | 'changedBy' | 'changedWhat'>

function changedMeanwhile(ctx: Ctx, last: LastChange) {
  return refuse(errors, 'premises.changed-meanwhile', {
    who: last.changedBy ?? 'Somebody',
    what: last.changedWhat ?? 'this page',
    when: last.changedAt ? formatInstant(last.changedAt, ctx.timeZone, ctx.today) : 'just now',
  })
}

export async function changePremise(
  ctx: Ctx,
  input: Input<typeof premises.changePremise>,
): Promise<PremiseCard> {
  const { premiseId, version, reason, ...wanted } = input
  const row = await lockPremise(ctx, premiseId)
  if (row.version !== version) throw changedMeanwhile(ctx, row)
  const { next, before, after } = decideAreaChange(areaOf(row), wanted)
  const what = (Object.keys(after) as (keyof AreaFacts)[]).map(key => areaFactNames[key]).join(', ')
  await store.updateAreaFacts(ctx.tx, premiseId, { ...next, version, what, personId: ctx.actor.personId })
  if (next.irrigatedSqft !== row.irrigatedSqft)
    await noteArea(ctx, row, {
      fromOn: ctx.today,
      starts: 'approval-date',
      sqft: next.irrigatedSqft,
      source: reason,
    })
  ctx.audit({ subject: `premise:${premiseId}`, reason, before, after })
  ctx.tell({ name: 'premises.premise-changed', subject: { premise: premiseId } })
  return getPremiseCard(ctx, premiseId)
}

type AreaFrom = Pick<store.NewAreaChange, 'fromOn' | 'starts' | 'source'> & { readonly sqft: number }

function noteArea(ctx: Ctx, row: store.PremiseRow, { sqft, ...change }: AreaFrom): Promise<bigint> {
  const noted = { at: ctx.now, by: ctx.actor.personId }
  const area = { ...change, irrigatedSqft: sqft, beforeSqft: row.irrigatedSqft }
  return store.insertAreaChange(ctx.tx, { premiseId: row.premiseId, ...area, ...noted })
}

/**
 * The watered area from a day on, as another department decided it (a variance); bills before that day keep the old
 * one. Throws premises.unknown, premises.irrigated-over-lot, premises.nothing-changed.
 */
export async function changeArea(
  ctx: Ctx,
  { premiseId, ...change }: AreaFrom & { readonly premiseId: PremiseId },
): Promise<{ areaChangeId: bigint; beforeSqft: number }> {
  const row = await lockPremise(ctx, premiseId)
  const { next, before, after } = decideAreaChange(areaOf(row), { irrigatedSqft: change.sqft })
  const { version } = row
  const what = areaFactNames.irrigatedSqft
  await store.updateAreaFacts(ctx.tx, premiseId, { ...next, version, what, personId: ctx.actor.personId })
  const areaChangeId = await noteArea(ctx, row, change)
  const subject = `premise:${premiseId}`
  ctx.audit({ subject, reason: change.source, before, after: { ...after, fromOn: change.fromOn } })
  ctx.tell({ name: 'premises.premise-changed', subject: { premise: premiseId } })
  return { areaChangeId, beforeSqft: row.irrigatedSqft }
}

function areaOf(row: AreaFacts): AreaFacts {
  return {
    class: row.class,
    dwellingUnits: row.dwellingUnits,
    lotSqft: row.lotSqft,
    irrigatedSqft: row.irrigatedSqft,
    hasPool: row.hasPool,
  }
}

export async function changeServicePoint(
  ctx: Ctx,
  input: Input<typeof premises.changeServicePoint>,
): Promise<PremiseCard> {
  const point = pointOf(await lockPremise(ctx, input.premiseId), input.servicePointId)
  if (point.version !== input.version) throw changedMeanwhile(ctx, point)
  const before = { locationNote: point.locationNote, turnOffPoints: point.turnOffPoints }
  const after = {
    locationNote: input.locationNote === undefined ? before.locationNote : input.locationNote || null,
    turnOffPoints: checkTurnOffPoints(point.state, input.turnOffPoints ?? before.turnOffPoints),
  }
  if (JSON.stringify(before) === JSON.stringify(after)) throw refuse(errors, 'premises.nothing-changed')
  await store.updatePoint(ctx.tx, input.servicePointId, {
    ...after,
    state: point.state,
    version: input.version,
    personId: ctx.actor.personId,
    what: 'the service point',
  })
  const subject = `premise:${input.premiseId}`
  const of = { servicePointId: input.servicePointId }
  ctx.audit({ subject, reason: input.reason, before: { ...of, ...before }, after: { ...of, ...after } })
  ctx.tell({ name: 'premises.premise-changed', subject: { premise: input.premiseId } })
  return getPremiseCard(ctx, input.premiseId)
}

function pointOf(row: store.PremiseRow, servicePointId: ServicePointId): store.PointRow {
  const point = row.servicePoints.find(one => one.servicePointId === servicePointId.toString())
  if (!point) throw refuse(errors, 'premises.point-unknown')
  return point
}

/**
 * The water was turned on or off, as a field order's result says; fieldwork calls this in its own transaction.
 * Throws point-unknown, already-so, no-turn-off-point.
 */
export async function turnServicePoint(
  ctx: Ctx,
  turn: { servicePointId: ServicePointId; to: PointState; reason: string },
): Promise<void> {
  const premiseId = await store.findPremiseOfPoint(ctx.tx, turn.servicePointId)
  if (premiseId === null) throw refuse(errors, 'premises.point-unknown')
  const point = pointOf(await readPremise(ctx, premiseId), turn.servicePointId)
  checkTurn(point.state, turn.to, point.turnOffPoints)
  await store.updatePoint(ctx.tx, turn.servicePointId, {
    ...point,
    state: turn.to,
    personId: ctx.actor.personId,
    what: 'whether the water is on',
  })
  const of = { servicePointId: turn.servicePointId }
  ctx.audit({
    subject: `premise:${premiseId}`,
    reason: turn.reason,
    before: { ...of, state: point.state },
    after: { ...of, state: turn.to },
  })
  ctx.tell({
    name: 'premises.point-turned',
    subject: { premise: premiseId, point: turn.servicePointId, to: turn.to },
  })
}

export async function addHazard(ctx: Ctx, input: Input<typeof premises.addHazard>): Promise<PremiseCard> {
  const { premiseId, kind, note } = input
  await lockPremise(ctx, premiseId)
  const expiresOn = hazardEnd(ctx.today, input.expiresOn, numberOf(await getRuleBook(ctx), 'SO-036'))
  const { personId } = ctx.actor
  const hazardId = await store.insertHazard(ctx.tx, { premiseId, kind, note, expiresOn, personId })
  ctx.audit({ subject: `premise:${premiseId}`, after: { hazardId, kind, note, expiresOn } })
  ctx.tell({ name: 'premises.hazard-noted', subject: { premise: premiseId, hazard: hazardId } })
  return getPremiseCard(ctx, premiseId)
}

export async function endHazard(ctx: Ctx, input: Input<typeof premises.endHazard>): Promise<PremiseCard> {
  const { premiseId, hazardId, reason } = input
  await lockPremise(ctx, premiseId)
  const hazard = await store.getHazard(ctx.tx, premiseId, hazardId)
  if (!hazard) throw refuse(errors, 'premises.hazard-unknown')
  if (hazard.isEnded || hazard.expiresOn <= ctx.today) throw refuse(errors, 'premises.hazard-ended')
  await store.updateHazardEnded(ctx.tx, { premiseId, hazardId, reason, personId: ctx.actor.personId })
  ctx.audit({
    subject: `premise:${premiseId}`,
    reason,
    before: { hazardId, kind: hazard.kind, note: hazard.note },
    after: { ended: true },
  })
  ctx.tell({ name: 'premises.hazard-ended', subject: { premise: premiseId, hazard: hazardId } })
  return getPremiseCard(ctx, premiseId)
}
