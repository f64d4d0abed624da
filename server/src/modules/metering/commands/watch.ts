/**
 * Looks over the hours that came in, meter by meter: leaks, nights, bursts, stuck and backward registers, channels that
 * differ. What is found is told once and ends with the first hour without it (VEE-024 … VEE-036).
 */
import { localDateAt } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listOccupantsAt, type OccupantRow } from '../../accounts/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import { listPointFacts, type PointFacts } from '../../premises/index.ts'
import { dayOf } from '../domain/intervals/day-hours.ts'
import type { HourFinding } from '../domain/intervals/findings.ts'
import { watchLimitsOf } from '../domain/intervals/limits.ts'
import { seriesOfDays } from '../domain/intervals/series.ts'
import { watchHours } from '../domain/intervals/watch.ts'
import { serviceOf, standingOn } from '../domain/loading/known-register.ts'
import type { RegisterRow } from '../domain/loading/place.ts'
import { priceOf } from '../domain/loading/price.ts'
import { gallonsPerDialUnit } from '../domain/validation/profile.ts'
import { centsOf } from '../domain/validation/stake.ts'
import { listRegisters } from '../store/places.ts'
import * as store from '../store/watch.ts'

/** The meter's own habits want five weeks. */
const daysWatched = 42
/** What ended longer ago than this is history: nobody is called for it. */
const freshHours = 7 * 24

type Place = {
  readonly row: RegisterRow
  readonly facts: PointFacts
  readonly occupants: readonly OccupantRow[]
}
type Limits = ReturnType<typeof watchLimitsOf>

/** Answers how many meters it looked at; zero: the list is empty. */
export async function watchSome(ctx: Ctx, limit = 100): Promise<number> {
  const meterIds = await store.takeWatchDue(ctx.tx, limit)
  if (meterIds.length === 0) return 0
  const limits = watchLimitsOf(await getRuleBook(ctx))
  const places = await placesOf(ctx, meterIds)
  const days = Map.groupBy(await store.listWatchedDays(ctx.tx, meterIds, daysWatched), day => day.meterId)
  const since = Date.parse(ctx.now) / 1000 - (daysWatched + 30) * 86_400
  const alerts = Map.groupBy(await store.listAlerts(ctx.tx, meterIds, since), alert => alert.meterId)
  for (const meterId of meterIds) {
    const place = places.get(meterId)
    const own = days.get(meterId)
    if (place && own) await watchOne(ctx, { place, days: own, alerts: alerts.get(meterId) ?? [], limits })
  }
  return meterIds.length
}

async function placesOf(ctx: Ctx, meterIds: readonly MeterId[]): Promise<Map<MeterId, Place>> {
  const rows = (await listRegisters(ctx.tx, await store.listSerials(ctx.tx, meterIds))).filter(
    row => row.registerNo === 1,
  )
  const points = rows.flatMap(row => row.servicePointId ?? [])
  const facts = new Map((await listPointFacts(ctx, points)).map(fact => [fact.servicePointId, fact]))
  const occupants = Map.groupBy(await listOccupantsAt(ctx, points), row => row.servicePointId)
  return new Map(
    rows.flatMap(row => {
      const fact = row.servicePointId === null ? undefined : facts.get(row.servicePointId)
      return fact
        ? [[row.meterId, { row, facts: fact, occupants: occupants.get(fact.servicePointId) ?? [] }] as const]
        : []
    }),
  )
}

type Watch = {
  readonly place: Place
  readonly days: readonly store.WatchedDay[]
  readonly alerts: readonly store.OpenAlert[]
  readonly limits: Limits
}

async function watchOne(ctx: Ctx, { place, days, alerts, limits }: Watch): Promise<void> {
  const { row } = place
  const kept = (channel: store.WatchedDay['channel']) =>
    days
      .filter(day => day.channel === channel)
      .map(day => dayOf(day.dayNumber, day.scale, day.values, day.marks))
  const [use, register] = [
    days.find(day => day.channel === 'use'),
    days.find(day => day.channel === 'register'),
  ]
  const unitOf = (day: store.WatchedDay | undefined) =>
    gallonsPerDialUnit({ registerNo: 1, unit: day?.unit ?? row.unit, dials: row.dials, multiplier: '1' })
  const finest = Math.max(0, ...days.filter(day => day.channel === 'register').map(day => day.scale))
  const scale = {
    unitGallons: unitOf(use),
    registerUnitGallons: unitOf(register),
    capacity: register ? 10 ** (row.dials + finest) : null,
  }
  const series = seriesOfDays({ use: kept('use'), register: kept('register') }, scale, ctx.timeZone)
  const last = days.at(-1)!.dayNumber
  const findings = watchHours(
    series,
    {
      ...series.scale,
      resolutionGallons: unitOf(use) * 10 ** -(use?.scale ?? 0),
      continuousFlowExpected: row.flowExpected,
      account: standingOn(place.occupants, last).state,
      service: serviceOf(place.facts.service),
    },
    limits,
  )
  const stands = new Set<bigint>()
  for (const finding of findings) {
    const known = alerts.find(alert => isSame(alert, finding))
    if (known) stands.add(known.alertId)
    if (!known) await raise(ctx, { place, finding, limits, lastHour: (last + 1) * 24 })
    else if (known.until === null && finding.clearedHour !== null)
      await store.endAlert(ctx.tx, known, finding.clearedHour * 3600)
  }
  for (const alert of alerts) // corrected hours may take away what was said
    if (alert.until === null && !stands.has(alert.alertId))
      await store.endAlert(ctx.tx, alert, (last + 1) * 86_400)
}

/** The same flow seen again, although the days that are watched have moved on. */
function isSame(
  { kind, since, until }: store.OpenAlert,
  { code, fromHour, clearedHour }: HourFinding,
): boolean {
  if (kind !== code) return false
  const [from, to] = [fromHour * 3600, (clearedHour ?? Number.POSITIVE_INFINITY) * 3600]
  return since <= to && (until ?? Number.POSITIVE_INFINITY) >= from
}

type Raised = {
  readonly place: Place
  readonly finding: HourFinding
  readonly limits: Limits
  readonly lastHour: number
}

async function raise(ctx: Ctx, { place, finding, limits, lastHour }: Raised): Promise<void> {
  const { row, facts } = place
  const { code, rule, fromHour, clearedHour, gallonsPerHour, gallons } = finding
  if (clearedHour !== null && clearedHour < lastHour - freshHours) return
  const price = priceOf(row.priceUpTo, row.priceCents, row.priceDays)
  // A leak that goes on runs until somebody is told: a month of it is what is at stake.
  const month = clearedHour === null ? (gallonsPerHour ?? 0) * 720 : 0
  const onDate = localDateAt(new Date(finding.foundHour * 3_600_000), ctx.timeZone)
  const onAccount = standingOn(place.occupants, Math.floor(finding.foundHour / 24)).accountId
  const exceptionId = await store.insertHourException(ctx.tx, {
    ...{
      servicePointId: facts.servicePointId,
      meterId: row.meterId,
      bookId: facts.bookId,
      onAccount,
      onDate,
    },
    ...{ rule, ruleId: limits.versions.get(rule) ?? null, kind: code, gallons, measured: gallonsPerHour },
    atStakeCents: centsOf(Math.max(gallons, month), { centsPerKgal: price.centsPerKgal }),
    facts: { ...finding.facts, gallonsPerHour, fromHour, unit: 'gallons an hour' },
  })
  await store.insertAlert(ctx.tx, {
    ...{ meterId: row.meterId, kind: code, since: fromHour * 3600, gallonsPerHour: gallonsPerHour ?? 0 },
    ...{ until: clearedHour === null ? null : clearedHour * 3600, facts: finding.facts, exceptionId },
  })
  ctx.tell({
    name: 'metering.flow-found',
    account: onAccount,
    subject: { exceptionId, meterId: row.meterId },
  })
}
